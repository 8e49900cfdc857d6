/**
 * Explaining a number: what was expected, present and valid, what was left out and why, the rounding, the policies,
 * and the batches, files and lines it came from.
 */
import type { Edition } from "../domain/edition.ts";
import { fromStored, reduce, toNumber } from "../domain/exact.ts";
import { indicatorById } from "../domain/indicator.ts";
import type { Place } from "../domain/place.ts";
import { SPANS, type Span } from "../domain/reading.ts";
import { dayStart, dayText, HOUR_MS, minuteText } from "../domain/time.ts";
import { decimalText } from "../standards/gbt8170.ts";
import type { Store } from "../store/port.ts";
import { behindZh } from "./behind.ts";
import { neededHours } from "./measure.ts";
import { askStatistics, type StatAnswer, type StatQuestion, statJson } from "./stat-answer.ts";
import { subjectOf } from "./subject.ts";

export type MemberBasis = {
  readonly place: string;
  readonly code: string;
  readonly readingsExpected: number;
  readonly readingsPresent: number;
  readonly daysExpected: number;
  readonly daysWithData: number;
  readonly daysValid: number;
  /** Days with data that do not count, and why; at most a hundred are listed. */
  readonly excluded: readonly { readonly day: string; readonly hours: number; readonly reason: string }[];
};

export type SourceBasis = {
  readonly batch: number;
  readonly format: string;
  readonly source: string;
  readonly readings: number;
  readonly files: readonly string[];
};

/** One reading; `hourEnd` only of an hour, `key` finds its line in the originals. */
export type ReadingBasis = {
  readonly place: string;
  readonly indicator: string;
  readonly start: string;
  readonly hourEnd?: string;
  readonly value: number;
  readonly batch: number;
  readonly key: { readonly placeId: number; readonly indicatorId: number; readonly start: number; readonly span: Span };
};

export type Explanation = {
  readonly answer: Readonly<Record<string, unknown>>;
  readonly steps: readonly string[];
  readonly members: readonly MemberBasis[];
  readonly sources: readonly SourceBasis[];
  readonly rejected: readonly { readonly reason: string; readonly count: number }[];
  /** Each reading behind it, unless there are too many to read. */
  readonly readings?: readonly ReadingBasis[];
  readonly editions: readonly Edition[];
};

const MOST_LISTED = 100;

/** A month of hours of one station; more than that nobody reads one by one. */
const MOST_READINGS = 800;

export async function explainStatistic(
  store: Store,
  question: Omit<StatQuestion, "places"> & { readonly place: Place },
): Promise<Explanation> {
  const { place, period, indicator, policies } = question;
  const [answer] = await askStatistics(store, { ...question, places: [place] });
  if (answer === undefined) throw new RangeError("no answer");
  const table = await store.places();
  const medium = indicator.kind === "measured" ? indicator.indicator.medium : "air";
  const subject = subjectOf(table, place, medium);
  const ids = indicator.kind === "measured" ? [indicator.indicator.id] : [1, 2, 3, 4, 5, 6];
  const need = indicator.kind === "measured" ? neededHours(indicator.indicator, policies) : 20;
  const days = period.last - period.first + 1;
  const members: MemberBasis[] = [];
  for (const member of subject.members) {
    const at = table.places.find((one) => one.id === member.placeId) ?? place;
    const rows = await store.sql.rows<{ day: number; n: number; ok: boolean; span: number; windows: number | null }>(
      `SELECT day, n, span, windows, CASE WHEN mda8_valid IS NULL THEN valid ELSE mda8_valid END AS ok FROM daily
       WHERE place = ${at.id} AND indicator = ${ids[0]} AND day BETWEEN ${period.first} AND ${period.last} ORDER BY day`,
    );
    const invalid = rows.filter((row) => !row.ok);
    members.push({
      place: at.name,
      code: at.code,
      readingsExpected: rows.some((row) => row.span === SPANS.day) ? days : days * 24,
      readingsPresent: rows.reduce((sum, row) => sum + row.n, 0),
      daysExpected: days,
      daysWithData: rows.length,
      daysValid: rows.length - invalid.length,
      excluded: invalid.slice(0, MOST_LISTED).map((row) => ({
        day: dayText(row.day),
        hours: row.n,
        reason:
          row.windows === null
            ? `有效小时 ${row.n} 个，需 ${need} 个`
            : `有效 8 小时滑动平均 ${row.windows} 个，需 14 个`,
      })),
    });
  }
  return {
    answer: statJson(answer),
    steps: stepsOf(answer),
    members,
    sources: await sourcesOf(
      store,
      question,
      subject.members.map((one) => one.placeId),
      ids,
    ),
    rejected: await rejectedIn(store),
    ...(await readingsOf(
      store,
      question,
      subject.members.map((one) => one.placeId),
      ids,
    )),
    editions: answer.editions,
  };
}

function stepsOf({ value, decimals, unit, n, valid, behind }: StatAnswer): readonly string[] {
  if (value === undefined) return [valid === true ? "没有数据" : valid.zh];
  const { num, den } = reduce(value);
  return [
    ...(behind === undefined ? [] : [`背后的数据：${behindZh(behind)}`]),
    `由 ${n} 个有效值得到精确值 ${num}/${den}`,
    `写成小数 ${decimalText(value, 8)}（仅供查看，不参与修约）`,
    `按 GB/T 8170 修约一次到 ${decimals} 位小数：${decimalText(value, decimals)} ${unit}`.trim(),
  ];
}

function scopeOf(question: Pick<StatQuestion, "period">) {
  return { from: dayStart(question.period.first), to: dayStart(question.period.last + 1) - 1 };
}

async function sourcesOf(
  store: Store,
  question: Pick<StatQuestion, "period">,
  placeIds: readonly number[],
  indicatorIds: readonly number[],
): Promise<readonly SourceBasis[]> {
  const relation = await store.readings.relation({ ...scopeOf(question), placeIds, indicatorIds });
  const rows = await store.sql.rows<{ batch: number; format: string; source: string; readings: bigint }>(
    `SELECT b.id AS batch, b.format, b.source, count(*) AS readings FROM ${relation} r JOIN batch b ON b.id = r.batch
     GROUP BY ALL ORDER BY b.id`,
  );
  const list: SourceBasis[] = [];
  for (const row of rows) {
    const files = await store.sql.rows<{ name: string }>(
      "SELECT name FROM batch_file WHERE batch = ? AND outcome = 'read' ORDER BY file LIMIT 20",
      [row.batch],
    );
    list.push({ ...row, readings: Number(row.readings), files: files.map((file) => file.name) });
  }
  return list;
}

async function rejectedIn(store: Store): Promise<Explanation["rejected"]> {
  const rows = await store.sql.rows<{ reason: string; count: bigint }>(
    "SELECT reason, count(*) AS count FROM reject GROUP BY reason ORDER BY count(*) DESC",
  );
  return rows.map((row) => ({ reason: row.reason, count: Number(row.count) }));
}

async function readingsOf(
  store: Store,
  { period }: Pick<StatQuestion, "period">,
  placeIds: readonly number[],
  indicatorIds: readonly number[],
): Promise<Pick<Explanation, "readings">> {
  const relation = await store.readings.relation({ ...scopeOf({ period }), placeIds, indicatorIds });
  const rows = await store.sql.rows<ReadingRow>(
    `SELECT p.name, r.place, r.indicator, epoch_ms(r.start) AS start, r.span, r.value, r.batch
     FROM ${relation} r JOIN place p ON p.id = r.place
     ORDER BY r.indicator, p.id, r.span, r.start LIMIT ${MOST_READINGS + 1}`,
  );
  if (rows.length > MOST_READINGS) return {};
  const spanOf = new Map<number, Span>(Object.entries(SPANS).map(([name, id]) => [id, name as Span]));
  return {
    readings: rows.map((row): ReadingBasis => {
      const [start, span] = [Number(row.start), spanOf.get(row.span) ?? "sample"];
      return {
        place: row.name,
        indicator: indicatorById(row.indicator).code,
        start: minuteText(start),
        ...(span === "hour" ? { hourEnd: minuteText(start + HOUR_MS) } : {}),
        value: toNumber(fromStored(row.value)),
        batch: row.batch,
        key: { placeId: row.place, indicatorId: row.indicator, start, span },
      };
    }),
  };
}

type ReadingRow = {
  readonly name: string;
  readonly place: number;
  readonly indicator: number;
  readonly start: bigint;
  readonly span: number;
  readonly value: bigint;
  readonly batch: number;
};
