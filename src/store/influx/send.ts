/** Sending rows of a catalogue table as pages of lines, two on their way at a time. */
import type { Sql } from "../port.ts";
import type { Connection } from "./connection.ts";
import { LINE } from "./layout.ts";

/** Lines of one request: about 1.3 MB, below the limits of every flavour. */
const PAGE_LINES = 10_000;

/** More than two requests on their way make a 1.x server no faster. */
const IN_FLIGHT = 2;

/** The page of a row, in the order the rows come. */
export const PAGE_NUMBER = `CAST((row_number() OVER () - 1) // ${PAGE_LINES} AS INTEGER) AS page`;

/**
 * Writes the rows of a relation (place, indicator, span as texts, start, value or NULL for void, flag, grade, batch).
 * In the order of time, so that a request touches few of the server's time shards.
 * @returns how many lines were acknowledged @throws Fault of the first page that was refused
 */
export async function sendRows(sql: Sql, connection: Connection, relation: string): Promise<number> {
  await sql.run(`CREATE OR REPLACE TEMP TABLE influx_out AS
    SELECT *, ${PAGE_NUMBER} FROM (SELECT * FROM ${relation} ORDER BY start)`);
  const { n } = await sql.one<{ n: bigint }>("SELECT count(*) AS n FROM influx_out");
  try {
    return await sendPages(sql, connection, "influx_out", Number(n));
  } finally {
    await sql.run("DROP TABLE IF EXISTS temp.influx_out").catch(() => undefined);
  }
}

/** Writes rows that have their `page` already. */
export async function sendPages(sql: Sql, connection: Connection, relation: string, rows: number): Promise<number> {
  const onTheWay = new Set<Promise<void>>();
  let refused: { readonly error: unknown } | undefined;
  let made = 0;
  try {
    for (let page = 0; page * PAGE_LINES < rows && refused === undefined; page++) {
      const { lines, k } = await sql.one<{ lines: string; k: bigint }>(
        `SELECT string_agg(line, chr(10)) AS lines, count(line) AS k
         FROM (SELECT ${LINE} AS line FROM ${relation} WHERE page = ${page})`,
      );
      made += Number(k);
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
  if (refused !== undefined) throw refused.error;
  // An empty body is acknowledged like any other.
  if (made !== rows) throw new RangeError(`${made} lines were made of ${rows} rows`);
  return made;
}
