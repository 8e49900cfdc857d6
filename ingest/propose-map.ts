/**
 * What the columns of an unknown table may be: proposed from its heads and its cells, each with the reason, for a
 * person to confirm. What is proposed is a mapping of format `generic`.
 */
import { findIndicator, type IndicatorCode } from "../src/domain/indicator.ts";
import type { PlaceKind } from "../src/domain/place.ts";
import type { PlaceFinder } from "../src/domain/place-finder.ts";
import { HOUR_MS } from "../src/domain/time.ts";
import { conversionTo } from "./gas-units.ts";
import type { GenericMap } from "./generic-map.ts";
import { findHead, type Head, indicatorIn, unitIn } from "./heads.ts";
import type { TextTable } from "./table.ts";
import { readClock, readPeriod } from "./when.ts";

/** `value:pm25`: values of one indicator. `value`: values whose indicator stands in another column. */
export type ColumnMeaning = "place" | "time" | "indicator" | "unit" | "value" | "none" | `value:${string}`;

export type ProposedColumn = {
  readonly head: string;
  readonly means: ColumnMeaning;
  /** Of a `value:` column; the indicator's own where the head names none. */
  readonly unit: string;
  /** In Chinese. */
  readonly why: string;
  /** Some of its cells. */
  readonly sample: readonly string[];
};

export type Proposal = {
  /** The line the head stands on, from 1. */
  readonly headLine: number;
  readonly columns: readonly ProposedColumn[];
  readonly kind: PlaceKind;
  readonly kindWhy: string;
  /** Whether, without a column of places, the sheet's name is one. */
  readonly sheetPlace: boolean;
  readonly span: GenericMap["span"];
  readonly spanWhy: string;
};

const LOOKED_AT = 200;
const SAMPLE = 3;
/** Shares from which a column is taken for something: names may be misspelt, times hardly ever. */
const MOST_PLACES = 0.5;
const MOST_TIMES = 0.9;
const MOST_NUMBERS = 0.5;

const TIME_HEAD = /时间|日期|时段|月份|监测日|^(date|time|datetime|period|day|month)$/i;
const UNIT_HEAD = /^(单位|unit)$/i;
const VALUE_HEAD = /^(值|数值|浓度|监测值|结果|value|concentration)/i;
const MISSING = /^(|-+|—+|\/|na|nan|null|缺测|未监测)$/i;

/** @returns undefined when no head, or neither a time nor values are found */
export function proposeMap(table: TextTable, places: PlaceFinder): Proposal | undefined {
  const found =
    findHead(table, (heads) => heads.some((head) => TIME_HEAD.test(head)) && filled(heads) > 1) ??
    findHead(table, (heads) => filled(heads) > 1 && heads.every((head) => !/^[-+]?\d+(\.\d+)?$/.test(head)));
  if (found === undefined) return undefined;
  const cells = columnsOf(found);
  const time = bestOf(cells, (texts) => share(texts, isTime), MOST_TIMES);
  const place = bestOf(
    cells.map((one, k) => (k === time ? [] : one)),
    (texts) => share(texts, (text) => places.find(text).length > 0),
    MOST_PLACES,
  );
  if (time === undefined) return undefined;
  const indicator = cells.findIndex(
    (texts, k) => k !== time && k !== place && share(texts, (text) => indicatorOf(text) !== undefined) >= MOST_TIMES,
  );
  const columns = found.heads.map((head, k): ProposedColumn => {
    const texts = cells[k] ?? [];
    const sample = [...new Set(texts)].slice(0, SAMPLE);
    const own = (means: ColumnMeaning, why: string, unit = ""): ProposedColumn => ({ head, means, unit, why, sample });
    if (k === time) return own("time", `${percent(share(texts, isTime))} 的格是时间`);
    if (k === place)
      return own("place", `${percent(share(texts, (text) => places.find(text).length > 0))} 的格是登记过的地点`);
    if (k === indicator) return own("indicator", "各格是指标名");
    if (UNIT_HEAD.test(head)) return own("unit", "表头是单位");
    const numbers = share(texts, isNumber);
    if (numbers < MOST_NUMBERS)
      return own("none", texts.length === 0 ? "没有内容" : `只有 ${percent(numbers)} 的格是数`);
    if (indicator >= 0)
      return VALUE_HEAD.test(head) ? own("value", "表头是值，指标另有一列") : own("none", "指标另有一列");
    const named = indicatorOf(head);
    if (named === undefined) return own("none", "表头不是认识的指标");
    const given = unitIn(head);
    const fits = given !== undefined && conversionTo(named.code as IndicatorCode, given) !== undefined;
    const why = fits
      ? `表头写明 ${named.zh}，单位 ${given}`
      : `表头是 ${named.zh}，没有写单位，按 ${named.unit || "无量纲"}，请核对`;
    return own(`value:${named.code}`, why, fits ? given : named.unit);
  });
  if (!columns.some(({ means }) => means === "value" || means.startsWith("value:"))) return undefined;
  return {
    headLine: (found.body[0]?.line ?? 2) - 1,
    columns,
    ...(place === undefined ? kindOfSheet(table.name, places) : kindOf(cells[place] ?? [], places)),
    ...spanOf(cells[time] ?? []),
  };
}

/** The mapping's text, from what a person confirmed. */
export function mapText(confirmed: {
  readonly columns: readonly Pick<ProposedColumn, "head" | "means" | "unit">[];
  readonly kind: string;
  readonly span: string;
  readonly zone: string;
  readonly fixedPlace: string;
  /** Whether each sheet's name is its place, where no column and nothing fixed says it. */
  readonly sheetPlace?: boolean;
  readonly skipSheets?: readonly string[];
}): string {
  const { columns, kind, span, zone, fixedPlace, sheetPlace = false, skipSheets = [] } = confirmed;
  const head = (means: ColumnMeaning) => columns.find((one) => one.means === means)?.head;
  const line = (key: string, value: string | undefined) =>
    value === undefined || value === "" ? [] : [`${key}: ${JSON.stringify(value)}`];
  const values = columns.filter(({ means }) => means.startsWith("value:"));
  return `${[
    ...line("place", head("place")),
    ...(head("place") === undefined ? line("fixedPlace", fixedPlace) : []),
    ...(head("place") === undefined && fixedPlace === "" && sheetPlace ? ["sheetPlace: true"] : []),
    ...(skipSheets.length === 0 ? [] : [`skipSheets: ${JSON.stringify(skipSheets)}`]),
    ...line("time", head("time")),
    ...line("kind", kind),
    ...line("span", span),
    ...line("zone", zone),
    ...(values.length > 0
      ? [
          "values:",
          ...values.map(
            (one) =>
              `  ${JSON.stringify(one.head)}: {indicator: ${one.means.slice("value:".length)}${one.unit === "" ? "" : `, unit: ${JSON.stringify(one.unit)}`}}`,
          ),
        ]
      : [...line("indicator", head("indicator")), ...line("value", head("value")), ...line("unit", head("unit"))]),
  ].join("\n")}\n`;
}

function columnsOf({ heads, body }: Head): readonly (readonly string[])[] {
  const rows = body.slice(0, LOOKED_AT);
  return heads.map((_, k) => rows.map((row) => (row.cells[k] ?? "").trim()).filter((text) => !MISSING.test(text)));
}

/** The first column with the largest share, from `least` on. */
function bestOf(
  columns: readonly (readonly string[])[],
  shareOf: (texts: readonly string[]) => number,
  least: number,
): number | undefined {
  const shares = columns.map((texts) => (texts.length === 0 ? 0 : shareOf(texts)));
  const best = Math.max(...shares);
  return best >= least ? shares.indexOf(best) : undefined;
}

function share(texts: readonly string[], is: (text: string) => boolean): number {
  return texts.length === 0 ? 0 : texts.filter(is).length / texts.length;
}

function percent(part: number): string {
  return `${Math.floor(part * 100)}%`;
}

function filled(heads: readonly string[]): number {
  return heads.filter((head) => head !== "").length;
}

function isNumber(text: string): boolean {
  return /^[<＜]?[-+]?\d+(\.\d+)?[L]?$/.test(text);
}

/** A plain number may be Excel's count of days, but then so may any value: it is no time here. */
function isTime(text: string): boolean {
  return (
    !/^\d+(\.\d+)?$/.test(text.replace(/^\d{8}$/, "x")) &&
    (readClock(text) !== undefined || readPeriod(text) !== undefined)
  );
}

function indicatorOf(text: string) {
  return findIndicator(text) ?? indicatorIn(text);
}

function kindOfSheet(name: string, places: PlaceFinder): Pick<Proposal, "kind" | "kindWhy" | "sheetPlace"> {
  const [found] = name === "" ? [] : places.find(name);
  return found === undefined
    ? { kind: "station", kindWhy: "没有地点列，写明是哪个地点", sheetPlace: false }
    : { kind: found.kind, kindWhy: `没有地点列，工作表的名称“${name}”属于这一类`, sheetPlace: true };
}

function kindOf(texts: readonly string[], places: PlaceFinder): Pick<Proposal, "kind" | "kindWhy" | "sheetPlace"> {
  const counts = new Map<PlaceKind, number>();
  for (const text of texts)
    for (const kind of new Set(places.find(text).map((one) => one.kind))) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  if (best === undefined) return kindOfSheet("", places);
  return { kind: best[0], kindWhy: `${best[1]} 格的名称属于这一类`, sheetPlace: false };
}

function spanOf(texts: readonly string[]): Pick<Proposal, "span" | "spanWhy"> {
  const clocks = texts.map((text) => readClock(text));
  if (clocks.some((one) => one?.timed === true)) {
    if (clocks.some((one) => one !== undefined && one.clock % HOUR_MS !== 0))
      return { span: "minuteStart", spanWhy: "时刻不在整点，按分钟值：满 45 分钟求小时值；若是采样时刻请改" };
    const end = texts.some((text) => /\b24(:00|时|点)/.test(text));
    return end
      ? { span: "hourEnd", spanWhy: "有 24:00，是小时末" }
      : { span: "hourEnd", spanWhy: "国内平台的小时多标末尾；若标开始请改" };
  }
  if (clocks.length > 0 && clocks.every((one) => one !== undefined)) return { span: "day", spanWhy: "只有日期" };
  return { span: "period", spanWhy: "是月、半月等时段" };
}
