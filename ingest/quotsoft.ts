/**
 * Format `quotsoft`: the wide archive CSV most people in China hold, one file a day, one station a column.
 *
 * Header `date,hour,type,<station>…`; label `h` on date D is the hour that ended at D h:00 Beijing time, so 00 is the
 * last hour of the day before. µg/m³, CO mg/m³. Station columns are found by each file's own header. National files
 * (`china_sites_*`) have the same layout with station codes such as `1001A`, and may register those.
 */
import { SIMULATED_MARK } from "../src/domain/simulated.ts";
import { dayNumber, dayStart, HOUR_MS } from "../src/domain/time.ts";
import { CELL_SEPARATOR } from "./cell-separator.ts";
import type { Format, GridColumn, ReadContext, Sink } from "./format.ts";
import { eachLineOf } from "./long-text.ts";
import { placeColumn } from "./place-column.ts";

const TYPES: Readonly<Record<string, number>> = { "PM2.5": 1, PM10: 2, SO2: 3, NO2: 4, CO: 5, O3: 6 };
const NAME = /^(beijing_(all|extra)|china_sites)_\d{8}\.csv$/i;
const NATIONAL_CODE = /^\d{4}[A-Z]$/;
const HEADER = "date,hour,type";
const KEY_COLUMNS = 3;

export const quotsoft: Format = {
  name: "quotsoft",
  zh: "北京/全国空气质量存档（宽表 CSV）",
  unit: "cell",
  describe: "小时标签为时段结束（0 时是前一日第 24 小时），北京时间；µg/m³，CO mg/m³",
  grade: "provisional",
  placeKinds: ["station"],
  missingMarks: [],
  encodings: ["utf-8"],
  live: true,
  takesLong: true,
  takesName: (name) => NAME.test(name),
  recognises: (name, head) => NAME.test(name) || head.startsWith(HEADER),
  read(file, sink, context) {
    if (!file.text.startsWith(HEADER)) return "file.no-header";
    let columns: readonly GridColumn[] = [];
    let marked = false;
    eachLineOf(file, (line, number) => {
      if (number === 1) {
        const heads = line.split(",").slice(KEY_COLUMNS);
        marked = heads.at(-1)?.trim() === SIMULATED_MARK;
        columns = stationColumns(marked ? heads.slice(0, -1) : heads, context);
        sink.columns(columns);
      } else if (line !== "") readRow(marked && line.endsWith(",") ? line.slice(0, -1) : line, number, columns, sink);
    });
    return undefined;
  },
};

function stationColumns(heads: readonly string[], context: ReadContext): readonly GridColumn[] {
  return heads.map((head) => {
    const name = head.trim();
    if (!NATIONAL_CODE.test(name)) return placeColumn(name, context.places, quotsoft.placeKinds);
    const [known] = context.places.find(name, quotsoft.placeKinds);
    return { name, placeId: known?.id ?? context.register({ code: name, kind: "station", name }) };
  });
}

function readRow(line: string, number: number, columns: readonly GridColumn[], sink: Sink): void {
  const first = line.indexOf(",");
  const second = line.indexOf(",", first + 1);
  const third = line.indexOf(",", second + 1);
  const type = (third < 0 ? line.slice(second + 1) : line.slice(second + 1, third)).trim();
  const indicatorId = TYPES[type];
  const texts = third < 0 ? [] : line.slice(third + 1).split(",");
  if (indicatorId === undefined && second > 0 && third > 0) {
    sink.ignored(texts.length);
    return;
  }
  const rejectAll = (reason: "row.field-count" | "row.bad-date" | "row.bad-hour", raw?: string): void => {
    for (const [k, text] of texts.entries()) {
      if (text.trim() === "") sink.missing(1);
      else
        sink.reject({ line: number, column: columns[k]?.name ?? `#${k + KEY_COLUMNS + 1}`, raw: raw ?? text, reason });
    }
  };
  if (indicatorId === undefined || texts.length !== columns.length) {
    if (texts.length === 0) sink.reject({ line: number, column: "", raw: line, reason: "row.field-count" });
    rejectAll("row.field-count");
    return;
  }
  const date = line.slice(0, first).trim();
  const day = /^\d{8}$/.test(date)
    ? dayNumber(Number(date.slice(0, 4)), Number(date.slice(4, 6)), Number(date.slice(6)))
    : undefined;
  if (day === undefined) {
    rejectAll("row.bad-date", date);
    return;
  }
  const hour = line.slice(first + 1, second).trim();
  if (!/^\d{1,2}$/.test(hour) || Number(hour) > 23) {
    rejectAll("row.bad-hour", hour);
    return;
  }
  sink.row({
    line: number,
    indicatorId,
    start: dayStart(day) + (Number(hour) - 1) * HOUR_MS,
    span: "hour",
    cells: texts.join(CELL_SEPARATOR),
  });
}
