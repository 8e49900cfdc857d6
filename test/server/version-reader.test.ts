import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { versionReader } from "../../src/server/version-reader.ts";
import type { Sql, Store } from "../../src/store/port.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

const ADD_BATCH =
  "INSERT INTO batch SELECT ?, now(), 'ingest', NULL, 'x', '', 'cell', 0, '', NULL, NULL, 0,0,0,0,0,0,0,0";
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
    const { now } = versionReader(store);
    const before = asked;
    const first = await now();
    for (let i = 0; i < 10; i++) expect(await now()).toBe(first);
    expect(asked - before).toBe(1);
  });

  it("is the new one for whoever asks after a change is over, in a transaction or outside one", async () => {
    const { now } = versionReader(store);
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

  it("is never older than what anybody has seen", async () => {
    const { now, seen } = versionReader({ ...store, versionTime: () => 0 });
    const before = await now();
    await addBatch(store.sql, 3);
    // The clock stands still, as it does while a commit is visible but not over yet.
    expect(await now()).toBe(before);
    seen("b3-t0-s0-a0");
    expect(await now()).toMatch(/^b3-/);
  });

  it("is never older than the last change that is over, however many ask while others change", async () => {
    const { now } = versionReader(store);
    const writer = await store.connect();
    let over = 3;
    let stop = false;
    const asking = (async () => {
      while (!stop) {
        const least = over;
        const versions = await Promise.all([now(), now(), now()]);
        for (const version of versions) expect(Number(/^b(\d+)/.exec(version)?.[1])).toBeGreaterThanOrEqual(least);
        await new Promise(setImmediate);
      }
    })();
    for (let id = 4; id < 30; id++) {
      await writer.transaction(() => addBatch(writer, id));
      over = id;
    }
    stop = true;
    await asking;
  });
});
