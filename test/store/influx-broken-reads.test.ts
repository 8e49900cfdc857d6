/** A read of a real server that breaks off in the middle: an error, never a short result taken for a whole one. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { INDICATORS } from "../../src/domain/indicator.ts";
import { type Connection, connectInflux } from "../../src/store/influx/connection.ts";
import { influxReadings } from "../../src/store/influx/readings.ts";
import type { PlaceSeeds, Store } from "../../src/store/port.ts";
import { hasInfluxd, type InfluxServer, influxServer } from "../influx/server.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { FEW_PLACES } from "./engines.ts";

/** More than fits between the server and a reader that has stopped reading. */
const ROWS = 200_000;
const LONGEST_MS = 600_000;
const ALL = { from: 0, to: Date.UTC(2100, 0, 1) };

describe.skipIf(!hasInfluxd)("A read of an InfluxDB that breaks off in the middle", () => {
  let server: InfluxServer;
  let temporary: TemporaryStore;
  beforeAll(async () => {
    server = await influxServer();
    temporary = await temporaryStore(FEW_PLACES as PlaceSeeds);
    await server.command("CREATE DATABASE large WITH DURATION INF REPLICATION 1 SHARD DURATION 520w");
    const store = await storeOf(plain());
    const items = INDICATORS.map(({ id }) => id).join(",");
    await store.readings.insert(`(SELECT 1 AS place, i.id::USMALLINT AS indicator,
      make_timestamp(${Date.UTC(2000, 0, 1)}000 + k * 3600000000) AS start, 1::UTINYINT AS span,
      (k % 500)::DECIMAL(18,8) AS value, 0::USMALLINT AS flag, 0::UTINYINT AS grade, 1 AS batch
      FROM range(${Math.ceil(ROWS / INDICATORS.length)}) t(k) CROSS JOIN (SELECT unnest([${items}]) AS id) i)`);
  }, LONGEST_MS);
  afterAll(async () => {
    await temporary?.remove();
    await server?.stop();
  });

  const plain = (): Connection =>
    connectInflux({ flavour: "v1", url: server.url, database: "large", timeout: 60_000 }, async () => undefined);
  const storeOf = async (connection: Connection): Promise<Store> => {
    const { store } = temporary;
    return { ...store, ...(await influxReadings(store.sql, await store.connect(), connection, store.dir)) };
  };
  /** A connection whose reader stops after the first part of an answer until `then` is done. */
  const pausing = (then: () => Promise<void>): Connection => {
    const connection = plain();
    return {
      ...connection,
      async *query(statement) {
        let first = true;
        for await (const part of connection.query(statement)) {
          yield part;
          if (first) await then();
          first = false;
        }
      },
    };
  };
  const count = async (store: Store): Promise<number> => {
    const relation = await store.readings.relation(ALL);
    return Number((await store.sql.one<{ n: bigint }>(`SELECT count(*) AS n FROM ${relation}`)).n);
  };

  it(
    "because somebody killed the query is an error, and the next read has every row",
    async () => {
      let killed = 0;
      const store = await storeOf(
        pausing(async () => {
          const answer = JSON.parse(await server.command("SHOW QUERIES")) as {
            readonly results: readonly {
              readonly series: readonly { readonly values: readonly (readonly [number, string])[] }[];
            }[];
          };
          for (const [id, text] of answer.results[0]?.series[0]?.values ?? []) {
            if (!text.startsWith("SELECT")) continue;
            await server.command(`KILL QUERY ${id}`);
            killed += 1;
          }
        }),
      );
      await expect(count(store)).rejects.toMatchObject({ code: "store.influx-answer" });
      expect(killed).toBe(1);
      expect(await count(await storeOf(plain()))).toBeGreaterThanOrEqual(ROWS);
    },
    LONGEST_MS,
  );

  it(
    "because the server was killed is an error, and once it is back the next read has every row",
    async () => {
      const store = await storeOf(pausing(() => server.kill()));
      await expect(count(store)).rejects.toMatchObject({ code: "store.influx-answer" });
      await server.start();
      expect(await count(await storeOf(plain()))).toBeGreaterThanOrEqual(ROWS);
    },
    LONGEST_MS,
  );
});
