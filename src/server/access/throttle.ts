/**
 * Log-in attempts: after some failures one has to wait, longer each time. Few are free for one name from one address;
 * more for an address alone, since a bureau may stand behind one, and for a name alone, so that a stranger cannot
 * easily lock its owner out. An attempt counts before its password is looked at: many sent at once are no way round.
 */
import { fault } from "../../domain/faults.ts";

const FREE = { both: 5, address: 50, name: 100 } as const;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;
const FORGOTTEN_MS = 60 * 60_000;
const MOST_KEPT = 10_000;

export type Throttle = {
  /** Counts an attempt that is about to be made. @throws Fault `access.throttled` with the seconds to wait */
  readonly begin: (name: string, address: string) => void;
  /** The attempt was right: it is not held against the address, and the name starts anew. */
  readonly passed: (name: string, address: string) => void;
};

type Key = readonly [keyof typeof FREE, string];

function keysOf(name: string, address: string): readonly Key[] {
  return [
    ["both", JSON.stringify([name, address])],
    ["address", address],
    ["name", name],
  ];
}

/** @param nameMs how long attempts at a name are remembered; those of an address, where many people sit, an hour */
export function loginThrottle(now: () => Date, nameMs = FORGOTTEN_MS): Throttle {
  const held = new Map<string, { count: number; last: number }>();
  return {
    begin: (name, address) => {
      const at = now().getTime();
      for (const [kind, key] of keysOf(name, address)) {
        const found = held.get(`${kind} ${key}`);
        if (found === undefined || found.count < FREE[kind]) continue;
        const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (found.count - FREE[kind]));
        const left = found.last + wait - at;
        if (left > 0) throw fault("access.throttled", { seconds: Math.ceil(left / 1000) });
      }
      for (const [key, one] of held) {
        const forgotten = key.startsWith("address ") ? FORGOTTEN_MS : nameMs;
        if (at - one.last > forgotten || held.size > MOST_KEPT) held.delete(key);
      }
      for (const [kind, key] of keysOf(name, address)) {
        const whole = `${kind} ${key}`;
        held.set(whole, { count: (held.get(whole)?.count ?? 0) + 1, last: at });
      }
    },
    passed: (name, address) => {
      for (const [kind, key] of keysOf(name, address)) {
        const whole = `${kind} ${key}`;
        const found = held.get(whole);
        if (kind !== "address" || found === undefined || found.count <= 1) held.delete(whole);
        else held.set(whole, { ...found, count: found.count - 1 });
      }
    },
  };
}
