/**
 * Putting back what a batch that never committed had written: on start after a crash, or at once after a failure.
 *
 * The server is read first and only what differs from the former state is written, and then it is read again: points
 * the server had refused need nothing, and a late request of the dead process cannot slip in unnoticed.
 */
import { type Fault, fault } from "../../domain/faults.ts";
import type { Sql } from "../port.ts";
import type { Connection } from "./connection.ts";
import { type Intent, openIntents, settleIntent } from "./intent.ts";
import { loadPoints } from "./load.ts";
import { sendRows } from "./send.ts";

/** Rounds of reading and writing before it is given up. */
const MOST_ROUNDS = 5;

/** @returns how many intents were put back @throws Fault, and then the intents stay */
export async function repairIntents(sql: Sql, connection: Connection): Promise<number> {
  let repaired = 0;
  for (const intent of await openIntents(sql)) {
    if (!intent.done) {
      await putBack(sql, connection, intent);
      repaired += 1;
    }
    await settleIntent(sql, intent.id);
  }
  return repaired;
}

async function putBack(sql: Sql, connection: Connection, { id, from, to, adds }: Intent): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    await loadPoints(sql, connection, { from, to }, "influx_now");
    await sql.run(`CREATE OR REPLACE TEMP TABLE influx_back AS ${adds === undefined ? listed(id) : added(adds)}`);
    const sent = await sendRows(sql, connection, "influx_back");
    for (const table of ["influx_now", "influx_back"]) await sql.run(`DROP TABLE temp.${table}`);
    if (sent === 0) return;
  }
  throw unrepaired(connection, "写回之后服务器上仍不一致");
}

/** The keys of a list that are not as they were before. */
function listed(id: number): string {
  return `SELECT b.place, b.indicator, b.span, b.start, b.value, b.flag, b.grade, b.batch
    FROM (SELECT * FROM influx_intent_row WHERE intent = ${id}) b
    LEFT JOIN (SELECT * FROM influx_now WHERE NOT void) n
      ON n.place = b.place AND n.indicator = b.indicator AND n.span = b.span AND n.start = b.start
    WHERE n.value IS DISTINCT FROM b.value OR n.flag IS DISTINCT FROM b.flag OR n.grade IS DISTINCT FROM b.grade
      OR n.batch IS DISTINCT FROM b.batch`;
}

/** The points a batch that only added has left: none of them was there before it. */
function added(batch: number): string {
  return `SELECT place, indicator, span, start, NULL::DECIMAL(18,8) AS value, NULL::USMALLINT AS flag,
      NULL::UTINYINT AS grade, NULL::INTEGER AS batch FROM influx_now WHERE NOT void AND batch = ${batch}`;
}

export function unrepaired({ config }: Connection, reason: string): Fault {
  return fault("store.influx-unrepaired", { url: config.url, reason }, { parameter: "store.yaml readings" });
}
