/**
 * Finished replies, compressed, keyed by data version and question (role, day and address). A key holds the version of
 * the data, so an old entry is never asked for again; it falls out as the least recently used. The same question asked
 * twice at once is answered once.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Packed } from "./send.ts";

/** Makes a reply and tells the version of the data it was made from. `ahead`: nobody is shown it yet. */
export type Make = (ahead: boolean) => Promise<{ readonly version: string; readonly reply: Packed }>;

export type Cache = {
  /** What is held of a question, else what `make` gives, kept if it is a page; only one `make` of a question runs at a time. */
  readonly get: (version: string, question: string, make: Make) => Promise<Packed>;
  /** Makes the replies everybody asks for just now, of a version nobody has been told of; gives up waiting after `mostMs`. */
  readonly renew: (version: string, mostMs: number) => Promise<void>;
  readonly bytes: () => number;
  /** Resolves once no reply is being made, or after `mostMs`. */
  readonly settled: (mostMs: number) => Promise<void>;
};

/** A question asked so often since the last change is asked after the next one too. */
const OFTEN = 5;
/** So many of them are made ahead: a change waits for them, and each takes a connection. */
const MOST_AHEAD = 3;
/** Questions counted between two changes; those that come later count as rare. */
const MOST_COUNTED = 500;

export function replyCache(mostBytes: number): Cache {
  const held = new Map<string, Packed>();
  const making = new Map<string, Promise<Packed>>();
  const asked = new Map<string, { times: number; readonly make: Make }>();
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

  const count = (question: string, make: Make): void => {
    const known = asked.get(question);
    if (known !== undefined) known.times += 1;
    else if (asked.size < MOST_COUNTED) asked.set(question, { times: 1, make });
  };

  const made = async (version: string, question: string, make: Make, ahead: boolean): Promise<Packed> => {
    const key = keyOf(version, question);
    const running = making.get(key);
    if (running !== undefined) return await running;
    const started = make(ahead).then(({ version: found, reply }) => {
      if (reply.status === OK) put(keyOf(found, question), reply);
      return reply;
    });
    making.set(key, started);
    try {
      return await started;
    } finally {
      making.delete(key);
    }
  };

  return {
    get: async (version, question, make) => {
      count(question, make);
      const key = keyOf(version, question);
      const found = held.get(key);
      if (found === undefined) return await made(version, question, make, false);
      held.delete(key);
      held.set(key, found);
      return found;
    },
    renew: async (version, mostMs) => {
      const often = [...asked].filter(([question, { times }]) => times >= OFTEN && !held.has(keyOf(version, question)));
      asked.clear();
      if (often.length === 0) return;
      const first = often.sort(([, a], [, b]) => b.times - a.times).slice(0, MOST_AHEAD);
      // What cannot be made now fails again before whoever asks for it.
      const all = Promise.allSettled(first.map(([question, { make }]) => made(version, question, make, true)));
      await Promise.race([all, sleep(mostMs, undefined, { ref: false })]);
    },
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

const OK = 200;

function keyOf(version: string, question: string): string {
  return `${version}\n${question}`;
}

function sizeOf({ body, gzip }: Packed): number {
  return body.byteLength + (gzip?.byteLength ?? 0);
}
