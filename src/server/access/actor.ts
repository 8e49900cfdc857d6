/** Who asks: a role, and the township or department it is bound to. */

export const ROLES = ["admin", "analyst", "township", "department", "reader", "operator"] as const;

export type Role = (typeof ROLES)[number];

export const ROLE_ZH: Readonly<Record<Role, string>> = {
  admin: "局管理员",
  analyst: "分析员",
  township: "街乡",
  department: "部门",
  reader: "只读",
  operator: "运维",
};

/** `guest`: not logged in. `visitor`: anybody on the machine of a simulated city, reading only. `local`: a command of the store's owner. */
export type ActorKind = Role | "guest" | "visitor" | "local";

export type Actor = {
  readonly kind: ActorKind;
  /** The account's number; undefined for guests and visitors. */
  readonly account: number | undefined;
  readonly name: string;
  /** A township's code, or a department's name. */
  readonly bound: string | undefined;
};

export const GUEST: Actor = { kind: "guest", account: undefined, name: "", bound: undefined };

export const VISITOR: Actor = { kind: "visitor", account: undefined, name: "演示（只读）", bound: undefined };

export const LOCAL: Actor = { kind: "local", account: undefined, name: "本机命令", bound: undefined };

/** Who asks a request, and how that is known. */
export type Who = {
  readonly actor: Actor;
  /** What the session's forms must hand back; empty without a session. */
  readonly csrf: string;
  readonly via: "session" | "token" | "none";
  /** A token of scope `read`, or nobody: may change nothing, whatever the role. */
  readonly readOnly: boolean;
  /** To be set on the reply: the session's id was renewed. */
  readonly cookie?: string | undefined;
};
