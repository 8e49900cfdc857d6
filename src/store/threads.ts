/**
 * How many cores one question may take.
 *
 * DuckDB spreads a question over all cores. That pays for millions of rows; a question of some thousand is over before
 * the threads have met, and they meet by spinning: it costs up to four times the processor time, and ten times the
 * waiting while other work wants the same cores. A process that answers many small questions gives each one thread.
 */
import type { Sql } from "./port.ts";

/** From now on every connection to the store works each question on one thread; several questions still run beside each other. */
export async function oneThreadEach(sql: Sql): Promise<void> {
  await sql.run("SET threads = 1");
}
