/** Which engine keeps a store's readings: what `store.yaml` wants, held against what the catalogue remembers. */
import { fault } from "../domain/faults.ts";
import { duckdbReadings } from "./duckdb-readings.ts";
import type { ReadingStore, Sql } from "./port.ts";
import { ENGINES, type Engine, type InfluxConfig, type StoreConfig } from "./store-config.ts";

const META_KEY = "engine";

/** The engine the readings are in. */
export async function heldEngine(sql: Sql): Promise<Engine> {
  const [row] = await sql.rows<{ value: string }>("SELECT value FROM meta WHERE key = ?", [META_KEY]);
  return ENGINES.find((one) => one === row?.value) ?? "duckdb";
}

export async function holdEngine(sql: Sql, engine: Engine): Promise<void> {
  await sql.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", [META_KEY, engine]);
}

/**
 * The readings of a store. An empty store takes the engine that is wanted; a filled one is moved by `store copy` only.
 * @throws Fault `store.engine-differs`, and those of an InfluxDB that has something to repair
 */
export async function chooseReadings(
  sql: Sql,
  connect: () => Promise<Sql>,
  config: StoreConfig,
  dir: string,
): Promise<{ readonly sql: Sql; readonly readings: ReadingStore }> {
  const held = await heldEngine(sql);
  if (held !== config.engine) {
    const filled = await sql.rows("SELECT 1 AS x FROM batch LIMIT 1");
    if (filled.length > 0) {
      throw fault("store.engine-differs", { wanted: config.engine, held }, { parameter: "store.yaml readings.engine" });
    }
    await holdEngine(sql, config.engine);
  }
  return await readingsOf(sql, connect, config, dir);
}

/** The readings of an engine, whatever the catalogue remembers. */
export async function readingsOf(
  sql: Sql,
  connect: () => Promise<Sql>,
  { engine, influx }: StoreConfig,
  dir: string,
): Promise<{ readonly sql: Sql; readonly readings: ReadingStore }> {
  if (engine === "duckdb") return { sql, readings: duckdbReadings(sql) };
  // A store without InfluxDB starts without its client.
  const [{ influxReadings }, { connectInflux }] = await Promise.all([
    import("./influx/readings.ts"),
    import("./influx/connection.ts"),
  ]);
  return await influxReadings(sql, await connect(), connectInflux(configured(influx)), dir);
}

/** @throws Fault `store.config` when nothing says where the server is */
export function configured(influx: InfluxConfig | undefined): InfluxConfig {
  if (influx !== undefined) return influx;
  throw fault("store.config", { field: "readings.url", reason: "没有写 InfluxDB 的地址" }, { file: "store.yaml" });
}
