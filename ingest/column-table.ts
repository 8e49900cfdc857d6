/**
 * Reading a table of one place and time a row, whose columns are told by a plan: what water sections, noise points,
 * weather and mapped files have in common.
 */
import type { Indicator } from "../src/domain/indicator.ts";
import { FLAGS, type Span } from "../src/domain/reading.ts";
import type { RejectReason } from "../src/domain/reject.ts";
import { dayOf, HOUR_MS, MINUTE_MS } from "../src/domain/time.ts";
import { instantOfClock } from "../src/domain/zone.ts";
import { parseWaterValue } from "../src/standards/water-value.ts";
import { CELL_SEPARATOR, cellSafe } from "./cell-separator.ts";
import type { GridColumn, Sink } from "./format.ts";
import { isTotal } from "./heads.ts";
import { periodKey } from "./period-key.ts";
import type { NamedPlace } from "./place-column.ts";
import type { TextRow } from "./table.ts";
import { readClock, readPeriod } from "./when.ts";

export type ValueColumn = {
  readonly at: number;
  readonly name: string;
  readonly indicator: Indicator;
  readonly power?: number | undefined;
  readonly factor?: string | undefined;
  /** Set when the head's unit does not measure the indicator. */
  readonly problem?: RejectReason | undefined;
  readonly detail?: string | undefined;
};

/** How a time text becomes a key. `hourEnd`, `minuteEnd`: the text names the end of the hour or minute. */
export type TimeKind = "hourStart" | "hourEnd" | "minuteStart" | "minuteEnd" | "sample" | "day" | "month" | "period";

export type ColumnPlan = {
  readonly heads: readonly string[];
  readonly body: Iterable<TextRow>;
  readonly columns: readonly ValueColumn[];
  readonly placeAt: number;
  readonly timeAt: number;
  /** The time of rows without a time column. */
  readonly title: string | undefined;
  readonly year: number | undefined;
  readonly timeKind: TimeKind;
  readonly zone: string;
  readonly missingMarks: readonly string[];
  readonly placeOf: (row: TextRow) => NamedPlace;
  /** Detection limits: `0.025L`, `<0.025` and `未检出` are kept as below the limit. */
  readonly censored?: boolean;
  /** What a row without any value may say of its place instead: 断流, 冰封. Such a row is recorded as that state. */
  readonly stateOf?: (text: string) => string | undefined;
  readonly flagOf?: (row: TextRow) => number;
};

/** Reads the rows into the sink, a cell a unit. */
export function readColumnTable(plan: ColumnPlan, sink: Sink): void {
  const limits = new Map<number, string>();
  const times = new Map<string, Key | undefined>();
  const gridOf = gridBook(plan.columns);
  for (const row of plan.body) {
    const { line, cells } = row;
    const text = (at: number): string => (at < 0 ? "" : (cells[at] ?? "").trim());
    const first = cells.find((cell) => cell.trim() !== "") ?? "";
    const state = isTotal(first) ? undefined : stateIn(row, plan);
    if (state !== undefined) {
      sink.missing(plan.columns.length);
      putState(row, state, plan, sink);
      continue;
    }
    const filled = plan.columns.filter((column) => text(column.at) !== "");
    if (filled.length === 0) {
      if (cells.some((cell) => cell !== "")) sink.missing(plan.columns.length);
      continue;
    }
    if (plan.censored === true && /检出限/.test(first)) {
      for (const column of filled) limits.set(column.at, text(column.at));
      continue;
    }
    if (isTotal(first)) {
      sink.ignored(filled.length);
      continue;
    }
    sink.missing(plan.columns.length - filled.length);
    const values = filled.filter((column) => {
      const missing = plan.missingMarks.includes(text(column.at));
      if (missing) sink.missing(1);
      return !missing;
    });
    const rejectAll = (reason: RejectReason, raw: string, detail?: string): void => {
      for (const column of values) sink.reject({ line, column: column.name, raw, reason, detail });
    };
    const where = plan.placeOf(row);
    if ("problem" in where) {
      rejectAll(where.problem, text(plan.placeAt), where.detail);
      continue;
    }
    const timeText = plan.timeAt < 0 ? (plan.title ?? "") : text(plan.timeAt);
    if (!times.has(timeText)) times.set(timeText, keyOf(timeText, plan));
    const key = times.get(timeText);
    if (key === undefined) {
      rejectAll(timeText === "" ? "row.no-time" : "row.bad-time", timeText);
      continue;
    }
    const flag = plan.flagOf?.(row) ?? 0;
    // Values of one flag go as one row of the grid: most rows are one.
    const groups = new Map<number, { columns: ValueColumn[]; texts: string[] }>();
    for (const column of values) {
      const read = readValue(column, text(column.at), limits.get(column.at), plan, line, sink);
      if (read === undefined) continue;
      const flags = flag | read.flag;
      const group = groups.get(flags) ?? { columns: [], texts: [] };
      groups.set(flags, group);
      group.columns.push(column);
      group.texts.push(cellSafe(read.text));
    }
    for (const [flags, group] of groups) {
      sink.columns(gridOf(group.columns));
      const cells = group.texts.join(CELL_SEPARATOR);
      sink.row({ line, placeId: where.placeId, ...key, cells, flag: flags });
    }
  }
}

/** Grid columns by which value columns they are: the same list again, so that it need not be compared. */
function gridBook(columns: readonly ValueColumn[]): (used: readonly ValueColumn[]) => readonly GridColumn[] {
  const grid = new Map(columns.map((column) => [column, gridColumn(column)]));
  const known = new Map<string, readonly GridColumn[]>();
  return (used) => {
    const key = used.map((column) => column.at).join(",");
    const found = known.get(key) ?? used.map((column) => grid.get(column) ?? gridColumn(column));
    known.set(key, found);
    return found;
  };
}

function gridColumn({ name, indicator, power, factor, problem, detail }: ValueColumn): GridColumn {
  return {
    name,
    indicatorId: indicator.id,
    ...(power === undefined ? {} : { power }),
    ...(factor === undefined ? {} : { factor }),
    ...(problem === undefined ? {} : { problem, detail }),
  };
}

/** The state a row tells of its place, where none of its columns holds a value. */
function stateIn({ cells }: TextRow, { stateOf, columns, placeAt, timeAt }: ColumnPlan): string | undefined {
  if (stateOf === undefined) return undefined;
  const said = stateOf(cells.filter((_, at) => at !== placeAt && at !== timeAt).join(" "));
  const measured = columns.some(({ at }) => parseWaterValue((cells[at] ?? "").normalize("NFKC").trim()) !== undefined);
  return measured ? undefined : said;
}

/** A state without a section or month is nobody's: it is rejected, so that it is not lost without a word. */
function putState(row: TextRow, state: string, plan: ColumnPlan, sink: Sink): void {
  const { line, cells } = row;
  const where = plan.placeOf(row);
  if ("problem" in where) {
    const raw = (cells[plan.placeAt] ?? "").trim();
    sink.reject({ line, column: plan.heads[plan.placeAt] ?? "", raw, reason: where.problem, detail: where.detail });
    return;
  }
  const timeText = plan.timeAt < 0 ? (plan.title ?? "") : (cells[plan.timeAt] ?? "").trim();
  const key = keyOf(timeText, plan);
  if (key === undefined) {
    const column = plan.heads[plan.timeAt] ?? "";
    sink.reject({ line, column, raw: timeText, reason: timeText === "" ? "row.no-time" : "row.bad-time" });
    return;
  }
  const values = { place: where.placeId, month: dayOf(key.start), state };
  sink.record({ table: "section_state", line, values, counted: false });
}

type Key = { readonly start: number; readonly span: Span };

/** A value's text and flag; one below an unknown detection limit is rejected and `undefined`. */
function readValue(
  { name }: ValueColumn,
  raw: string,
  limit: string | undefined,
  { censored }: ColumnPlan,
  line: number,
  sink: Sink,
): { readonly text: string; readonly flag: number } | undefined {
  const plain = raw.normalize("NFKC");
  const read = censored === true ? parseWaterValue(plain) : undefined;
  if (read?.kind !== "below") return { text: raw, flag: 0 };
  const shown = /[\d.]+(?:[eE][-+]?\d+)?/.exec(plain)?.[0] ?? limit;
  if (shown !== undefined) return { text: shown, flag: FLAGS.belowDetection };
  const detail = "未检出，但没有写检出限：可写成 0.025L，或加一行“检出限”";
  sink.reject({ line, column: name, raw, reason: "row.no-value", detail });
  return undefined;
}

function keyOf(text: string, { timeKind, zone, year }: ColumnPlan): Key | undefined {
  if (timeKind === "month" || timeKind === "period" || timeKind === "day") {
    const clock = readClock(text);
    const period =
      clock !== undefined && timeKind === "month" ? monthOfClock(clock.clock) : readPeriod(text, year)?.period;
    if (period === undefined) return undefined;
    if (timeKind === "day" && period.kind !== "day") return undefined;
    if (timeKind === "month" && period.kind !== "month") return undefined;
    return periodKey(period);
  }
  const clock = readClock(text);
  if (clock === undefined || (timeKind !== "sample" && !clock.timed)) return undefined;
  const instant = clock.instant ?? instantOfClock(zone, clock.clock);
  if (timeKind === "sample") return { start: instant, span: "sample" };
  if (timeKind === "minuteStart" || timeKind === "minuteEnd") {
    if (instant % MINUTE_MS !== 0) return undefined;
    return { start: timeKind === "minuteEnd" ? instant - MINUTE_MS : instant, span: "minute" };
  }
  if (instant % HOUR_MS !== 0) return undefined;
  return { start: timeKind === "hourEnd" ? instant - HOUR_MS : instant, span: "hour" };
}

function monthOfClock(clock: number) {
  const date = new Date(clock);
  return readPeriod(`${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月`)?.period;
}
