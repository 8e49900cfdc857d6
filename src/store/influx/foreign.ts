/** Points of the measurement that duibiao cannot have written: their place, indicator or span is not known here. */
import { fault } from "../../domain/faults.ts";
import type { Sql } from "../port.ts";
import type { Connection } from "./connection.ts";

/** How many are named in the message. */
const NAMED = 5;

/** @throws Fault `store.influx-foreign` when a table of loaded points holds one that is not void */
export async function foreignPoints(sql: Sql, points: string, { config }: Connection): Promise<void> {
  const foreign = await sql.rows<{ name: string; n: bigint }>(
    `SELECT place || ' ' || indicator || ' ' || span AS name, count(*) AS n FROM ${points}
     WHERE NOT void AND (place NOT IN (SELECT code FROM place) OR indicator NOT IN (SELECT name FROM influx_indicator)
       OR span NOT IN (SELECT name FROM influx_span))
     GROUP BY ALL ORDER BY name`,
  );
  if (foreign.length === 0) return;
  const what = foreign
    .slice(0, NAMED)
    .map(({ name, n }) => `${name}（${n} 个点）`)
    .join("、");
  throw fault("store.influx-foreign", { database: config.database, what }, { parameter: "store.yaml readings" });
}
