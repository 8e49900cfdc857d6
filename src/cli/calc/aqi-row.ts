/**
 * One row of `calc aqi`: cells into the index, its pollutants, class and level, and the index of each item.
 *
 * Empty or `/` = not monitored, the index comes from the rest; `NA` = monitored but missing, the NA rule applies. A cell
 * that cannot be used leaves the row without an index, as any index without it might be too low.
 */
import type { Edition } from "../../domain/edition.ts";
import { indicatorOf } from "../../domain/indicator.ts";
import { NEGATIVE, NOT_A_NUMBER, stepsOfText } from "../../standards/gbt8170-text.ts";
import { type DayIndex, indexOf, type Pollutant } from "../../standards/hj633-day.ts";
import { type IaqiColumn, type IaqiLookup, iaqiColumn, indexAt } from "../../standards/hj633-table.ts";
import type { Policies } from "../../standards/policy.ts";
import { editionOfText, joinProblems, type Mode, modeOfText, ozoneColumn, POLLUTANT_NAMES } from "./aqi-words.ts";
import { type Columns, type RowResult, type RowWork, requireColumns } from "./csv-stream.ts";

type Item = {
  readonly column: string;
  readonly pollutant: Pollutant;
  readonly decimals: 0 | 1;
};

const item = (column: string, pollutant: Pollutant): Item => ({
  column,
  pollutant,
  decimals: indicatorOf(pollutant).decimals === 1 ? 1 : 0,
});

/** Input columns with a concentration, in the order of the result columns. */
const ITEMS: readonly Item[] = [
  item("so2", "so2"),
  item("no2", "no2"),
  item("co_mgm3", "co"),
  item("o3", "o3"),
  item("pm10", "pm10"),
  item("pm25", "pm25"),
];

const TABLE_COLUMNS: Readonly<Record<Mode, Readonly<Record<Exclude<Pollutant, "o3">, IaqiColumn>>>> = {
  daily: { so2: "so2", no2: "no2", co: "co", pm10: "pm10", pm25: "pm25" },
  realtime: { so2: "so2_1h", no2: "no2_1h", co: "co_1h", pm10: "pm10", pm25: "pm25" },
};

/** What three cells of a row ask for: the table column of each item, in the order of `ITEMS`; or what is wrong. */
type Report = {
  readonly edition: Edition;
  readonly columns: readonly (Rated | undefined)[];
  readonly metricProblem: string;
};

type Rated = {
  readonly lookup: IaqiLookup;
  /** Above this many steps the cell is taken for a slip. */
  readonly most: number;
};

/**
 * A calculator rates what it is given, also beyond its tables; but CO written in µg/m³ is a common slip and would pass
 * for a severe day, so CO ends where the table and the instruments do. Of the others only the absurd is refused.
 */
const BEYOND = 10;

function rated(edition: Edition, column: IaqiColumn, one: Item): Rated {
  const lookup = iaqiColumn(edition, column);
  const end = lookup.inside.length - 1;
  const plausible = (indicatorOf(one.pollutant).plausible.max ?? 0) * 10 ** one.decimals;
  return { lookup, most: Math.max(plausible, one.pollutant === "co" ? end : end * BEYOND) };
}

/** The work of `calc aqi` for a header. @throws Fault `csv.column-missing`, `csv.column-twice` */
export function aqiRows(columns: Columns, policies: Policies): RowWork {
  requireColumns(columns, ["standard", "mode", ...ITEMS.map((one) => one.column), "o3_metric"]);
  const standardAt = columns.at("standard");
  const modeAt = columns.at("mode");
  const metricAt = columns.at("o3_metric");
  const ats = ITEMS.map((one) => columns.at(one.column));
  const reportOf = remembered();

  const row = (cells: readonly string[]): RowResult => {
    const report = reportOf(cells[standardAt] ?? "", cells[modeAt] ?? "", cells[metricAt] ?? "");
    if (typeof report === "string") return nothing(report);
    const iaqi: Partial<Record<Pollutant, number>> = {};
    let monitored = false;
    let missing = false;
    let broken = false;
    let error = "";
    let indices = "";
    for (let i = 0; i < ITEMS.length; i++) {
      const one = ITEMS[i] as Item;
      indices += ",";
      const cell = trimmed(cells[ats[i] ?? -1] ?? "");
      if (cell === "" || cell === "/") continue;
      monitored = true;
      if (cell === "NA" || cell === "na") {
        missing = true;
        continue;
      }
      const column = report.columns[i];
      const steps = stepsOfText(cell, one.decimals);
      if (column === undefined || steps < 0 || steps > column.most) {
        error = joinProblems(
          error,
          column === undefined ? report.metricProblem : cellProblem(one, cell, steps, column.most),
        );
        broken = true;
        continue;
      }
      const index = indexAt(column.lookup, steps);
      if (index === undefined) {
        error = joinProblems(error, `${one.column} ${cell} 超出 ${report.edition} 版表格，没有 IAQI，按缺测处理`);
        missing = true;
        continue;
      }
      iaqi[one.pollutant] = index;
      indices += index;
    }
    if (!monitored) return nothing("没有任何一项浓度");
    if (broken) return { cells: `,,,${indices}`, error, partial: true };
    const index = indexOf(iaqi, missing, policies);
    return { cells: indexCells(index) + indices, error: index.aqi === 0 ? joinProblems(error, ZERO_INDEX) : error };
  };
  return { columns: ["aqi", "primary", "class", "level", ...ITEMS.map((one) => `iaqi_${one.pollutant}`)], row };
}

/**
 * A few spellings make up millions of rows, so each is read once, and comparing them one by one is cheaper than hashing
 * each row's. A stream of ever new ones cannot make memory grow.
 */
function remembered(): (standard: string, mode: string, metric: string) => Report | string {
  const known: { readonly cells: readonly [string, string, string]; readonly report: Report | string }[] = [];
  return (standard, mode, metric) => {
    for (const { cells, report } of known) {
      if (cells[0] === standard && cells[2] === metric && cells[1] === mode) return report;
    }
    const report = readReport(standard, mode, metric);
    if (known.length < MOST_SPELLINGS) known.push({ cells: [standard, mode, metric], report });
    return report;
  };
}

const MOST_SPELLINGS = 20;

function readReport(standard: string, modeText: string, metric: string): Report | string {
  const edition = editionOfText(standard);
  if (edition === undefined) return `standard“${standard}”无法识别，应为 2012 或 2026`;
  const mode = modeOfText(modeText);
  if (mode === undefined) return `mode“${modeText}”无法识别，应为 daily 或 realtime`;
  const columns = ITEMS.map((one) => {
    const { pollutant } = one;
    const column = pollutant === "o3" ? ozoneColumn(edition, mode, metric) : TABLE_COLUMNS[mode][pollutant];
    return column === undefined ? undefined : rated(edition, column, one);
  });
  return { edition, columns, metricProblem: metricProblem(edition, mode, metric) };
}

/** HJ 633-2026 lets the index begin at 1. */
const ZERO_INDEX = "各项均为 0，AQI 为 0：2026 版的 AQI 从 1 起，请核对数据";

function indexCells(index: DayIndex): string {
  if (index.class === undefined) return "NA,NA,NA,NA";
  const primary = index.primary.map((one) => POLLUTANT_NAMES[one]).join(";");
  return `${index.aqi},${primary},${index.class.class},${index.class.level}`;
}

function nothing(error: string): RowResult {
  return { cells: "", error };
}

function metricProblem(edition: Edition, mode: Mode, metric: string): string {
  const known = mode === "realtime" ? "1h" : edition === "2012" ? "8h_daily_max 或 1h" : "8h_daily_max";
  return `o3_metric“${metric}”不能用于 ${edition} 版 ${mode}，应为 ${known}`;
}

function cellProblem(one: Item, cell: string, steps: number, most: number): string {
  if (steps === NOT_A_NUMBER) return `${one.column}“${cell}”不是数字`;
  if (steps === NEGATIVE) return `${one.column} 为负数（${cell}）`;
  const { unit } = indicatorOf(one.pollutant);
  const guess = one.pollutant === "co" ? "，像是 µg/m³，请除以 1000 后再算" : "，请核对单位";
  return `${one.column} ${cell} 超过可信上限 ${most / 10 ** one.decimals} ${unit}${guess}`;
}

/** Most cells have no spaces around them, and `trim` makes a new string each time. */
function trimmed(cell: string): string {
  const last = cell.length - 1;
  return last >= 0 && (cell.charCodeAt(0) <= SPACE || cell.charCodeAt(last) <= SPACE) ? cell.trim() : cell;
}

const SPACE = 32;
