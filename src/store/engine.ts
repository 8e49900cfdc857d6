/** Which engine keeps a store's readings: what `store.yaml` wants, held against what the catalogue remembers. */
import { fault } from "../domain/faults.ts";
import { duckdbReadings } from "./duckdb-readings.ts";
import type { ReadingStore, Sql } from "./port.ts";
import { ENGINES, type Engine, type InfluxConfig, type StoreConfig, writeEngine } from "./store-config.ts";

const META_KEY = "engine";

/** Stands in the catalogue from the moment readings have moved until `store.yaml` says so too. */
const FOLLOW_KEY = "engine moved";

/** Rows of `meta` by which a copy of a catalogue holds its readings itself, and its `store.yaml` follows when it is opened. */
export const MOVED_TO_DUCKDB = `VALUES ('${META_KEY}', 'duckdb'), ('${FOLLOW_KEY}', '')`;

/** The engine the readings are in. */
export async function heldEngine(sql: Sql): Promise<Engine> {
  const [row] = await sql.rows<{ value: string }>("SELECT value FROM meta WHERE key = ?", [META_KEY]);
  return ENGINES.find((one) => one === row?.value) ?? "duckdb";
}

/** Remembers where the readings are now. */
export async function holdEngine(sql: Sql, engine: Engine): Promise<void> {
  await sql.run("INSERT OR REPLACE INTO meta VALUES (?, ?), (?, '')", [META_KEY, engine, FOLLOW_KEY]);
}

/** Writes the engine the readings have moved to into `store.yaml`; also on start, when the moving process died before. */
export async function followEngine(sql: Sql, dir: string): Promise<void> {
  await writeEngine(dir, await heldEngine(sql));
  await sql.run("DELETE FROM meta WHERE key = ?", [FOLLOW_KEY]);
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
  const moved = await sql.rows("SELECT 1 AS x FROM meta WHERE key = ?", [FOLLOW_KEY]);
  if (moved.length > 0) {
    await followEngine(sql, dir);
    return await readingsOf(sql, connect, { ...config, engine: held }, dir);
  }
  if (held !== config.engine) {
    const filled = await sql.rows("SELECT 1 AS x FROM batch LIMIT 1");
    if (filled.length > 0) {
      throw fault("store.engine-differs", { wanted: config.engine, held }, { parameter: "store.yaml readings.engine" });
    }
    await sql.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", [META_KEY, config.engine]);
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
