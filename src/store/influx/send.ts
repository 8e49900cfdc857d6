/** Sending rows of a catalogue table as pages of lines, two on their way at a time. */
import type { Sql } from "../port.ts";
import type { Connection } from "./connection.ts";
import { LINE } from "./layout.ts";

/** Lines of one request: about 1.3 MB, below the limits of every flavour. */
const PAGE_LINES = 10_000;

/** More than two requests on their way make a 1.x server no faster. */
const IN_FLIGHT = 2;

/**
 * Writes the rows of a relation (place, indicator, span as texts, start, value or NULL for void, flag, grade, batch).
 * In the order of time, so that a request touches few of the server's time shards.
 * @returns how many lines were acknowledged @throws Fault of the first page that was refused
 */
export async function sendRows(sql: Sql, connection: Connection, relation: string): Promise<number> {
  await sql.run(`CREATE OR REPLACE TEMP TABLE influx_out AS
    SELECT *, CAST((row_number() OVER (ORDER BY start, indicator, place, span) - 1) // ${PAGE_LINES} AS INTEGER) AS page
    FROM ${relation} ORDER BY start, indicator, place, span`);
  const { n } = await sql.one<{ n: bigint }>("SELECT count(*) AS n FROM influx_out");
  const pages = Math.ceil(Number(n) / PAGE_LINES);
  const onTheWay = new Set<Promise<void>>();
  let refused: { readonly error: unknown } | undefined;
  try {
    for (let page = 0; page < pages && refused === undefined; page++) {
      const { lines } = await sql.one<{ lines: string }>(
        `SELECT string_agg(${LINE}, chr(10)) AS lines FROM influx_out WHERE page = ${page}`,
      );
      const sent = connection
        .write(lines)
        .catch((error: unknown) => {
          refused ??= { error };
        })
        .finally(() => onTheWay.delete(sent));
      onTheWay.add(sent);
      if (onTheWay.size >= IN_FLIGHT) await Promise.race(onTheWay);
    }
  } finally {
    // Nothing may still be on its way when the caller starts to put things back.
    await Promise.all(onTheWay);
  }
  await sql.run("DROP TABLE IF EXISTS temp.influx_out");
  if (refused !== undefined) throw refused.error;
  return Number(n);
}
