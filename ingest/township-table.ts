/**
 * Tables of townships, roads and districts as offices send them: one place a row, one item a column, the period in the
 * title, in a head or in a column of its own.
 */
import type { Indicator } from "../src/domain/indicator.ts";
import type { Period } from "../src/domain/period.ts";
import type { PlaceKind } from "../src/domain/place.ts";
import type { RejectReason } from "../src/domain/reject.ts";
import type { ReadContext, Sink } from "./format.ts";
import { findHead, type Head, indicatorIn, isTotal, unitIn } from "./heads.ts";
import { periodKey } from "./period-key.ts";
import { districtOf, isBelow, placeWithin } from "./place-within.ts";
import type { TextTable } from "./table.ts";
import { unitPower } from "./units.ts";
import { type PeriodRead, readPeriod, yearIn } from "./when.ts";

const DISTRICT_HEAD = /^(所属|所在|行政)?(区|区县|行政区|辖区|区域|各区|城区)(名称)?$/;
const TOWNSHIP_HEAD = /街道|乡镇|街乡|镇街|街镇|属地/;
const ROAD_HEAD = /^(道路|路段|路名|道路名称|路段名称)$/;
const PLACE_HEAD = /^(地点|名称|单位|点位|站点|区域名称|点位名称|站点名称|单位名称)$/;
const TIME_HEAD = /^(时间|日期|月份|时段|统计时段|监测时间|监测日期|统计月份|年月)$/;
/** Columns that stand beside values and are none. */
const BESIDE_HEAD = /排名|排序|名次|序号|同比|环比|变化|改善|增幅|降幅|升降|上年|去年|目标|达标|备注|天数|有效/;
const VALUE_HEAD =
  /^(月均|日均|平均|累计|均)?(浓度|值|均值|数值|监测值|监测结果|结果|平均值|含量|负荷|强度)(均值|平均值|值)?(\(.*\))?$/;

type ValueColumn = {
  readonly at: number;
  readonly name: string;
  readonly indicator: Indicator;
  readonly power: number | undefined;
  readonly unit: string;
  readonly period: PeriodRead | undefined;
};

/** Whether a head names places of this kind of table and at least one value. */
export function isTownshipHead(heads: readonly string[]): boolean {
  const names = (head: string): boolean =>
    indicatorIn(head) === undefined && (TOWNSHIP_HEAD.test(head) || ROAD_HEAD.test(head) || DISTRICT_HEAD.test(head));
  const holds = (head: string): boolean =>
    indicatorIn(head) !== undefined || VALUE_HEAD.test(head) || (/\d月/.test(head) && !TOWNSHIP_HEAD.test(head));
  return heads.some(names) && heads.some(holds);
}

export type TownshipOptions = {
  readonly kinds: readonly PlaceKind[];
  readonly missingMarks: readonly string[];
  /** A file's name may hold the period. */
  readonly fileName: string;
};

/** Reads the table into the sink; `file.no-header` or `file.no-table` when it is none. */
export function readTownshipTable(
  table: TextTable,
  sink: Sink,
  context: ReadContext,
  { kinds, missingMarks, fileName }: TownshipOptions,
): "file.no-header" | undefined {
  const head = findHead(table, isTownshipHead);
  if (head === undefined) return "file.no-header";
  const year = yearOf(head, fileName, context);
  const title = periodOf([...head.titles].reverse(), year) ?? periodOf([fileName.replace(/\.[^.]*$/, "")], year);
  const columns = valueColumns(head, year);
  if (columns.length === 0) return "file.no-header";
  const { heads } = head;
  const at = (pattern: RegExp): number => heads.findIndex((one) => pattern.test(one));
  const townshipAt = heads.findIndex((one) => TOWNSHIP_HEAD.test(one) && indicatorIn(one) === undefined);
  const [roadAt, districtAt, plainAt, timeAt] = [at(ROAD_HEAD), at(DISTRICT_HEAD), at(PLACE_HEAD), at(TIME_HEAD)];
  const placeAt = [roadAt, townshipAt, plainAt, districtAt].find((index) => index >= 0) ?? 0;
  const titleDistrict = head.titles
    .map((text) => /([\u4e00-\u9fff]{2,3}区)/.exec(text)?.[1])
    .find((text) => text !== undefined);
  let lastDistrict = "";
  let lastTownship = "";

  for (const { line, cells } of head.body) {
    const text = (index: number): string => (index < 0 ? "" : (cells[index] ?? "").trim());
    if (text(districtAt) !== "") lastDistrict = text(districtAt);
    if (text(townshipAt) !== "") lastTownship = text(townshipAt);
    const name = text(placeAt);
    const values = columns.filter(({ at: index }) => text(index) !== "");
    if (values.length === 0 || isTotal(name) || isTotal(cells.find((cell) => cell !== "") ?? "")) {
      if (values.length > 0) sink.ignored(1);
      continue;
    }
    const reject = (column: string, raw: string, reason: RejectReason, detail?: string): void =>
      sink.reject({ line, column, raw, reason, detail });
    const district = lastDistrict === "" ? titleDistrict : lastDistrict;
    const where =
      placeAt === roadAt
        ? roadOf(name, townshipAt < 0 ? "" : lastTownship, district, context)
        : placeWithin(name, context.places, kinds, district);
    if ("problem" in where) {
      reject(heads[placeAt] ?? "", name, where.problem, where.detail);
      continue;
    }
    const own = timeAt < 0 ? undefined : readPeriod(text(timeAt), year);
    for (const { at: index, name: column, indicator, power, unit, period } of values) {
      if (missingMarks.includes(text(index))) {
        sink.missing(1);
        continue;
      }
      const when = timeAt < 0 ? (period ?? title) : own;
      const key = when === undefined ? undefined : periodKey(when.period);
      if (when === undefined || key === undefined) {
        reject(
          timeAt < 0 ? "" : (heads[timeAt] ?? ""),
          text(timeAt),
          "period.unknown",
          "标题、表头和时间列里都没有看得懂的时段",
        );
        break;
      }
      if (power === undefined) {
        reject(column, unit, "unit.unknown", `应为 ${indicator.unit}`);
        continue;
      }
      sink.columns([{ name: column, indicatorId: indicator.id, power }]);
      sink.row({ line, placeId: where.placeId, start: key.start, span: key.span, cells: text(index) });
      if (when.window !== undefined) recordWindow(sink, line, where.placeId, indicator, when.period, when.window);
    }
  }
  return undefined;
}

function recordWindow(
  sink: Sink,
  line: number,
  place: number,
  indicator: Indicator,
  period: Period,
  window: { readonly first: number; readonly last: number },
): void {
  sink.record({
    table: "period_window",
    line,
    counted: false,
    values: { place, indicator: indicator.id, period: period.text, first_day: window.first, last_day: window.last },
  });
}

function valueColumns({ heads, titles }: Head, year: number | undefined): readonly ValueColumn[] {
  const titled = titles.map(indicatorIn).find((one) => one !== undefined);
  const titleUnit = titles.map(unitIn).find((one) => one !== undefined);
  return heads.flatMap((name, at) => {
    if (BESIDE_HEAD.test(name) || TIME_HEAD.test(name)) return [];
    const period = /\d/.test(name) ? readPeriod(name.replace(/PM2\.?5|PM10|SO2|NO2|O3/gi, ""), year) : undefined;
    const named = indicatorIn(name);
    const indicator = named ?? (VALUE_HEAD.test(name) || period !== undefined ? titled : undefined);
    if (indicator === undefined || (named !== undefined && TOWNSHIP_HEAD.test(name))) return [];
    const unit = unitIn(name) ?? titleUnit ?? indicator.unit;
    return [{ at, name, indicator, unit, power: unitPower(unit, indicator.unit), period }];
  });
}

/** The year to fill in: named in a title, in the file's name, or by the command line. */
function yearOf({ titles }: Head, fileName: string, { options }: ReadContext): number | undefined {
  const found = [...titles, fileName].map(yearIn).find((year) => year !== undefined);
  return found ?? (options["year"] === undefined ? undefined : Number(options["year"]));
}

function periodOf(texts: readonly string[], year: number | undefined): PeriodRead | undefined {
  for (const text of texts) {
    const read = readPeriod(text, year);
    if (read !== undefined) return read;
  }
  return undefined;
}

/** A road of its township or district; one that is not held is registered under it. */
export function roadOf(
  name: string,
  township: string,
  district: string | undefined,
  { places, register }: ReadContext,
): ReturnType<typeof placeWithin> {
  const bare = name.normalize("NFKC").replaceAll(/\s+/g, "");
  const above = township === "" ? undefined : placeWithin(township, places, ["township", "zone"], district);
  if (above !== undefined && "problem" in above) return above;
  const parent =
    above === undefined
      ? district === undefined
        ? undefined
        : districtOf(district, places)
      : places.byId(above.placeId);
  if (parent === undefined || bare === "") return { problem: "place.unknown", detail: "道路要有所在的区或街乡镇" };
  const code = `road-${parent.code}-${bare}`;
  // A list that names only the district means the road held below one of its townships, if there is exactly one.
  const held = places.find(bare, ["road"]).filter((road) => isBelow(road, parent, places));
  const known =
    places.byCode(code) ??
    held.find((road) => road.parentId === parent.id) ??
    (held.length === 1 ? held[0] : undefined);
  if (known === undefined && held.length > 1) {
    return { problem: "place.ambiguous", detail: `可能是：${held.map(places.label).join("、")}` };
  }
  return { placeId: known?.id ?? register({ code, kind: "road", name: bare, parent: parent.code }) };
}
