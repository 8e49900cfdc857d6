/** Hourly levels gathered into dates of a point, and the output line of each. */
import { type Exact, exact } from "../../domain/exact.ts";
import { type DayNumber, dayText } from "../../domain/time.ts";
import { decimalText } from "../../standards/gbt8170.ts";
import { noiseDay, noisePartOf } from "../../standards/noise-day.ts";
import type { Policies } from "../../standards/policy.ts";
import { quoteCell } from "./csv-stream.ts";
import type { NoiseHourRow } from "./noise-hours.ts";

export const NOISE_COLUMNS = "point,date,ld,ln,ldn,ld_1,ln_1,ldn_1,validDay,validNight,error";

const HOURS = 24;

/** The levels of one date by clock hour, NaN where there is none, and what was wrong with its rows. */
type DayState = { readonly levels: Float64Array; readonly problems: string[] };

/** Open dates of one point; a date is closed when no later row of a sorted stream can belong to it. */
export type OpenDays = Map<DayNumber, DayState>;

/** Takes a row into the date it counts for. @returns `false` when its date cannot be read: it belongs to no date */
export function takeHour(open: OpenDays, row: NoiseHourRow, policies: Policies): boolean {
  if (row.day === undefined) return false;
  const { hour } = row;
  const day = hour === undefined ? row.day : noisePartOf(row.day, hour, policies.nightDate).day;
  const state = open.get(day) ?? { levels: new Float64Array(HOURS).fill(Number.NaN), problems: [] };
  open.set(day, state);
  if (row.problem !== "") state.problems.push(`第 ${row.line} 行：${row.problem}`);
  if (row.level === undefined || hour === undefined) return true;
  const before = state.levels[hour] ?? Number.NaN;
  if (!Number.isNaN(before) && before !== row.level) {
    state.problems.push(`第 ${row.line} 行：${hour} 时重复，以后一个值 ${row.level} 为准（前为 ${before}）`);
  }
  state.levels[hour] = row.level;
  return true;
}

/** The dates no row at or after (`day`, `hour`) can reach, in order; all of them without a moment. */
export function closedDays(
  open: OpenDays,
  policies: Policies,
  moment?: { readonly day: DayNumber; readonly hour: number },
): readonly DayNumber[] {
  // A date's hours are not the clock's day: 05:00 counts for the date before, or 22:00 for the one after.
  const reached = moment && noisePartOf(moment.day, moment.hour, policies.nightDate).day;
  const days = [...open.keys()].filter((day) => reached === undefined || day < reached);
  return days.sort((a, b) => a - b);
}

/** The output line of a date. */
export function dayLine(point: string, day: DayNumber, state: DayState, policies: Policies): string {
  const parts = { day: [] as Exact[], night: [] as Exact[] };
  state.levels.forEach((level, hour) => {
    // The shortest decimal of a double is the text it was read from, so ties at 0.05 dB stay ties.
    if (!Number.isNaN(level)) parts[noisePartOf(day, hour, policies.nightDate).part].push(exact(level));
  });
  const { ld, ln, ldn } = noiseDay(parts.day, parts.night, policies);
  const values = [ld.valid ? ld.value : undefined, ln.valid ? ln.value : undefined, ldn];
  const cells = [
    quoteCell(point),
    dayText(day),
    ...values.map((value) => textOf(value, 6)),
    ...values.map((value) => textOf(value, 1)),
    ld.valid ? "Y" : "N",
    ln.valid ? "Y" : "N",
    quoteCell(state.problems.join("；")),
  ];
  return `${cells.join(",")}\n`;
}

/** The line of a row that belongs to no date. */
export function strayLine(row: NoiseHourRow): string {
  return `${quoteCell(row.point)},${quoteCell(row.date)},,,,,,,,,${quoteCell(`第 ${row.line} 行：${row.problem}`)}\n`;
}

function textOf(value: Exact | undefined, decimals: number): string {
  return value === undefined ? "" : decimalText(value, decimals);
}
