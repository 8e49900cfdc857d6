/**
 * Format `openair`: the wide CSV of R's openair, one hour a row, one item a column, one station a file.
 *
 * `date` is the start of the hour, in UTC unless `--zone` says otherwise. As in openair's own data NO2, NOx, O3 and SO2
 * are ppb, CO is ppm, particles µg/m³ (`gas-units.ts` converts); `ws` and `wd` are not taken. The station is `--place`,
 * else one registered under the file's name.
 */
import { findIndicator, type IndicatorCode } from "../src/domain/indicator.ts";
import { instantOfClock, isTimeZone } from "../src/domain/zone.ts";
import { CELL_SEPARATOR } from "./cell-separator.ts";
import type { Format, GridColumn, ReadContext } from "./format.ts";
import { conversionTo } from "./gas-units.ts";
import { eachLineOf } from "./long-text.ts";
import { namedPlace } from "./place-column.ts";
import { delimiterOf } from "./table.ts";
import { splitCells } from "./text-lines.ts";
import { readClock } from "./when.ts";

const UNITS: Readonly<Record<string, string>> = {
  no2: "ppb",
  nox: "ppb",
  o3: "ppb",
  so2: "ppb",
  co: "ppm",
  pm10: "µg/m³",
  pm25: "µg/m³",
};

const cleaned = (head: string): string =>
  head
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "")
    .replace("pm2.5", "pm25");

export const openair: Format = {
  name: "openair",
  zh: "openair 宽表（CSV，一站一文件）",
  unit: "cell",
  describe:
    "date 为小时开始，UTC（可用 --zone 指定）；NO2、NOx、O3、SO2 为 ppb，CO 为 ppm，按 298.15 K、1013.25 hPa 换算；颗粒物 µg/m³；风速风向不取；站点用 --place 指定，否则按文件名登记",
  grade: "provisional",
  placeKinds: ["station"],
  missingMarks: ["NA", "NaN", "NULL"],
  takesLong: true,
  takesName: (name) => /\.(csv|txt|tsv)$/i.test(name),
  recognises: (_, head) => {
    const heads = (head.split(/\r?\n/)[0] ?? "").split(/[,;\t]/).map(cleaned);
    return heads[0] === "date" && heads.filter((one) => one in UNITS || one === "ws" || one === "wd").length >= 3;
  },
  read(file, sink, context) {
    const delimiter = delimiterOf(file.text.slice(0, 2000));
    let width = 0;
    let taken: readonly { readonly column: GridColumn; readonly at: number }[] = [];
    let bad = false;
    const zone = context.options["zone"] ?? "UTC";
    const place = placeOf(file.name, zone, context);
    eachLineOf(file, (line, number) => {
      if (bad || line.trim() === "") return;
      const cells = splitCells(line, delimiter);
      if (width === 0) {
        width = cells.length;
        taken = cells.flatMap((head, at) => {
          const code = cleaned(head);
          const indicator = code in UNITS ? findIndicator(code) : undefined;
          if (indicator === undefined) return [];
          const conversion = conversionTo(indicator.code as IndicatorCode, UNITS[code] ?? "") ?? {};
          return [{ at, column: { name: head.trim(), indicatorId: indicator.id, ...conversion } }];
        });
        bad = cleaned(cells[0] ?? "") !== "date" || taken.length === 0;
        if (!bad) sink.columns(taken.map((one) => one.column));
        return;
      }
      sink.ignored(Math.max(0, Math.min(cells.length, width) - taken.length - 1));
      const texts = taken.map((one) => cells[one.at]?.trim() ?? "");
      const rejectAll = (reason: "row.field-count" | "row.bad-time" | "place.unknown", raw?: string): void => {
        for (const [k, text] of texts.entries()) {
          if (text === "" || openair.missingMarks.includes(text)) sink.missing(1);
          else sink.reject({ line: number, column: taken[k]?.column.name ?? "", raw: raw ?? text, reason });
        }
      };
      if (cells.length !== width) return rejectAll("row.field-count");
      const clock = readClock(cells[0]?.trim() ?? "");
      if (clock === undefined) return rejectAll("row.bad-time", cells[0]);
      if (place === undefined) return rejectAll("place.unknown", context.options["place"]);
      const start = clock.instant ?? instantOfClock(isTimeZone(zone) ? zone : "UTC", clock.clock);
      sink.row({ line: number, placeId: place, start, span: "hour", cells: texts.join(CELL_SEPARATOR) });
    });
    return bad || width === 0 ? "file.no-header" : undefined;
  },
};

function placeOf(fileName: string, zone: string, { places, options, register }: ReadContext): number | undefined {
  const asked = options["place"];
  if (asked !== undefined) {
    const found = namedPlace(asked, places, openair.placeKinds);
    return "placeId" in found ? found.placeId : undefined;
  }
  const name = fileName.replace(/\.[^.]*$/, "");
  const code = `openair-${name}`;
  const known = places.byCode(code);
  return known?.id ?? register({ code, kind: "station", name, timeZone: isTimeZone(zone) ? zone : "UTC" });
}
