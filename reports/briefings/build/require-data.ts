/** No page about nothing: a span without any reading and without any published list. */
import { fault } from "../../../src/domain/faults.ts";
import type { Period } from "../../../src/domain/period.ts";
import { dayStart } from "../../../src/domain/time.ts";
import type { Store } from "../../../src/store/port.ts";
import { publishedRanks } from "../../../src/store/published-ranks.ts";

/** @throws Fault `briefing.no-data` */
export async function requireData({ sql, readings }: Store, { first, last, text }: Period): Promise<void> {
  const [from, to] = [dayStart(first), dayStart(last + 1)];
  const held = await readings.relation({ from, to });
  // A relation may hold more than its scope; instants are kept in UTC milliseconds.
  const within = `start >= make_timestamp(${from}000) AND start < make_timestamp(${to}000)`;
  if ((await sql.rows(`SELECT 1 AS x FROM ${held} WHERE ${within} LIMIT 1`)).length > 0) return;
  const listed = await publishedRanks(sql);
  if (listed.some((one) => one.first <= last && one.last >= first)) return;
  throw fault("briefing.no-data", { given: text }, { parameter: "--period" });
}
