/**
 * One-time links for somebody who forgot a password: an administrator makes one and hands it over. In memory, only
 * digests of them: a restart makes them void, a new one for the same account the one before, the first use itself.
 */
import { createHash, randomBytes } from "node:crypto";

/** Long enough to reach a person on the next working day. */
const VALID_MS = 24 * 3_600_000;

export type Resets = {
  /** @returns the token of the link, shown once */
  readonly make: (account: number) => string;
  /** The account a token is for, while it is valid. */
  readonly find: (token: string) => number | undefined;
  /** Makes the links of an account void. */
  readonly drop: (account: number) => void;
};

export function resetLinks(now: () => Date): Resets {
  const held = new Map<number, { readonly digest: string; readonly until: number }>();
  const digestOf = (token: string): string => createHash("sha256").update(token).digest("hex");
  return {
    make: (account) => {
      const token = randomBytes(24).toString("base64url");
      held.set(account, { digest: digestOf(token), until: now().getTime() + VALID_MS });
      return token;
    },
    find: (token) => {
      const digest = digestOf(token);
      const at = now().getTime();
      for (const [account, one] of held) if (one.digest === digest && one.until > at) return account;
      return undefined;
    },
    drop: (account) => void held.delete(account),
  };
}
