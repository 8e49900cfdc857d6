import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { versionReader } from "../../src/server/version-reader.ts";
import { dataVersion } from "../../src/store/data-version.ts";
import type { Sql, Store } from "../../src/store/port.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

const ADD_BATCH =
  "INSERT INTO batch SELECT ?, now(), 'ingest', NULL, 'x', '', 'cell', 0, '', NULL, NULL, 0,0,0,0,0,0,0,0";
const atOnce = async (): Promise<void> => undefined;
const numberOf = (version: string): number => Number(/^b(\d+)/.exec(version)?.[1]);
const addBatch = (sql: Sql, id: number) => sql.run(ADD_BATCH, [id]);

describe("The version of the data a server keeps its pages under", () => {
  let temporary: TemporaryStore;
  let store: Store;
  let asked = 0;

  beforeAll(async () => {
    temporary = await temporaryStore();
    const { connect } = temporary.store;
    store = {
      ...temporary.store,
      connect: async () => {
        const sql = await connect();
        return {
          ...sql,
          one: (text, values) => {
            asked += 1;
            return sql.one(text, values);
          },
        };
      },
    };
  });
  afterAll(() => temporary.remove());

  it("is read once while nothing commits", async () => {
    const { now } = versionReader(store, atOnce);
    const before = asked;
    const first = await now();
    for (let i = 0; i < 10; i++) expect(await now()).toBe(first);
    expect(asked - before).toBe(1);
  });

  it("is the new one for whoever asks after a change is over, in a transaction or outside one", async () => {
    const { now } = versionReader(store, atOnce);
    await now();
    await addBatch(store.sql, 1);
    expect(await now()).toMatch(/^b1-/);
    await store.sql.transaction(() => addBatch(store.sql, 2));
    expect(await now()).toMatch(/^b2-/);
    const other = await store.connect();
    await other.transaction(async () => {
      await other.run("DELETE FROM batch WHERE id = 2");
      expect(await now()).toMatch(/^b2-/);
    });
    expect(await now()).toMatch(/^b1-/);
  });

  it("stays the one before until the pages of the next are made, and nobody is told of the change before", async () => {
    const said: string[] = [];
    let begun = (): void => undefined;
    const begins = new Promise<void>((resolve) => {
      begun = resolve;
    });
    let open = (): void => undefined;
    const made = new Promise<void>((resolve) => {
      open = resolve;
    });
    const { now } = versionReader(store, async (version) => {
      said.push(`make ${numberOf(version)}`);
      begun();
      await made;
    });
    const before = await now();
    const change = store.sql.transaction(() => addBatch(store.sql, 3)).then(() => said.push("told"));
    await begins;
    expect(await now()).toBe(before);
    open();
    await change;
    expect(said).toEqual(["make 3", "told"]);
    expect(await now()).toMatch(/^b3-/);
  });

  it("is the new one for everybody from when somebody saw it", async () => {
    let seenNow = async (): Promise<void> => undefined;
    const { now, seen } = versionReader(store, () => seenNow());
    const before = await now();
    seenNow = async () => {
      expect(await now()).toBe(before);
      seen("b4-t0-s0-a0");
      expect(await now()).toMatch(/^b4-/);
    };
    await addBatch(store.sql, 4);
    expect(await now()).toMatch(/^b4-/);
    seenNow = () => Promise.reject(new Error("no"));
    await addBatch(store.sql, 5);
    expect(await now()).toMatch(/^b5-/);
  });

  it("is never older than the last change that is over, nor than what somebody was told before, however many change and ask", async () => {
    const { now, seen } = versionReader(store, () => sleep(Math.random() * 4));
    const looker = await store.connect();
    let over = 5;
    let known = 5;
    let stop = false;
    const asking = (async () => {
      for (let k = 0; !stop; k++) {
        const least = Math.max(over, known);
        const versions = await Promise.all([now(), now(), now()]);
        for (const version of versions) expect(numberOf(version)).toBeGreaterThanOrEqual(least);
        known = Math.max(known, ...versions.map(numberOf));
        if (k % 7 === 0) {
          const version = await dataVersion(looker);
          seen(version);
          known = Math.max(known, numberOf(version));
        }
        await new Promise(setImmediate);
      }
    })();
    let last = 5;
    const changing = [await store.connect(), await store.connect()].map(async (writer) => {
      for (let k = 0; k < 30; k++) {
        last += 1;
        const id = last;
        await writer.transaction(() => addBatch(writer, id));
        over = Math.max(over, id);
        await sleep(Math.random() * 3);
      }
    });
    await Promise.all(changing);
    stop = true;
    await asking;
    expect(numberOf(await now())).toBe(last);
  });
});
