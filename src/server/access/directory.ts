/** Who has an account: kept in memory beside the store, read again after each change. */
import { createHash, randomBytes } from "node:crypto";
import { listAccounts, listTokens, type StoredAccount, type StoredToken } from "../../store/accounts.ts";
import type { Sql } from "../../store/port.ts";
import { type Actor, ROLES, type Role } from "./actor.ts";
import { type Resets, resetLinks } from "./resets.ts";
import { type Sessions, sessionsIn } from "./sessions.ts";
import { loginThrottle, type Throttle } from "./throttle.ts";

export type Directory = {
  readonly accounts: () => readonly StoredAccount[];
  readonly tokens: () => readonly StoredToken[];
  /** An active account by its number. */
  readonly byId: (id: number) => StoredAccount | undefined;
  /** An active account by its name. */
  readonly byName: (name: string) => StoredAccount | undefined;
  /** The account and scope of a token that is neither expired nor revoked. */
  readonly byToken: (
    token: string,
  ) => { readonly account: StoredAccount; readonly scope: StoredToken["scope"] } | undefined;
  readonly reload: (sql: Sql) => Promise<void>;
  readonly sessions: Sessions;
  readonly throttle: Throttle;
  /** Opens the set-up page once, while there is no account. */
  readonly setupToken: string;
  readonly resets: Resets;
};

export function accountDirectory(now: () => Date): Directory {
  let accounts: readonly StoredAccount[] = [];
  let tokens: readonly StoredToken[] = [];
  const byId = (id: number) => accounts.find((one) => one.id === id && one.active);
  return {
    accounts: () => accounts,
    tokens: () => tokens,
    byId,
    byName: (name) => accounts.find((one) => one.name === name && one.active),
    byToken: (token) => {
      const digest = tokenDigest(token);
      const found = tokens.find((one) => one.digest === digest && !one.revoked && one.expiresAt > now().getTime());
      const account = found === undefined ? undefined : byId(found.account);
      return found === undefined || account === undefined ? undefined : { account, scope: found.scope };
    },
    reload: async (sql) => {
      accounts = await listAccounts(sql);
      tokens = await listTokens(sql);
    },
    sessions: sessionsIn(now),
    throttle: loginThrottle(now),
    setupToken: randomBytes(24).toString("base64url"),
    resets: resetLinks(now),
  };
}

export function tokenDigest(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** What an account may do is told by its role alone. */
export function actorOfAccount({ id, name, role, bound }: StoredAccount): Actor {
  const kind: Role = ROLES.find((one) => one === role) ?? "reader";
  return { kind, account: id, name, bound };
}
