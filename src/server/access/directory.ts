/** Who has an account: kept in memory beside the store, read again after each change. */
import { createHash, randomBytes } from "node:crypto";
import { listAccounts, listTokens, type StoredAccount, type StoredToken } from "../../store/accounts.ts";
import type { Sql } from "../../store/port.ts";
import { accountsWithFactor } from "../../store/second-factors.ts";
import { type Actor, ROLES, type Role } from "./actor.ts";
import { type PendingLogins, pendingLogins } from "./pending-logins.ts";
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
  /** Log-ins whose second step is still to come. */
  readonly pending: PendingLogins;
  /** Ends an account's sessions and the log-ins under way: what they were begun with holds no more. */
  readonly endAll: (account: number) => void;
  /** Whether an account has a second factor. */
  readonly hasFactor: (account: number) => boolean;
  /** Whether accounts of a role must have one. */
  readonly mustHaveFactor: (role: string) => boolean;
  readonly throttle: Throttle;
  /** The same for the second step. Apart, so that a right password gives no more guesses at the code. */
  readonly codeThrottle: Throttle;
  /** Opens the set-up page once, while there is no account. */
  readonly setupToken: string;
  readonly resets: Resets;
};

/** Whoever guesses at codes had the password: patience must not give them more guesses. */
const CODES_REMEMBERED_MS = 24 * 3_600_000;

/** @param factorFor the roles that must have a second factor */
export function accountDirectory(now: () => Date, factorFor: readonly Role[]): Directory {
  const sessions = sessionsIn(now);
  const pending = pendingLogins(now);
  let accounts: readonly StoredAccount[] = [];
  let withFactor: ReadonlySet<number> = new Set();
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
      withFactor = new Set(await accountsWithFactor(sql));
    },
    sessions,
    pending,
    endAll: (account) => {
      sessions.endAll(account);
      pending.endAll(account);
    },
    hasFactor: (account) => withFactor.has(account),
    mustHaveFactor: (role) => factorFor.some((one) => one === role),
    throttle: loginThrottle(now),
    codeThrottle: loginThrottle(now, CODES_REMEMBERED_MS),
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
