/**
 * Rows a second written to and read from an InfluxDB 1.x through the store, beside a bare client.
 *
 * The bare client does the same requests: the same bodies in the same number on their way at a time, acknowledged by
 * 204; the same statement, its chunks parsed and counted. What the store adds is the intent, the SQL that makes the
 * lines, the checks and the table in DuckDB.
 * Run: npx tsx bench/influx.ts [rows]   (needs Debian's influxd)
 */
import { rm } from "node:fs/promises";
import { InfluxDB } from "@influxdata/influxdb-client";
import { INDICATORS } from "../src/domain/indicator.ts";
import { connectInflux } from "../src/store/influx/connection.ts";
import { influxReadings } from "../src/store/influx/readings.ts";
import { influxServer } from "../test/influx/server.ts";
import { FEW_PLACES } from "../test/store/engines.ts";
import { temporaryStore } from "../test/store-fixture.ts";

const ROWS = Number(process.argv[2] ?? 500_000);
const IN_FLIGHT = 2;
const ITEMS = INDICATORS.length;

const server = await influxServer();
const fixture = await temporaryStore({ places: [...FEW_PLACES.places], sets: [] });
try {
  for (const name of ["bare", "store"]) {
    await server.command(`CREATE DATABASE ${name} WITH DURATION INF REPLICATION 1 SHARD DURATION 52w`);
  }
  const { store } = fixture;
  const bodies: string[] = [];
  const config = { flavour: "v1", url: server.url, database: "store", timeout: 60_000 } as const;
  const connection = connectInflux(config);
  const influx = await influxReadings(
    store.sql,
    await store.connect(),
    {
      ...connection,
      write: async (lines) => {
        bodies.push(lines);
        await connection.write(lines);
      },
    },
    store.dir,
  );
  await store.sql.run(`CREATE TEMP TABLE bench_row AS
    SELECT 1 + (k % 2)::INTEGER AS place, i.id::USMALLINT AS indicator,
      make_timestamp(${Date.UTC(2015, 0, 1)}000 + (k // ${2 * ITEMS}) * 3600000000) AS start, 1::UTINYINT AS span,
      CAST((k % 500) / 10.0 AS DECIMAL(18,8)) AS value, 0::USMALLINT AS flag, 0::UTINYINT AS grade, 1 AS batch
    FROM range(${ROWS}) t(k) JOIN (SELECT unnest([${INDICATORS.map((one) => one.id).join(",")}]) AS id,
      generate_subscripts([${INDICATORS.map((one) => one.id).join(",")}], 1) - 1 AS at) i ON i.at = (k // 2) % ${ITEMS}`);

  const seconds = async (work: () => Promise<unknown>): Promise<number> => {
    const from = performance.now();
    await work();
    return (performance.now() - from) / 1000;
  };
  const { transport } = new InfluxDB({ url: server.url, timeout: 60_000 });
  const wrote = await seconds(() => influx.readings.insert("bench_row"));
  const bareWrote = await seconds(async () => {
    const queue = [...bodies];
    const worker = async (): Promise<void> => {
      for (let body = queue.shift(); body !== undefined; body = queue.shift()) {
        await transport.request("/write?db=bare&precision=ms", body, { method: "POST" });
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  });
  const all = { from: 0, to: Date.UTC(2100, 0, 1) };
  const read = await seconds(() => influx.readings.relation(all));
  let counted = 0;
  const bareRead = await seconds(async () => {
    const columns = '"place","indicator","span","exact","flag","grade","batch","void"';
    const q = `SELECT count("exact") FROM "reading"; SELECT ${columns} FROM "reading"`;
    const path = "/query?db=store&epoch=ms&chunked=true&chunk_size=10000";
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    let held = "";
    const body = new URLSearchParams({ q }).toString();
    for await (const part of transport.iterate(path, body, { method: "POST", headers })) {
      const texts = (held + Buffer.from(part).toString("utf8")).split("\n");
      held = texts.pop() ?? "";
      for (const text of texts) {
        const { results } = JSON.parse(text) as { results: { series?: { values: unknown[] }[] }[] };
        for (const { series = [] } of results) for (const { values } of series) counted += values.length;
      }
    }
  });
  const line = (what: string, own: number, bare: number): void => {
    const rate = (s: number): string => Math.round(ROWS / s).toLocaleString("en");
    process.stdout.write(
      `${what}: store ${rate(own)} rows/s, bare ${rate(bare)} rows/s, ratio ${(bare / own).toFixed(2)}\n`,
    );
  };
  process.stdout.write(`${ROWS} rows, ${bodies.length} requests; ${counted - 1} rows counted by the bare client\n`);
  line("write", wrote, bareWrote);
  line("read", read, bareRead);
} finally {
  await fixture.remove();
  await server.stop();
  await rm(fixture.dir, { recursive: true, force: true });
}
