/**
 * Sessions, in memory: a restart logs everybody out. Only digests of their ids are held; an id is renewed while it is
 * used, ends when idle, and ends for good after a working day.
 */
import { createHash, randomBytes } from "node:crypto";

const MINUTE = 60_000;
const IDLE_MS = 30 * MINUTE;
const RENEW_MS = 15 * MINUTE;
const WHOLE_MS = 12 * 60 * MINUTE;
/** A page that loads its parts at the moment of renewal may still bring the old id. */
const GRACE_MS = MINUTE / 2;

export type Session = {
  readonly account: number;
  readonly csrf: string;
  readonly begun: number;
  /** Address and browser it was begun from, as the asker gave them. */
  readonly from: string;
  seen: number;
  renewed: number;
  /** The secret of a second factor that was shown and waits for its first code. */
  offered: { readonly secret: string; readonly until: number } | undefined;
};

export type Sessions = {
  /** Begins a session and gives its id. */
  readonly begin: (account: number, from?: string) => string;
  /** The session of an id, and a new id when it was time for one. */
  readonly find: (id: string) => { readonly session: Session; readonly renewed: string | undefined } | undefined;
  readonly end: (id: string) => void;
  /** Those of an account that are alive, the latest used first. */
  readonly of: (account: number) => readonly Session[];
  /** Ends an account's sessions but the one of an id. */
  readonly endOthers: (account: number, id: string) => void;
  /** Ends all sessions of an account: its password or role changed. */
  readonly endAll: (account: number) => void;
};

export function sessionsIn(now: () => Date): Sessions {
  const held = new Map<string, { session: Session; until: number }>();
  const keyOf = (id: string): string => createHash("sha256").update(id).digest("hex");
  const fresh = (): string => randomBytes(32).toString("base64url");
  const dead = ({ session, until }: { session: Session; until: number }, at: number): boolean =>
    at > until || at - session.seen > IDLE_MS || at - session.begun > WHOLE_MS;

  return {
    begin: (account, from = "") => {
      const at = now().getTime();
      for (const [key, one] of held) if (dead(one, at)) held.delete(key);
      const id = fresh();
      const session = { account, csrf: fresh(), begun: at, from, seen: at, renewed: at, offered: undefined };
      held.set(keyOf(id), { session, until: Number.POSITIVE_INFINITY });
      return id;
    },
    find: (id) => {
      const key = keyOf(id);
      const found = held.get(key);
      const at = now().getTime();
      if (found === undefined || dead(found, at)) {
        held.delete(key);
        return undefined;
      }
      const { session } = found;
      session.seen = at;
      if (at - session.renewed < RENEW_MS) return { session, renewed: undefined };
      session.renewed = at;
      found.until = at + GRACE_MS;
      const renewed = fresh();
      held.set(keyOf(renewed), { session, until: Number.POSITIVE_INFINITY });
      return { session, renewed };
    },
    end: (id) => {
      const session = held.get(keyOf(id))?.session;
      for (const [key, one] of held) if (one.session === session) held.delete(key);
    },
    of: (account) => {
      const at = now().getTime();
      // A session that was just renewed is held under its old id, too.
      const alive = [...held.values()].filter((one) => one.session.account === account && !dead(one, at));
      return [...new Set(alive.map(({ session }) => session))].sort((a, b) => b.seen - a.seen);
    },
    endOthers: (account, id) => {
      const own = held.get(keyOf(id))?.session;
      for (const [key, { session }] of held) if (session.account === account && session !== own) held.delete(key);
    },
    endAll: (account) => {
      for (const [key, one] of held) if (one.session.account === account) held.delete(key);
    },
  };
}
