/**
 * Finished replies, compressed, keyed by data version, role, day and address. A key holds the version of the data, so
 * an old entry is never asked for again; it falls out as the least recently used. The same question asked twice at once
 * is answered once.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Packed } from "./send.ts";

export type Cache = {
  /** What is held under a key, else what `make` gives; only one `make` of a key runs at a time. */
  readonly get: (key: string, make: () => Promise<Packed>) => Promise<Packed>;
  readonly put: (key: string, reply: Packed) => void;
  readonly bytes: () => number;
  /** Resolves once no reply is being made, or after `mostMs`. */
  readonly settled: (mostMs: number) => Promise<void>;
};

export function replyCache(mostBytes: number): Cache {
  const held = new Map<string, Packed>();
  const making = new Map<string, Promise<Packed>>();
  let bytes = 0;

  const put = (key: string, reply: Packed): void => {
    const before = held.get(key);
    if (before !== undefined) bytes -= sizeOf(before);
    held.delete(key);
    held.set(key, reply);
    bytes += sizeOf(reply);
    for (const [oldest, one] of held) {
      if (bytes <= mostBytes) break;
      held.delete(oldest);
      bytes -= sizeOf(one);
    }
  };

  return {
    get: async (key, make) => {
      const found = held.get(key);
      if (found !== undefined) {
        held.delete(key);
        held.set(key, found);
        return found;
      }
      const running = making.get(key);
      if (running !== undefined) return await running;
      const started = make();
      making.set(key, started);
      try {
        return await started;
      } finally {
        making.delete(key);
      }
    },
    put,
    bytes: () => bytes,
    settled: async (mostMs) => {
      const over = sleep(mostMs, undefined, { ref: false });
      let waited = false;
      void over.then(() => {
        waited = true;
      });
      while (making.size > 0 && !waited) await Promise.race([over, Promise.allSettled(making.values())]);
    },
  };
}

function sizeOf({ body, gzip }: Packed): number {
  return body.byteLength + (gzip?.byteLength ?? 0);
}
