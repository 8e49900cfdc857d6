/**
 * Merging: staged values against what the store holds, in the order of the input.
 *
 * A key held with the same value is unchanged, with another value corrected (the old one goes to history with the
 * batches between which it was valid); a provisional value never replaces a reviewed one and is outranked. The same
 * holds between two rows of one batch.
 */

import { DAY_OF_START } from "../src/analysis/daily.ts";
import { GRADES, type Grade, SOFT_FLAGS } from "../src/domain/reading.ts";
import type { Store } from "../src/store/port.ts";
import type { Shelf } from "./shelf.ts";

const KEY = "place, indicator, start, span";
const SAME_KEY = "e.place = i.place AND e.indicator = i.indicator AND e.start = i.start AND e.span = i.span";

/** First and last start of what was merged, UTC milliseconds. */
export type Range = { readonly low: number; readonly high: number };

/**
 * Merges `incoming` into the store as `batch`. Leaves `settled` (one row a staged value: file, line, outcome) and
 * `touched` (place, indicator, day whose readings changed) for the account and the daily values.
 */
export async function mergeIncoming(
  store: Store,
  { keep }: Pick<Shelf, "keep">,
  batch: number,
  grade: Grade,
): Promise<Range | undefined> {
  const { sql } = store;
  const { repeats, low, high } = await sql.one<{ repeats: bigint; low: bigint | null; high: bigint | null }>(
    `SELECT coalesce(sum(n) - count(*), 0)::BIGINT AS repeats, epoch_ms(min(start)) AS low, epoch_ms(max(start)) AS high
     FROM (SELECT count(*) AS n, min(start) AS start FROM incoming GROUP BY ${KEY})`,
  );
  const range = low === null || high === null ? undefined : { low: Number(low), high: Number(high) };
  const held =
    range === undefined
      ? "(SELECT * FROM reading WHERE false)"
      : await store.readings.relation({ from: range.low, to: range.high });
  const untouched = range === undefined || (await sql.rows(`SELECT 1 AS x FROM ${held} LIMIT 1`)).length === 0;
  if (untouched && repeats === 0n) {
    await sql.run("CREATE OR REPLACE TEMP VIEW settled AS SELECT file, line, 'inserted' AS outcome FROM incoming");
    await store.readings.insert(
      `(SELECT ${KEY}, value, flag, ${GRADES[grade]}::UTINYINT AS grade, ${batch} AS batch FROM incoming)`,
    );
    await keep("touched", `SELECT DISTINCT place, indicator, ${DAY_OF_START} AS day FROM incoming`);
    return range;
  }
  const alone = repeats === 0n;
  const perKey = "OVER (PARTITION BY i.place, i.indicator, i.start, i.span ORDER BY i.file, i.line, i.col)";
  await keep(
    "merged",
    `SELECT *, CASE WHEN held_grade > ${GRADES[grade]} THEN 'outranked'
      WHEN turn = 1 AND held IS NULL THEN 'inserted'
      WHEN coalesce(before, held) = value AND (coalesce(before_flag, held_flag) | ${SOFT_FLAGS}) = (flag | ${SOFT_FLAGS}) THEN 'unchanged'
      ELSE 'corrected' END AS outcome
    FROM (SELECT i.file, i.line, i.place, i.indicator, i.start, i.span, i.value, i.flag,
        ${alone ? "1" : `row_number() ${perKey}`} AS turn,
        ${alone ? "true" : `turn = count(*) OVER (PARTITION BY i.place, i.indicator, i.start, i.span)`} AS last,
        ${alone ? "NULL::DECIMAL(18,8)" : `lag(i.value) ${perKey}`} AS before,
        ${alone ? "NULL::USMALLINT" : `lag(i.flag) ${perKey}`} AS before_flag,
        e.value AS held, e.flag AS held_flag, e.grade AS held_grade, e.batch AS held_batch
      FROM incoming i LEFT JOIN ${held} e ON ${SAME_KEY})`,
  );
  await sql.run("CREATE OR REPLACE TEMP VIEW settled AS SELECT file, line, outcome FROM merged");
  await keep(
    "change_in",
    `SELECT ${KEY}, value, flag, ${GRADES[grade]}::UTINYINT AS grade, ${batch} AS batch FROM merged
    WHERE last AND held IS NULL`,
  );
  // Most of a batch that meets held readings says the same again: only the keys that change are looked at further.
  await keep(
    "change_key",
    `SELECT DISTINCT ${KEY} FROM merged
    WHERE held IS NOT NULL AND (outcome = 'corrected' OR (outcome <> 'outranked' AND held_grade < ${GRADES[grade]}))`,
  );
  await keep(
    "change_over",
    `SELECT ${KEY}, value, flag, ${GRADES[grade]}::UTINYINT AS grade, ${batch} AS batch, held, held_flag, held_grade, held_batch
    FROM merged SEMI JOIN change_key USING (${KEY}) WHERE last`,
  );
  await sql.run(`INSERT INTO history
    SELECT ${KEY}, held, held_flag, held_grade, held_batch, ${batch} FROM change_over
    UNION ALL
    SELECT ${KEY}, before, before_flag, ${GRADES[grade]}, ${batch}, ${batch} FROM merged
    WHERE turn > 1 AND outcome = 'corrected'`);
  await store.readings.insert("change_in");
  await store.readings.replace("change_over");
  await keep(
    "touched",
    `SELECT DISTINCT place, indicator, ${DAY_OF_START} AS day FROM (SELECT place, indicator, start FROM change_in
      UNION ALL SELECT place, indicator, start FROM change_over)`,
  );
  return range;
}
