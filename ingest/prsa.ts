/**
 * Format `prsa`: the UCI Beijing Multi-Site Air Quality files, one station a file, hourly.
 *
 * `No,year,month,day,hour,PM2.5,PM10,SO2,NO2,CO,O3,…,station`; the hour label is the hour's end in Beijing time (against
 * the archive the values agree at the same label and at no other). µg/m³, CO too. Missing = `NA`. Weather columns are
 * not taken. Reviewed data: the set was published after review.
 */
import { dayNumber, dayStart, HOUR_MS } from "../src/domain/time.ts";
import { CELL_SEPARATOR } from "./cell-separator.ts";
import type { Format, GridColumn } from "./format.ts";
import { eachLineOf } from "./long-text.ts";
import { namedPlace } from "./place-column.ts";
import { splitCells } from "./text-lines.ts";

const ITEMS: readonly GridColumn[] = [
  { name: "PM2.5", indicatorId: 1 },
  { name: "PM10", indicatorId: 2 },
  { name: "SO2", indicatorId: 3 },
  { name: "NO2", indicatorId: 4 },
  { name: "CO", indicatorId: 5, power: -3 },
  { name: "O3", indicatorId: 6 },
];
const KEYS = ["year", "month", "day", "hour", "station"];

export const prsa: Format = {
  name: "prsa",
  zh: "UCI 北京多站点空气质量（CSV）",
  unit: "cell",
  describe: "小时标签为时段结束，北京时间；µg/m³（CO 也是 µg/m³，入库换算为 mg/m³）；缺测为 NA",
  grade: "provisional",
  placeKinds: ["station"],
  missingMarks: ["NA"],
  takesLong: true,
  takesName: (name) => /^prsa.*\.csv$/i.test(name),
  recognises: (_, head) => /^"?No"?,"?year"?,"?month"?,"?day"?,"?hour"?,/.test(head),
  read(file, sink, { places }) {
    const found = new Map<string, ReturnType<typeof namedPlace>>();
    let at: (name: string) => number = () => -1;
    let width = 0;
    let taken: readonly { readonly column: GridColumn; readonly at: number }[] = [];
    let bad = false;
    eachLineOf(file, (line, number) => {
      if (bad || line === "") return;
      const cells = splitCells(line);
      if (number === 1) {
        const heads = cells.map((cell) => cell.trim());
        at = (name) => heads.indexOf(name);
        width = heads.length;
        taken = ITEMS.map((column) => ({ column, at: at(column.name) })).filter((one) => one.at >= 0);
        bad = KEYS.some((key) => at(key) < 0) || taken.length === 0;
        if (!bad) sink.columns(taken.map((one) => one.column));
        return;
      }
      const texts = taken.map((one) => cells[one.at]?.trim() ?? "");
      const reject = (reason: Parameters<typeof sink.reject>[0]["reason"], detail?: string, raw?: string): void => {
        for (const [k, text] of texts.entries()) {
          if (text === "" || text === "NA") sink.missing(1);
          else sink.reject({ line: number, column: taken[k]?.column.name ?? "", raw: raw ?? text, reason, detail });
        }
      };
      sink.ignored(Math.max(0, Math.min(cells.length, width) - taken.length - KEYS.length - 1));
      if (cells.length !== width) return reject("row.field-count");
      const [year, month, dayOfMonth, hour] = KEYS.slice(0, 4).map((key) => cells[at(key)]?.trim() ?? "");
      const date = [year, month, dayOfMonth].join("-");
      const day = /^\d{4}-\d{1,2}-\d{1,2}$/.test(date)
        ? dayNumber(Number(year), Number(month), Number(dayOfMonth))
        : undefined;
      if (day === undefined) return reject("row.bad-date", undefined, date);
      if (!/^\d{1,2}$/.test(hour ?? "") || Number(hour) > 23) return reject("row.bad-hour", undefined, hour);
      const name = cells[at("station")]?.trim() ?? "";
      const place = found.get(name) ?? namedPlace(name, places, prsa.placeKinds);
      found.set(name, place);
      if ("problem" in place) return reject(place.problem, place.detail, name);
      sink.row({
        line: number,
        placeId: place.placeId,
        start: dayStart(day) + (Number(hour) - 1) * HOUR_MS,
        span: "hour",
        cells: texts.join(CELL_SEPARATOR),
      });
    });
    return bad ? "file.no-header" : undefined;
  },
};
