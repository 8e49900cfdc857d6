/**
 * Format `township`: duibiao's own exchange form, CSV `place,period,indicator,value,unit`, one row a value.
 *
 * `period` is a T: a day, half-month, month, quarter, half-year, year or a cumulative span from January on. The unit
 * must be the indicator's own; for CO and the gases µg/m³ and mg/m³ are told apart. Further columns are ignored.
 */

import { Fault, messageOf } from "../src/domain/faults.ts";
import { findIndicator } from "../src/domain/indicator.ts";
import { type Period, parsePeriod } from "../src/domain/period.ts";
import type { Span } from "../src/domain/reading.ts";
import { dayNumber, dayParts, dayStart } from "../src/domain/time.ts";
import type { Format } from "./format.ts";
import { namedPlace } from "./place-column.ts";
import { eachLine, splitCells } from "./text-lines.ts";
import { unitPower } from "./units.ts";

const KEYS = ["place", "period", "indicator", "value", "unit"] as const;

export const township: Format = {
  name: "township",
  zh: "街乡交换表（CSV：place,period,indicator,value,unit）",
  unit: "row",
  describe: "一行一个值；时段可写日、半月、月、季、年或累计（2015-01..2015-03），按北京时间；单位随行给出",
  grade: "provisional",
  placeKinds: ["city", "district", "township", "zone", "station", "road", "section", "noise_point"],
  missingMarks: ["NA", "NULL", "-", "—", "/"],
  takesName: (name) => /\.(csv|tsv|txt)$/i.test(name),
  recognises: (_, head) => KEYS.every((key, k) => (head.split(/\r?\n/)[0] ?? "").split(",")[k]?.trim() === key),
  read(file, sink, { places }) {
    let heads: readonly string[] = [];
    let bad = false;
    const found = new Map<string, ReturnType<typeof namedPlace>>();
    const periods = new Map<string, Period | string>();
    let declared = "";
    eachLine(file.text, (line, number) => {
      if (bad || line.trim() === "") return;
      const cells = splitCells(line);
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
      const { start, span } = keyOf(when);
      sink.row({ line: number, placeId: where.placeId, indicatorId: indicator.id, start, span, cells: value });
    });
    return bad ? "file.no-header" : undefined;
  },
};

function readPeriod(text: string): Period | string {
  try {
    const period = parsePeriod(text);
    return period.kind === "cumulative" && dayParts(period.first).month !== 1 ? "累计须从 1 月起" : period;
  } catch (problem) {
    if (problem instanceof Fault) return messageOf(problem, "zh");
    throw problem;
  }
}

/** A cumulative value is keyed by the start of its last month. */
function keyOf(period: Period): { readonly start: number; readonly span: Span } {
  if (period.kind !== "cumulative") return { start: dayStart(period.first), span: period.kind };
  const { year, month } = dayParts(period.last);
  return { start: dayStart(dayNumber(year, month, 1) ?? period.first), span: "cumulative" };
}
