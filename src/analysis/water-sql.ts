/**
 * Water readings as SQL: the cells of automatic records that count, and the facts of each record.
 *
 * A cell counts when its record's station was 正常 and, for a record that was corrected, when the latest version still
 * holds the item (`domain/water-record.ts`).
 */
import { INDICATORS, indicatorOf } from "../domain/indicator.ts";
import { FLAGS, SPANS } from "../domain/reading.ts";
import { CLASS_PUBLISHED, ITEMS_PRESENT, RECORD_ITEMS, STATION_STATUS } from "../domain/water-record.ts";

const FACTS = [CLASS_PUBLISHED, STATION_STATUS, ITEMS_PRESENT];

/** Ids of all water indicators, measured ones and facts of records. */
export const WATER_IDS: readonly number[] = INDICATORS.filter((one) => one.medium === "water").map((one) => one.id);

const BITS = RECORD_ITEMS.map((item, bit) => `(${indicatorOf(item).id}, ${bit})`).join(",");

/** SQL condition: the reading's station was 正常. */
const NORMAL = `(flag & ${FLAGS.notNormal}) = 0`;

/**
 * The cells of samples: place, start, indicator, value, flag, normal. Items a later version of the record no longer holds
 * are left out.
 * @param relation readings of the scope asked about
 */
export function sampleCells(relation: string): string {
  return `(SELECT r.place, r.start, r.indicator, r.value, r.flag, (r.flag & ${FLAGS.notNormal}) = 0 AS normal
    FROM (SELECT * FROM ${relation} WHERE span = ${SPANS.sample} AND indicator NOT IN (${FACTS.join(",")})) r
    LEFT JOIN (VALUES ${BITS}) b(indicator, bit) ON b.indicator = r.indicator
    LEFT JOIN (SELECT place, start, value::BIGINT AS held FROM ${relation}
      WHERE span = ${SPANS.sample} AND indicator = ${ITEMS_PRESENT}) m ON m.place = r.place AND m.start = r.start
    WHERE m.held IS NULL OR b.bit IS NULL OR ((m.held >> b.bit) & 1) = 1)`;
}

/**
 * The samples as `sampleCells` gives them, where no record of the relation has been cut (`recordSums`): its cells are then
 * all there is, and need not be held against what their record holds.
 */
export function uncutCells(relation: string): string {
  return `(SELECT *, ${NORMAL} AS normal FROM ${relation} WHERE span = ${SPANS.sample} AND indicator NOT IN (${FACTS.join(",")}))`;
}

/**
 * Each record of a relation in one pass: place, start, `counts` (the station was 正常 and a cell counts), `out` (it was not),
 * `cut` (it has a cell its latest version no longer holds).
 */
export function recordSums(relation: string): string {
  const bit = RECORD_ITEMS.map((item, k) => `WHEN ${indicatorOf(item).id} THEN ${2 ** k}`).join(" ");
  return `(SELECT place, start, coalesce(other_good, false) OR coalesce(coalesce(good & held, good) <> 0, false) AS counts,
      coalesce(other_bad, false) OR coalesce(coalesce(bad & held, bad) <> 0, false) AS out,
      coalesce((good & ~held) <> 0, false) OR coalesce((bad & ~held) <> 0, false) AS cut
    FROM (SELECT place, start, max(value::BIGINT) FILTER (indicator = ${ITEMS_PRESENT}) AS held,
        bit_or(bit) FILTER (normal) AS good, bit_or(bit) FILTER (NOT normal) AS bad,
        bool_or(normal) FILTER (bit IS NULL AND indicator NOT IN (${FACTS.join(",")})) AS other_good,
        bool_or(NOT normal) FILTER (bit IS NULL) AS other_bad
      FROM (SELECT place, start, indicator, value, ${NORMAL} AS normal, (CASE indicator ${bit} END)::BIGINT AS bit
        FROM ${relation} WHERE span = ${SPANS.sample})
      GROUP BY place, start))`;
}

/** The facts of samples: place, start, published (0 none), status, normal. */
export function sampleFacts(relation: string): string {
  return `(SELECT place, start, max(value::INTEGER) FILTER (indicator = ${CLASS_PUBLISHED}) AS published,
      max(value::INTEGER) FILTER (indicator = ${STATION_STATUS}) AS status, bool_and(${NORMAL}) AS normal
    FROM ${relation} WHERE span = ${SPANS.sample} AND indicator IN (${FACTS.join(",")}) GROUP BY place, start)`;
}
