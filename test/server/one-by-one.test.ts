/** Changes wait for each other, and between two of them those who look at pages are answered. */
import { describe, expect, it } from "vitest";
import { replyCache } from "../../src/server/cache.ts";
import { changeQueue } from "../../src/server/one-by-one.ts";

/** A promise and its end. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const REPLY = { status: 200, headers: {}, body: Buffer.from("page"), gzip: undefined };

describe("A queue of changes", () => {
  it("begins the next one only after the rest, and does not keep whoever asked for the one before", async () => {
    const rest = gate();
    const said: string[] = [];
    const queue = changeQueue(() => rest.opened);
    const second = (async () => {
      await queue.run(async () => void said.push("first"));
      said.push("first answered");
      return await queue.run(async () => void said.push("second"));
    })();
    await new Promise((resolve) => setImmediate(resolve));
    expect(said).toEqual(["first", "first answered"]);
    rest.open();
    await second;
    expect(said).toEqual(["first", "first answered", "second"]);
  });

  it("goes on after a change that failed", async () => {
    const queue = changeQueue();
    await expect(queue.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await queue.run(async () => 1)).toBe(1);
  });
});

describe("A cache of replies", () => {
  it("has settled once no reply is being made, also when one failed", async () => {
    const cache = replyCache(1000);
    const making = gate();
    let settled = false;
    const good = cache.get("a", async () => {
      await making.opened;
      return REPLY as never;
    });
    const bad = cache.get("b", () => Promise.reject(new Error("no"))).catch(() => "failed");
    const waiting = cache.settled(60_000).then(() => {
      settled = true;
    });
    expect(await bad).toBe("failed");
    expect(settled).toBe(false);
    making.open();
    await Promise.all([good, waiting]);
    expect(settled).toBe(true);
  });

  it("is waited for no longer than told", async () => {
    const cache = replyCache(1000);
    const making = gate();
    const reply = cache.get("a", async () => {
      await making.opened;
      return REPLY as never;
    });
    await cache.settled(1);
    making.open();
    await reply;
  });
});
