/**
 * Format `openaq`: the CSV of one OpenAQ location, one row a value.
 *
 * `datetimeUtc` is the end of the hour (OpenAQ's own days run from 01:00 to 0:00). Gases come in ppm and become µg/m³
 * (`gas-units.ts`); items this project does not know (no, bc …) are not taken. The location is registered as a station.
 */
import { findIndicator, type IndicatorCode } from "../src/domain/indicator.ts";
import { HOUR_MS } from "../src/domain/time.ts";
import { isTimeZone } from "../src/domain/zone.ts";
import type { Format, ReadContext } from "./format.ts";
import { conversionTo } from "./gas-units.ts";
import { eachLineOf } from "./long-text.ts";
import { delimiterOf } from "./table.ts";
import { splitCells } from "./text-lines.ts";
import { readClock } from "./when.ts";

const KEYS = ["location_id", "location_name", "parameter", "value", "unit", "datetimeUtc"] as const;

export const openaq: Format = {
  name: "openaq",
  zh: "OpenAQ 单站导出（CSV）",
  unit: "row",
  describe:
    "datetimeUtc 为小时结束，UTC；ppm、ppb 按 298.15 K、1013.25 hPa 换算为 µg/m³（CO 为 mg/m³）；缺测小时没有行；登记新站点，时区取文件所写",
  grade: "provisional",
  placeKinds: ["station"],
  missingMarks: ["NA", "NULL", "null", "NaN", "-999", "-9999"],
  takesLong: true,
  takesName: (name) => /\.(csv|txt)$/i.test(name),
  recognises: (_, head) => {
    const first = head.split(/\r?\n/)[0] ?? "";
    return /location_id/.test(first) && /datetimeUtc/.test(first);
  },
  read(file, sink, context) {
    const delimiter = delimiterOf(file.text.slice(0, 2000));
    let heads: readonly string[] = [];
    let bad = false;
    const places = new Map<string, number>();
    let declared = "";
    eachLineOf(file, (line, number) => {
      if (bad || line.trim() === "") return;
      const cells = splitCells(line, delimiter);
      if (heads.length === 0) {
        heads = cells.map((cell) => cell.trim());
        bad = KEYS.some((key) => !heads.includes(key));
        return;
      }
      const of = (name: string): string => cells[heads.indexOf(name)]?.trim() ?? "";
      if (cells.length !== heads.length) {
        return sink.reject({ line: number, column: "", raw: line.slice(0, 500), reason: "row.field-count" });
      }
      const indicator = findIndicator(of("parameter"));
      if (indicator === undefined) return sink.ignored(1);
      const value = of("value");
      if (value === "" || openaq.missingMarks.includes(value)) return sink.missing(1);
      const conversion = conversionTo(indicator.code as IndicatorCode, of("unit"));
      if (conversion === undefined) {
        return sink.reject({ line: number, column: "unit", raw: of("unit"), reason: "unit.unknown" });
      }
      const clock = readClock(of("datetimeUtc"));
      if (clock === undefined) {
        return sink.reject({ line: number, column: "datetimeUtc", raw: of("datetimeUtc"), reason: "row.bad-time" });
      }
      const code = `openaq-${of("location_id")}`;
      if (!/^openaq-\w+$/.test(code)) {
        return sink.reject({ line: number, column: "location_id", raw: of("location_id"), reason: "place.unknown" });
      }
      const placeId = places.get(code) ?? placeOf(code, of, context);
      places.set(code, placeId);
      const key = `${indicator.id}|${of("unit")}`;
      if (declared !== key) sink.columns([{ name: "value", indicatorId: indicator.id, ...conversion }]);
      declared = key;
      sink.row({ line: number, placeId, start: (clock.instant ?? clock.clock) - HOUR_MS, span: "hour", cells: value });
    });
    return bad || heads.length === 0 ? "file.no-header" : undefined;
  },
};

function placeOf(code: string, of: (name: string) => string, { places, register }: ReadContext): number {
  const known = places.byCode(code);
  if (known !== undefined) return known.id;
  const zone = of("timezone");
  const [latitude, longitude] = [of("latitude"), of("longitude")];
  return register({
    code,
    kind: "station",
    name: of("location_name") === "" ? code : of("location_name"),
    ...(isTimeZone(zone) ? { timeZone: zone } : {}),
    attributes: latitude === "" || longitude === "" ? {} : { latitude, longitude },
  });
}
