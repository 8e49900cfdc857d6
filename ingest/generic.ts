/**
 * Format `generic`: any CSV or Excel table whose columns a mapping names (`generic-map.ts`), long or wide.
 */
import { findIndicator, type Indicator, type IndicatorCode } from "../src/domain/indicator.ts";
import type { RejectReason } from "../src/domain/reject.ts";
import { type ColumnPlan, readColumnTable, type ValueColumn } from "./column-table.ts";
import type { Format, Sink } from "./format.ts";
import type { Conversion } from "./gas-units.ts";
import { conversionTo } from "./gas-units.ts";
import { type GenericMap, namedHeads, parseGenericMap } from "./generic-map.ts";
import { bareText } from "./heads.ts";
import { longRows } from "./long-text.ts";
import { headWith } from "./map-sheets.ts";
import { makesHours } from "./minute-hours.ts";
import { placeWithin } from "./place-within.ts";
import { delimiterOf, isTableName, type TextRow, tableOfText } from "./table.ts";

export const generic: Format = {
  name: "generic",
  zh: "任意表（CSV、Excel），列的含义由 --map 的 YAML 说明",
  unit: "cell",
  describe: "时间含义、时区、单位、缺测标记都由对应文件给出；不登记新地点",
  grade: "provisional",
  placeKinds: ["city", "district", "township", "zone", "station", "road", "section", "noise_point"],
  missingMarks: ["-", "--", "—", "/", "NA", "NULL", "NaN", "null"],
  takesTables: true,
  takesLong: true,
  takesName: isTableName,
  recognises: () => false,
  read(file, sink, context) {
    const text = context.options["map"];
    if (text === undefined) return "file.needs-mapping";
    const map = parseGenericMap(text);
    const sheet = file.table?.name ?? "";
    if (map.skipSheets.includes(sheet)) return "file.sheet-skipped";
    const head = headWith(file.table ?? tableOfText(file.text), namedHeads(map));
    if (head === undefined) return "file.no-header";
    const at = (name: string | undefined): number => (name === undefined ? -1 : head.heads.indexOf(bareText(name)));
    const plan = (columns: readonly ValueColumn[], body: ColumnPlan["body"]): ColumnPlan => ({
      heads: head.heads,
      body,
      columns,
      placeAt: at(map.place),
      timeAt: at(map.time),
      title: undefined,
      year: undefined,
      timeKind: map.span,
      zone: map.zone,
      missingMarks: [...generic.missingMarks, ...map.missing],
      censored: map.kind === "section",
      placeOf: ({ cells }) =>
        placeWithin(
          map.place === undefined ? (map.fixedPlace ?? sheet) : (cells[at(map.place)] ?? "").trim(),
          context.places,
          [map.kind],
        ),
    });
    const body =
      file.long === undefined ? head.body : longRows(file.long, delimiterOf(file.text), head.body[0]?.line ?? 0);
    if (map.values !== undefined) readColumnTable(plan(wideColumns(map.values, map.span, at), body), sink);
    else readLong(body, map, at, plan, sink);
    return undefined;
  },
};

function wideColumns(
  values: NonNullable<GenericMap["values"]>,
  span: GenericMap["span"],
  at: (name: string) => number,
): readonly ValueColumn[] {
  return Object.entries(values).flatMap(([name, { indicator, unit }]) => {
    const found = findIndicator(indicator);
    return found === undefined
      ? []
      : [{ at: at(name), name, indicator: found, ...converted(found, unit ?? found.unit, span) }];
  });
}

function converted(
  indicator: Indicator,
  unit: string,
  span: GenericMap["span"],
): Conversion | { readonly problem: RejectReason; readonly detail: string } {
  const minutes = span === "minuteStart" || span === "minuteEnd";
  if (minutes && !makesHours(indicator)) return { problem: "indicator.no-minutes", detail: indicator.zh };
  return conversionTo(indicator.code as IndicatorCode, unit) ?? { problem: "unit.unknown", detail: unit };
}

/** One row at a time: its indicator and unit decide what its value column is. */
function readLong(
  body: Iterable<TextRow>,
  map: GenericMap,
  at: (name: string | undefined) => number,
  plan: (columns: readonly ValueColumn[], body: ColumnPlan["body"]) => ColumnPlan,
  sink: Sink,
): void {
  for (const row of body) {
    const text = (name: string | undefined): string => (row.cells[at(name)] ?? "").trim();
    const indicator = findIndicator(text(map.indicator));
    if (indicator === undefined) {
      sink.reject({
        line: row.line,
        column: map.indicator ?? "",
        raw: text(map.indicator),
        reason: "indicator.unknown",
      });
      continue;
    }
    const unit = map.unit === undefined ? indicator.unit : text(map.unit);
    const column = { at: at(map.value), name: map.value ?? "", indicator, ...converted(indicator, unit, map.span) };
    readColumnTable(plan([column], [row]), sink);
  }
}
