/** Dying at each step between the server and the catalogue, on a real server: the next start finds before or after. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { INDICATORS } from "../../src/domain/indicator.ts";
import { type Connection, connectInflux } from "../../src/store/influx/connection.ts";
import { influxReadings } from "../../src/store/influx/readings.ts";
import type { PlaceSeeds, Sql, Store } from "../../src/store/port.ts";
import { hasInfluxd, type InfluxServer, influxServer } from "../influx/server.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { FEW_PLACES } from "./engines.ts";
import { heldRows, keyText, type Row, relationOf } from "./rows.ts";

const HOUR = 3_600_000;
const T0 = Date.UTC(2015, 2, 1);
const PAGE = 10_000;
const ITEMS = INDICATORS.map(({ code }) => code);
/** The k-th reading: all indicators at two places, hour by hour. */
const row = (k: number, batch: number): Row => ({
  place: 1 + (k % 2),
  indicator: ITEMS[Math.floor(k / 2) % ITEMS.length] ?? "",
  start: T0 + Math.floor(k / 2 / ITEMS.length) * HOUR,
  span: "hour",
  exact: BigInt(k) * 100_000_000n,
  flag: 0,
  grade: 0,
  batch,
});
const rows = (from: number, to: number, batch: number): Row[] =>
  Array.from({ length: to - from }, (_, k) => row(from + k, batch));

describe.skipIf(!hasInfluxd)("A process that dies between the server and the catalogue", () => {
  let server: InfluxServer;
  let temporary: TemporaryStore;
  let made = 0;

  beforeAll(async () => {
    server = await influxServer();
  });
  afterEach(() => temporary.remove());
  afterAll(() => server?.stop());

  const fresh = async (): Promise<Connection> => {
    made += 1;
    await server.command(`CREATE DATABASE crash${made}`);
    temporary = await temporaryStore(FEW_PLACES as PlaceSeeds);
    const { url } = server;
    return connectInflux({ flavour: "v1", url, database: `crash${made}`, timeout: 5000 }, async () => undefined);
  };
  /** The store as the next process finds it: what the dead one had in memory is gone. */
  const start = async (connection: Connection, beside?: Sql): Promise<Store> => {
    const { store } = temporary;
    return {
      ...store,
      ...(await influxReadings(store.sql, beside ?? (await store.connect()), connection, store.dir)),
    };
  };
  /** The first batch holds readings 0 to 19,999; the second corrects the later half of it and adds as many. */
  const before = rows(0, 2 * PAGE, 1);
  const second = async (store: Store): Promise<void> =>
    store.sql.transaction(async () => {
      await store.readings.replace(await relationOf(store, rows(PAGE, 2 * PAGE, 2)));
      await store.readings.insert(await relationOf(store, rows(2 * PAGE, 3 * PAGE, 2)));
      await store.readings.remove(await relationOf(store, [row(0, 1)]));
    });
  const batches = async (store: Store): Promise<Readonly<Record<number, number>>> => {
    const counts: Record<number, number> = {};
    for (const { batch } of await heldRows(store)) counts[batch] = (counts[batch] ?? 0) + 1;
    return counts;
  };
  const openIntents = async (): Promise<bigint> =>
    (await temporary.store.sql.one<{ n: bigint }>("SELECT count(*) AS n FROM influx_intent")).n;
  /** A connection of a process that dies after so many pages: nothing it sends later arrives, also no repair. */
  const dyingAfter = (connection: Connection, pages: number): Connection => {
    let left = pages;
    const dead = (): never => {
      throw new Error("killed");
    };
    return {
      ...connection,
      write: async (lines) => {
        left -= 1;
        if (left < 0) dead();
        await connection.write(lines);
      },
      query: (statement) => (left < 0 ? dead() : connection.query(statement)),
    };
  };

  it.each([0, 1, 2])("after %i pages leaves what was before, once started again", async (pages) => {
    const connection = await fresh();
    const first = await start(connection);
    await first.readings.insert(await relationOf(first, before));
    const dying = await start(dyingAfter(connection, pages));
    await expect(second(dying)).rejects.toThrow("killed");
    expect(await openIntents()).toBe(1n);
    const next = await start(connection);
    expect(await openIntents()).toBe(0n);
    expect(await heldRows(next)).toEqual(sorted(before));
  });

  it.each([0, 1])(
    "in a batch that only adds, after %i pages, leaves what was before, without a list of its keys",
    async (pages) => {
      const connection = await fresh();
      const first = await start(connection);
      await first.readings.insert(await relationOf(first, before));
      const dying = await start(dyingAfter(connection, pages));
      await expect(dying.readings.insert(await relationOf(dying, rows(2 * PAGE, 4 * PAGE, 2)))).rejects.toThrow(
        "killed",
      );
      expect(await openIntents()).toBe(1n);
      const { n } = await temporary.store.sql.one("SELECT count(*) AS n FROM influx_intent_row");
      expect(n).toBe(0n);
      const next = await start(connection);
      expect(await openIntents()).toBe(0n);
      expect(await heldRows(next)).toEqual(sorted(before));
    },
  );

  it("in a batch that only adds keeps what earlier batches had written in its time", async () => {
    const connection = await fresh();
    const first = await start(connection);
    const earlier = before.filter((_, k) => k % 2 === 0);
    await first.readings.insert(await relationOf(first, earlier));
    const between = before.filter((_, k) => k % 2 === 1).map((one) => ({ ...one, batch: 2 }));
    const dying = await start(dyingAfter(connection, 0));
    await expect(dying.readings.insert(await relationOf(dying, between))).rejects.toThrow("killed");
    expect(await heldRows(await start(connection))).toEqual(sorted(earlier));
  });

  it("after every page and before the catalogue's commit leaves what was before", async () => {
    const connection = await fresh();
    const first = await start(connection);
    await first.readings.insert(await relationOf(first, before));
    const dying = dyingAfter(connection, 3);
    const { sql } = temporary.store;
    const uncommitted: Sql = {
      ...sql,
      transaction: async (work) =>
        await sql.transaction(async () => {
          await work();
          await dying.write("").catch(() => undefined);
          throw new Error("killed before the commit");
        }),
    };
    const readings = await influxReadings(uncommitted, await temporary.store.connect(), dying, temporary.store.dir);
    await expect(second({ ...temporary.store, ...readings })).rejects.toThrow("killed before the commit");
    const next = await start(connection);
    expect(await heldRows(next)).toEqual(sorted(before));
  });

  it("after the commit leaves what was to be, though the intent was never forgotten", async () => {
    const connection = await fresh();
    const first = await start(connection);
    await first.readings.insert(await relationOf(first, before));
    const beside = await temporary.store.connect();
    const dying = await start(connection, {
      ...beside,
      run: async (text, values) => {
        if (text.startsWith("DELETE FROM influx_intent")) throw new Error("killed after the commit");
        await beside.run(text, values);
      },
      transaction: async (work) => await beside.transaction(work),
    });
    await second(dying);
    expect(await openIntents()).toBe(1n);
    const next = await start(connection);
    expect(await openIntents()).toBe(0n);
    expect(await batches(next)).toEqual({ 1: PAGE - 1, 2: 2 * PAGE });
  });

  it("together with its server loses nothing that was acknowledged", async () => {
    const connection = await fresh();
    const first = await start(connection);
    await first.readings.insert(await relationOf(first, before));
    const dying = dyingAfter(connection, 1);
    await expect(start(dying).then(second)).rejects.toThrow("killed");
    await server.kill();
    await server.start();
    expect(await heldRows(await start(connection))).toEqual(sorted(before));
  });

  it("keeps a batch whose server was restarted in the middle", async () => {
    const connection = await fresh();
    let writes = 0;
    const restarting: Connection = {
      ...connection,
      write: async (lines) => {
        writes += 1;
        if (writes === 2) await server.kill();
        const sent = connectInflux(connection.config).write(lines);
        if (writes === 2) await server.start();
        await sent;
      },
    };
    const store = await start(restarting);
    await store.readings.insert(await relationOf(store, before));
    expect(await heldRows(await start(connection))).toEqual(sorted(before));
  });
});

function sorted(list: readonly Row[]): readonly Row[] {
  return [...list].sort((a, b) => (keyText(a) < keyText(b) ? -1 : 1));
}
