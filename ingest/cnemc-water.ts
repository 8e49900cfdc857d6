/**
 * Format `cnemc-water`: the national surface-water release, as saved JSON bodies, as CSV of a section, and in its later
 * form of 16 columns (no station status, class as a digit).
 *
 * Beijing time of the sample, without a year. A row is one record: its items, its published class, its station's status.
 * Rows of stations that are not 正常 are kept and flagged. The unrounded value behind a shown one counts.
 */
import { type Indicator, indicatorOf } from "../src/domain/indicator.ts";
import { FLAGS } from "../src/domain/reading.ts";
import {
  CLASS_PUBLISHED,
  ITEMS_PRESENT,
  RECORD_ITEMS,
  type RecordItem,
  STATION_STATUS,
  STATUS_NORMAL,
  statusCode,
} from "../src/domain/water-record.ts";
import { parseWaterClass } from "../src/standards/gb3838.ts";
import { CELL_SEPARATOR, cellSafe } from "./cell-separator.ts";
import { readNumber } from "./check-cells.ts";
import { sectionFinder } from "./cnemc-section.ts";
import { type CnemcCell, cnemcTable, valueText } from "./cnemc-table.ts";
import { collectedOn, recordTime } from "./cnemc-time.ts";
import type { Format, GridColumn } from "./format.ts";

/** Heads as the release prints them; the Greek α of chlorophyll is not always one. */
const HEADS: Readonly<Record<string, RecordItem>> = {
  水温: "wt",
  pH: "ph",
  pH值: "ph",
  溶解氧: "do",
  电导率: "ec",
  浊度: "turb",
  高锰酸盐指数: "codmn",
  氨氮: "nh3n",
  总磷: "tp",
  总氮: "tn",
  叶绿素α: "chla",
  叶绿素a: "chla",
  藻密度: "algae",
};

/** Units of the heads where they are given; values in other units are refused, not converted by guess. */
const UNITS: Readonly<Record<RecordItem, RegExp>> = {
  wt: /^(℃|°C)$/i,
  ph: /^无量纲$/,
  do: /^mg\/L$/i,
  ec: /^[μµu]S\/cm$/i,
  turb: /^NTU$/i,
  codmn: /^mg\/L$/i,
  nh3n: /^mg\/L$/i,
  tp: /^mg\/L$/i,
  tn: /^mg\/L$/i,
  chla: /^mg\/L$/i,
  algae: /^cells\/L$/i,
};

const MISSING = ["--", "*", "-", "—"];

type Item = {
  readonly item: RecordItem;
  readonly at: number;
  readonly bit: number;
  readonly indicator: Indicator;
  readonly unitFits: boolean;
};

export const cnemcWater: Format = {
  name: "cnemc-water",
  zh: "国家地表水水质自动监测发布（JSON 或断面 CSV）",
  unit: "row",
  describe:
    "监测时间为采样时刻，北京时间，年份按文件名日期（或年月文件夹）推断；早于采集日前 2 天的快照记录视为陈旧；单位按表头；站点情况不是“正常”的记录保留但不参加统计；可登记新断面",
  grade: "provisional",
  placeKinds: ["section"],
  missingMarks: MISSING,
  live: true,
  takesName: (name) => /\.(json|csv|txt)$/i.test(name),
  recognises: (_, head) =>
    /^\s*\{/.test(head) ? /"thead"\s*:/.test(head) : /(^|,)断面名称,/.test(head.split("\n")[0] ?? ""),
  read(file, sink, context) {
    const table = cnemcTable(file.text);
    if (file.text.trimStart().startsWith("<")) return "file.html";
    if (table === undefined) return file.text.trimStart().startsWith("{") ? "file.unreadable" : "file.no-header";
    const at = (name: string): number => table.heads.findIndex((head) => head.name === name);
    const [provinceAt, basinAt, sectionAt, timeAt, classAt, statusAt] = [
      "省份",
      "流域",
      "断面名称",
      "监测时间",
      "水质类别",
      "站点情况",
    ].map(at) as [number, number, number, number, number, number];
    const items = itemsOf(table.heads);
    if (sectionAt < 0 || timeAt < 0 || provinceAt < 0 || items.length === 0) return "file.no-header";
    sink.columns(columnsOf(items, table.heads));
    const collected = collectedOn(file.name, `${file.origin}/${file.path}`, context.now);
    const sectionOf = sectionFinder(context);

    for (const { line, cells } of table.rows) {
      const text = (index: number): string => cells[index]?.shown ?? "";
      if (cells.length !== table.heads.length) {
        const raw = cells.map((cell) => cell.shown).join(",");
        sink.reject({ line, column: "", raw, reason: "row.field-count" });
        continue;
      }
      const time = recordTime(text(timeAt), collected);
      if ("reason" in time) {
        sink.reject({ line, column: "监测时间", raw: text(timeAt), reason: time.reason });
        continue;
      }
      const section = cells[sectionAt] as CnemcCell;
      const placeId = section.shown === "" ? undefined : sectionOf(text(provinceAt), section, text(basinAt));
      if (placeId === undefined) {
        const reason = section.shown === "" ? "place.unknown" : "place.ambiguous";
        sink.reject({ line, column: "断面名称", raw: section.shown, reason });
        continue;
      }
      const status = statusAt < 0 ? STATUS_NORMAL : statusCode(text(statusAt));
      const values = items.map(({ at: index }) => plain(valueText(cells[index] as CnemcCell)));
      const present = items.reduce((bits, one, k) => bits | (isUsable(values[k] ?? "", one) ? one.bit : 0), 0);
      const facts = [parseWaterClass(text(classAt)) ?? 0, status, present];
      sink.row({
        line,
        placeId,
        start: time.start,
        span: "sample",
        cells: [...values, ...facts].join(CELL_SEPARATOR),
        flag: status === STATUS_NORMAL ? 0 : FLAGS.notNormal,
      });
    }
    return undefined;
  },
};

function itemsOf(heads: readonly { readonly name: string; readonly unit: string }[]): readonly Item[] {
  return heads.flatMap(({ name, unit }, at) => {
    const item = HEADS[name];
    if (item === undefined) return [];
    const unitFits = unit === "" || UNITS[item].test(unit);
    return [{ item, at, bit: 1 << RECORD_ITEMS.indexOf(item), indicator: indicatorOf(item), unitFits }];
  });
}

function columnsOf(
  items: readonly Item[],
  heads: readonly { readonly name: string; readonly unit: string }[],
): readonly GridColumn[] {
  const columns = items.map(({ item, at, indicator, unitFits }): GridColumn => {
    const { name, unit } = heads[at] ?? { name: item, unit: "" };
    if (unitFits) return { name, indicatorId: indicator.id };
    return { name, indicatorId: indicator.id, problem: "unit.unknown", detail: `${unit}，应为 ${indicator.unit}` };
  });
  return [
    ...columns,
    { name: "水质类别", indicatorId: CLASS_PUBLISHED },
    { name: "站点情况", indicatorId: STATION_STATUS },
    { name: "记录所含项目", indicatorId: ITEMS_PRESENT },
  ];
}

const PLAIN = /^\d{1,10}(\.\d{0,8})?$/;

/** A number with an exponent as plain decimals; any other text as it is, for the check to judge. */
function plain(text: string): string {
  if (PLAIN.test(text)) return text;
  if (!/\d[eE][-+]?\d/.test(text)) return cellSafe(text);
  const read = readNumber(text);
  return "value" in read ? read.value : text;
}

/** Whether the check will take a value: only then does the record hold the item. */
function isUsable(text: string, { indicator, unitFits }: Item): boolean {
  const { plausible } = indicator;
  if (!unitFits || text === "" || MISSING.includes(text)) return false;
  if (!PLAIN.test(text) && !("value" in readNumber(text))) return false;
  const value = Number(text);
  return value >= (plausible.min ?? Number.NEGATIVE_INFINITY) && value <= (plausible.max ?? Number.POSITIVE_INFINITY);
}
