/** Checks of readings: one a key, a history that leads to what is held, daily values equal to a full recompute. */
import type { Sql, Store } from "../store/port.ts";
import { computeDaily, DAY_OF_START } from "./daily.ts";
import type { Finding } from "./doctor-finding.ts";

export const ALL_TIME = { from: Date.UTC(1991, 11, 30), to: Date.UTC(2101, 0, 2) };
const KEY = "place, indicator, start, span";

export async function checkUnique({ sql, readings }: Store): Promise<Finding> {
  const relation = await readings.relation(ALL_TIME);
  const { n, twice } = await sql.one<{ n: bigint; twice: bigint }>(
    `SELECT coalesce(sum(k), 0)::BIGINT AS n, count(*) FILTER (k > 1) AS twice FROM
       (SELECT count(*) AS k FROM ${relation} GROUP BY ${KEY})`,
  );
  return { check: "unique", zh: "每个键只有一个读数", ok: twice === 0n, detail: `读数 ${n} 个，重复的键 ${twice} 个` };
}

/** What each part of the history's promise looks for: rows that break it. */
const HISTORY_BREAKS = (current: string): Readonly<Record<string, string>> => ({
  起止批次颠倒: "SELECT 1 FROM history WHERE batch_from > batch_to",
  同一段重复: `SELECT 1 FROM history WHERE batch_from < batch_to GROUP BY ${KEY}, batch_from, batch_to HAVING count(*) > 1`,
  // An undo puts away what the batch it takes back had brought, and nothing else.
  撤销了别的批次的值:
    "SELECT 1 FROM history h JOIN batch u ON u.id = h.batch_to WHERE u.kind = 'undo' AND u.undoes <> h.batch_from",
  // A value that a standing batch replaced must have a successor that is held: its own value or a later one.
  被更正的值没有后续: `SELECT 1 FROM history h JOIN (${STANDING}) s ON s.id = h.batch_to
    LEFT JOIN ${current} c USING (${KEY}) WHERE h.batch_from < h.batch_to AND (c.batch IS NULL OR c.batch < h.batch_to)`,
  // A value that an undone batch had replaced: that batch's own value must have been put away by the undo.
  撤销没有留下被撤的值: `SELECT 1 FROM history h JOIN (SELECT id, undoes FROM batch WHERE kind = 'undo') u ON u.undoes = h.batch_to
    ANTI JOIN history p ON p.place = h.place AND p.indicator = h.indicator AND p.start = h.start AND p.span = h.span
      AND p.batch_from = h.batch_to AND p.batch_to = u.id
    WHERE h.batch_from < h.batch_to`,
  现值属于已撤销的批次: `SELECT 1 FROM ${current} c ANTI JOIN (${STANDING}) s ON s.id = c.batch`,
});

const STANDING = `SELECT id FROM batch WHERE kind = 'ingest' AND id NOT IN (SELECT undoes FROM batch WHERE undoes IS NOT NULL)`;

export async function checkHistory({ sql, readings }: Store): Promise<Finding> {
  const current = await readings.relation(ALL_TIME);
  const { n } = await sql.one<{ n: bigint }>("SELECT count(*) AS n FROM history");
  const wrong: string[] = [];
  for (const [name, query] of Object.entries(HISTORY_BREAKS(current))) {
    const { k } = await sql.one<{ k: bigint }>(`SELECT count(*) AS k FROM (${query})`);
    if (k > 0n) wrong.push(`${name} ${k} 处`);
  }
  const detail = wrong.length === 0 ? `历史 ${n} 行，首尾相接` : wrong.join("、");
  return { check: "history", zh: "更正和撤销的历史首尾相接", ok: wrong.length === 0, detail };
}

export async function checkDaily(store: Store): Promise<Finding> {
  const { sql } = store;
  await dailyAgain(store);
  const { n, differ } = await sql.one<{ n: bigint; differ: bigint }>(`SELECT (SELECT count(*) FROM daily) AS n,
    (SELECT count(*) FROM ((SELECT * FROM daily EXCEPT ALL SELECT * FROM daily_again)
      UNION ALL (SELECT * FROM daily_again EXCEPT ALL SELECT * FROM daily))) AS differ`);
  await forgetDailyAgain(sql);
  return { check: "daily", zh: "日值等于全部重算", ok: differ === 0n, detail: `日值 ${n} 行，不符 ${differ} 行` };
}

/** Makes the temporary table `daily_again` with all daily values, from the readings alone. */
export async function dailyAgain({ sql, readings }: Store): Promise<void> {
  const relation = await readings.relation(ALL_TIME);
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE every_day AS SELECT DISTINCT place, indicator, ${DAY_OF_START} AS day FROM ${relation}`,
  );
  await sql.run("CREATE OR REPLACE TEMP TABLE daily_again AS SELECT * FROM daily WHERE false");
  await computeDaily(sql, async () => relation, "every_day", "daily_again");
  await sql.run("DROP TABLE temp.every_day");
}

export async function forgetDailyAgain(sql: Sql): Promise<void> {
  await sql.run("DROP TABLE temp.daily_again");
}
