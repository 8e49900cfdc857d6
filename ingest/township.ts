/**
 * Format `township`: duibiao's own exchange form, CSV `place,period,indicator,value,unit`, one row a value.
 *
 * `period` is a T: a day, half-month, month, quarter, half-year, year or a cumulative span from January on. The unit
 * must be the indicator's own; for CO and the gases µg/m³ and mg/m³ are told apart. Further columns are ignored.
 *
 * Tables as offices send them (`township-table.ts`) are taken too: Excel or CSV, heads and totals around the rows.
 */

import { Fault, messageOf } from "../src/domain/faults.ts";
import { findIndicator } from "../src/domain/indicator.ts";
import { type Period, parsePeriod } from "../src/domain/period.ts";
import { dayParts } from "../src/domain/time.ts";
import type { Format } from "./format.ts";
import { findHead } from "./heads.ts";
import { periodKey } from "./period-key.ts";
import { namedPlace } from "./place-column.ts";
import { delimiterOf, isTableName, tableOfText } from "./table.ts";
import { eachLine, splitCells } from "./text-lines.ts";
import { isTownshipHead, readTownshipTable } from "./township-table.ts";
import { unitPower } from "./units.ts";

const KEYS = ["place", "period", "indicator", "value", "unit"] as const;

export const township: Format = {
  name: "township",
  zh: "街乡表（交换格式 CSV：place,period,indicator,value,unit；或各单位报送的 Excel/CSV 表）",
  unit: "row",
  describe:
    "一行一个值；时段可写日、半月、月、季、年或累计（2015-01..2015-03），按北京时间；单位随行给出。报送表一行一个地点，时段看标题、表头或时间列（2024年3月上半月、1-3月累计、2023年12月20日-2024年1月19日），合计、平均行不取；道路可登记",
  grade: "provisional",
  placeKinds: ["city", "district", "township", "zone", "station", "road", "section", "noise_point"],
  missingMarks: ["NA", "NULL", "-", "--", "—", "——", "/", "无", "缺测", "未监测"],
  takesTables: true,
  takesName: isTableName,
  recognises: (_, head) => isExchange(head) || findHead(tableOfText(head), isTownshipHead) !== undefined,
  read(file, sink, context) {
    if (file.table !== undefined || !isExchange(file.text)) {
      const { placeKinds: kinds, missingMarks } = township;
      const table = file.table ?? tableOfText(file.text);
      return readTownshipTable(table, sink, context, { kinds, missingMarks, fileName: file.name });
    }
    const { places } = context;
    const delimiter = delimiterOf(file.text.slice(0, 2000));
    let heads: readonly string[] = [];
    let bad = false;
    const found = new Map<string, ReturnType<typeof namedPlace>>();
    const periods = new Map<string, Period | string>();
    let declared = "";
    eachLine(file.text, (line, number) => {
      if (bad || line.trim() === "") return;
      const cells = splitCells(line, delimiter);
      if (number === 1) {
        heads = cells.map((cell) => cell.trim());
        bad = KEYS.some((key) => !heads.includes(key));
        return;
      }
      const [place, period, code, value, unit] = KEYS.map((key) => cells[heads.indexOf(key)]?.trim() ?? "") as [
        string,
        string,
        string,
        string,
        string,
      ];
      if (cells.length !== heads.length) {
        sink.reject({ line: number, column: "", raw: line, reason: "row.field-count" });
        return;
      }
      if (value === "" || township.missingMarks.includes(value)) return sink.missing(1);
      const where = found.get(place) ?? namedPlace(place, places, township.placeKinds);
      found.set(place, where);
      if ("problem" in where) {
        return sink.reject({ line: number, column: "place", raw: place, reason: where.problem, detail: where.detail });
      }
      const when = periods.get(period) ?? readPeriod(period);
      periods.set(period, when);
      if (typeof when === "string") {
        return sink.reject({ line: number, column: "period", raw: period, reason: "period.unknown", detail: when });
      }
      const indicator = findIndicator(code);
      if (indicator === undefined) {
        return sink.reject({ line: number, column: "indicator", raw: code, reason: "indicator.unknown" });
      }
      const power = unitPower(unit, indicator.unit);
      if (power === undefined) {
        const detail = `应为 ${indicator.unit}`;
        return sink.reject({ line: number, column: "unit", raw: unit, reason: "unit.unknown", detail });
      }
      if (declared !== String(power)) {
        sink.columns([{ name: "value", power }]);
        declared = String(power);
      }
      const key = periodKey(when);
      if (key === undefined)
        return sink.reject({ line: number, column: "period", raw: period, reason: "period.unknown" });
      sink.row({ line: number, placeId: where.placeId, indicatorId: indicator.id, ...key, cells: value });
    });
    return bad ? "file.no-header" : undefined;
  },
};

/** Whether the first line is the head of the exchange form, with any delimiter. */
function isExchange(text: string): boolean {
  const end = text.indexOf("\n");
  const heads = (end < 0 ? text : text.slice(0, end)).split(/[,;\t|]/).map((head) => head.trim());
  return KEYS.every((key, k) => heads[k] === key);
}

function readPeriod(text: string): Period | string {
  try {
    const period = parsePeriod(text);
    return period.kind === "cumulative" && dayParts(period.first).month !== 1 ? "累计须从 1 月起" : period;
  } catch (problem) {
    if (problem instanceof Fault) return messageOf(problem, "zh");
    throw problem;
  }
}
