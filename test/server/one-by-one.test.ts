/** Changes wait for each other, and between two of them those who look at pages are answered. */
import { describe, expect, it } from "vitest";
import { replyCache } from "../../src/server/cache.ts";
import { changeQueue } from "../../src/server/one-by-one.ts";
import type { Packed } from "../../src/server/send.ts";

/** A promise and its end. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const REPLY: Packed = {
  status: 200,
  type: "text/html",
  headers: {},
  body: Buffer.from("page"),
  gzip: undefined,
  etag: undefined,
};
const page = (version: string) => ({ version, reply: { ...REPLY, body: Buffer.from(version) } });

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
    const good = cache.get("1", "a", async () => {
      await making.opened;
      return page("1");
    });
    const bad = cache.get("1", "b", () => Promise.reject(new Error("no"))).catch(() => "failed");
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
    const reply = cache.get("1", "a", async () => {
      await making.opened;
      return page("1");
    });
    await cache.settled(1);
    making.open();
    await reply;
  });

  it("makes ahead what is asked for all the time, and nothing else", async () => {
    const cache = replyCache(1000);
    const made: string[] = [];
    const ask = async (version: string, question: string): Promise<string> => {
      const { body } = await cache.get(version, question, async (ahead) => {
        made.push(`${question}${ahead ? " ahead" : ""}`);
        return page("2");
      });
      return body.toString();
    };
    for (let i = 0; i < 20; i++) await ask("2", "often");
    await ask("2", "rare");
    await cache.renew("2", 60_000);
    expect(made).toEqual(["often", "rare"]);
    for (let i = 0; i < 20; i++) await ask("2", "often");
    await ask("2", "rare");
    await cache.renew("3", 60_000);
    expect(made).toEqual(["often", "rare", "often ahead"]);
  });

  it("hands out what it has while the next is made, keeps that under the version it was made from, and waits no longer than told", async () => {
    const cache = replyCache(1000);
    const making = gate();
    let version = "1";
    const ask = async (asked: string): Promise<string> => {
      const { body } = await cache.get(asked, "often", async (ahead) => {
        if (ahead) await making.opened;
        return page(version);
      });
      return body.toString();
    };
    for (let i = 0; i < 20; i++) await ask("1");
    version = "3";
    await cache.renew("2", 1);
    expect(await ask("1")).toBe("1");
    const waiting = ask("2");
    making.open();
    expect(await waiting).toBe("3");
    version = "another";
    expect(await ask("3")).toBe("3");
  });

  it("does not mind that a page cannot be made ahead", async () => {
    const cache = replyCache(1000);
    for (let i = 0; i < 20; i++)
      await cache.get("1", "often", (ahead) => (ahead ? Promise.reject(new Error("no")) : Promise.resolve(page("1"))));
    await cache.renew("2", 60_000);
    expect((await cache.get("2", "often", async () => page("2"))).body.toString()).toBe("2");
  });
});
