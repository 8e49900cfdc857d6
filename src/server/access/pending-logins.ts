/**
 * Log-ins whose password was right and whose second step is still to come. In memory, only digests of their ids, and no
 * sessions: nothing but that step looks here.
 */
import { createHash, randomBytes } from "node:crypto";

const VALID_MS = 5 * 60_000;

export type PendingLogin = {
  readonly account: number;
  /** Where to after the second step. */
  readonly to: string;
  /** The secret of somebody who must set a second factor up first; undefined for somebody who has one. */
  readonly offered: string | undefined;
};

export type PendingLogins = {
  /** @returns its id */
  readonly begin: (login: PendingLogin) => string;
  readonly find: (id: string | undefined) => PendingLogin | undefined;
  /** Ends those of an account: one was finished, or its password or second factor changed. */
  readonly endAll: (account: number) => void;
};

/** How long the second step may take, in seconds. */
export const PENDING_SECONDS = VALID_MS / 1000;

export function pendingLogins(now: () => Date): PendingLogins {
  const held = new Map<string, PendingLogin & { readonly until: number }>();
  const keyOf = (id: string): string => createHash("sha256").update(id).digest("hex");
  return {
    begin: (login) => {
      const at = now().getTime();
      for (const [key, { until }] of held) if (until <= at) held.delete(key);
      const id = randomBytes(32).toString("base64url");
      held.set(keyOf(id), { ...login, until: at + VALID_MS });
      return id;
    },
    find: (id) => {
      const found = id === undefined ? undefined : held.get(keyOf(id));
      return found !== undefined && found.until > now().getTime() ? found : undefined;
    },
    endAll: (account) => {
      for (const [key, one] of held) if (one.account === account) held.delete(key);
    },
  };
}
