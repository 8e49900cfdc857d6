/**
 * Format `noise-hourly`: hourly equivalent levels of monitors, tab or comma separated, one column a monitor.
 *
 * `datetime` is the local clock of the monitor, summer time included, and names the hour's start (choice: exports do not
 * say); `laeq_<monitor>` is dB(A). A missing hour is an absent row. A clock hour that stands twice in autumn means the
 * first; one that does not exist in spring is taken with the offset before the change.
 */
import { fault } from "../src/domain/faults.ts";
import { indicatorOf } from "../src/domain/indicator.ts";
import { DAY_MS, dayNumber, HOUR_MS } from "../src/domain/time.ts";
import { instantOfClock, isTimeZone } from "../src/domain/zone.ts";
import { CELL_SEPARATOR } from "./cell-separator.ts";
import type { Format, GridColumn, ReadContext } from "./format.ts";
import { eachLineOf } from "./long-text.ts";
import { isNoiseSummary } from "./noise-summary.ts";
import { namedPlace } from "./place-column.ts";
import { splitCells } from "./text-lines.ts";
import { zoneNamedIn } from "./zone-name.ts";

const LEVEL = indicatorOf("leq").id;
const LEVEL_HEAD = /^l(?:a)?eq[_ ](.+)$/i;
const TIME_HEAD = /^(?:datetime|time|时间|监测时间)$/i;
const DELIMITERS = ["\t", ";", ","];
/** How much of a file is looked at to say what it is instead. */
const HEAD_CHARS = 2000;
const CHINA_ZONE = "Asia/Shanghai";

export const noiseHourly: Format = {
  name: "noise-hourly",
  zh: "噪声自动监测小时等效声级（TSV/CSV）",
  unit: "row",
  describe:
    "时间为监测点当地时钟（含夏令时），标签为时段开始（来源未说明，按此约定）；时区取地点的时区，新点位取选项 zone，其次按文件名中的城市推断，否则为北京时间；dB(A)；缺测小时没有行；可登记新点位",
  grade: "provisional",
  placeKinds: ["noise_point"],
  missingMarks: ["NA", "NULL", "-", "--", "nan", "NaN"],
  live: true,
  takesLong: true,
  takesName: (name) => /\.(tsv|csv|txt)$/i.test(name),
  recognises: (_, head) => {
    const { heads } = headsOf(head.split(/\r?\n/)[0] ?? "");
    return heads.some((one) => TIME_HEAD.test(one)) && heads.some((one) => LEVEL_HEAD.test(one));
  },
  read(file, sink, context) {
    let table: Table | undefined;
    let bad = false;
    eachLineOf(file, (line, number) => {
      if (bad || line.trim() === "") return;
      if (table === undefined) {
        table = tableOf(line, file.name, context);
        bad = table.timeAt < 0 || table.zones.length === 0;
        return;
      }
      const cells = splitCells(line, table.delimiter);
      if (cells.length !== table.width) {
        sink.reject({ line: number, column: "", raw: line, reason: "row.field-count" });
        return;
      }
      const timeText = cells[table.timeAt]?.trim() ?? "";
      const clock = clockOfText(timeText);
      if (clock === undefined) {
        const reason = timeText === "" ? "row.no-time" : "row.bad-time";
        sink.reject({ line: number, column: "datetime", raw: timeText, reason });
        return;
      }
      for (const { zone, columns, at } of table.zones) {
        sink.columns(columns);
        sink.row({
          line: number,
          indicatorId: LEVEL,
          start: instantOfClock(zone, clock),
          span: "hour",
          cells: at.map((index) => cells[index]?.trim() ?? "").join(CELL_SEPARATOR),
        });
      }
    });
    if (table !== undefined && !bad) return undefined;
    return isNoiseSummary(file.text.slice(0, HEAD_CHARS)) ? "file.noise-summary" : "file.no-header";
  },
};

/** The columns of one zone: points of a file may stand on different clocks. */
type ZoneColumns = { readonly zone: string; readonly columns: readonly GridColumn[]; readonly at: readonly number[] };

type Table = {
  readonly delimiter: string;
  readonly width: number;
  readonly timeAt: number;
  readonly zones: readonly ZoneColumns[];
};

function headsOf(line: string): { readonly delimiter: string; readonly heads: readonly string[] } {
  const delimiter = DELIMITERS.find((one) => line.includes(one)) ?? "\t";
  return { delimiter, heads: splitCells(line.replace(/^\uFEFF/, ""), delimiter).map((head) => head.trim()) };
}

function tableOf(line: string, fileName: string, context: ReadContext): Table {
  const { delimiter, heads } = headsOf(line);
  const zones = new Map<string, { columns: GridColumn[]; at: number[] }>();
  for (const [index, head] of heads.entries()) {
    const name = LEVEL_HEAD.exec(head)?.[1]?.trim();
    if (name === undefined) continue;
    const { zone, column } = pointOf(name, fileName, context);
    const group = zones.get(zone) ?? { columns: [], at: [] };
    group.columns.push(column);
    group.at.push(index);
    zones.set(zone, group);
  }
  return {
    delimiter,
    width: heads.length,
    timeAt: heads.findIndex((head) => TIME_HEAD.test(head)),
    zones: [...zones].map(([zone, group]) => ({ zone, ...group })),
  };
}

/** A monitor's column on its clock; one the catalogue does not know is registered under its own name. */
function pointOf(
  name: string,
  fileName: string,
  { places, register, options }: ReadContext,
): { readonly zone: string; readonly column: GridColumn } {
  const found = namedPlace(name, places, noiseHourly.placeKinds);
  if ("placeId" in found) {
    return { zone: places.byId(found.placeId).timeZone, column: { name, placeId: found.placeId } };
  }
  if (found.problem === "place.ambiguous") return { zone: CHINA_ZONE, column: { name, ...found } };
  const zone = givenZone(options["zone"]) ?? zoneNamedIn(fileName) ?? CHINA_ZONE;
  const placeId = register({ code: name, kind: "noise_point", name, timeZone: zone });
  return { zone, column: { name, placeId } };
}

/** The zone the command line names. @throws Fault `option.value` for one there is not */
function givenZone(name: string | undefined): string | undefined {
  if (name === undefined || isTimeZone(name)) return name;
  throw fault("option.value", { option: "zone", given: name, expected: "Asia/Shanghai、Europe/Dublin …" });
}

/** The clock reading as UTC milliseconds of the same figures; `undefined` unless it is a full hour. */
function clockOfText(text: string): number | undefined {
  const found = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2})(?::00(?::00(?:\.0+)?)?)?$/.exec(text);
  if (found === null) return undefined;
  const [year, month, date, hour] = found.slice(1).map(Number) as [number, number, number, number];
  const day = dayNumber(year, month, date);
  return day === undefined || hour > 24 ? undefined : day * DAY_MS + hour * HOUR_MS;
}
