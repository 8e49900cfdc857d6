/** The rows of `point,date,hour,leq` as hourly levels; a row that is none says what is wrong with it. */
import { findIndicator } from "../../domain/indicator.ts";
import { type DayNumber, dayNumber } from "../../domain/time.ts";
import { cellsOf, csvRecords } from "./csv-read.ts";
import { type Columns, columnsOf, headerOf, requireColumns } from "./csv-stream.ts";

export type NoiseHourRow = {
  readonly line: number;
  readonly point: string;
  /** As written, for rows whose date cannot be read. */
  readonly date: string;
  readonly day: DayNumber | undefined;
  readonly hour: number | undefined;
  /** dB(A); absent where the cell is empty (the hour is missing) or wrong. */
  readonly level: number | undefined;
  readonly problem: string;
};

/** A cell that says "no value". */
const MISSING = ["", "-", "--", "*", "NA", "NULL"];

/** dB(A) that no instrument reports are refused. */
const LOUDEST = findIndicator("leq")?.plausible.max ?? Number.POSITIVE_INFINITY;

const NUMBER = /^\d+(\.\d*)?$|^\.\d+$/;

/**
 * The hours of a CSV stream, batch by batch.
 * @param maps `input=known` renames of columns
 * @throws Fault `csv.column-missing`, `csv.column-twice`
 */
export async function* noiseHours(
  bytes: AsyncIterable<Uint8Array>,
  maps: readonly string[],
): AsyncGenerator<readonly NoiseHourRow[]> {
  let read: ((cells: readonly string[], line: number) => NoiseHourRow) | undefined;
  for await (const batch of csvRecords(bytes)) {
    const rows: NoiseHourRow[] = [];
    for (const record of batch) {
      if (read === undefined) {
        const columns = columnsOf(headerOf(record), maps);
        requireColumns(columns, ["point", "date", "hour", "leq"]);
        read = hourReader(columns);
      } else rows.push(read(cellsOf(record), record.line));
    }
    yield rows;
  }
}

function hourReader(columns: Columns): (cells: readonly string[], line: number) => NoiseHourRow {
  const width = columns.names.length;
  const [pointAt, dateAt, hourAt, levelAt] = [
    columns.at("point"),
    columns.at("date"),
    columns.at("hour"),
    columns.at("leq"),
  ];
  // Dates come in runs of 24 rows, so the last one is remembered.
  let lastDate = "";
  let lastDay: DayNumber | undefined;
  return (cells, line) => {
    const point = (cells[pointAt] ?? "").trim();
    const date = (cells[dateAt] ?? "").trim();
    const hourText = (cells[hourAt] ?? "").trim();
    const levelText = (cells[levelAt] ?? "").trim();
    if (date !== lastDate) {
      lastDate = date;
      lastDay = dayOfText(date);
    }
    const day = lastDay;
    const hour = hourOfText(hourText);
    const level = NUMBER.test(levelText) ? Number(levelText) : Number.NaN;
    if (cells.length === width && point !== "" && day !== undefined && hour !== undefined && level <= LOUDEST) {
      return { line, point, date, day, hour, level, problem: "" };
    }
    const problem = [
      cells.length === width ? "" : `有 ${cells.length} 格，表头有 ${width} 列`,
      point === "" ? "没有点位" : "",
      day === undefined ? `日期“${date}”无法识别` : "",
      hour === undefined ? `小时“${hourText}”不在 0—23` : "",
      MISSING.includes(levelText.toUpperCase()) ? "" : levelProblem(levelText, level),
    ].filter((one) => one !== "");
    return { line, point, date, day, hour, level: undefined, problem: problem.join("，") };
  };
}

function levelProblem(text: string, level: number): string {
  if (/^-\d/.test(text)) return `声级为负数（${text}）`;
  if (Number.isNaN(level)) return `声级“${text}”不是数字`;
  return level > LOUDEST ? `声级 ${text} 超出可信范围（不高于 ${LOUDEST} dB）` : "";
}

/** `2015-03-14`, `2015/3/14`, `20150314`. */
function dayOfText(text: string): DayNumber | undefined {
  const found = /^(\d{4})([-/]?)(\d{1,2})\2(\d{1,2})$/.exec(text);
  if (found === null || (found[2] === "" && text.length !== "20150314".length)) return undefined;
  return dayNumber(Number(found[1]), Number(found[3]), Number(found[4]));
}

/** `0` … `23`, also `07`, `7:00`, `07:00:00`: the hour's start. */
function hourOfText(text: string): number | undefined {
  const found = /^(\d{1,2})(?::00(?::00)?)?$/.exec(text);
  const hour = found === null ? Number.NaN : Number(found[1]);
  return hour < 24 ? hour : undefined;
}
