/** `duibiao calc outlook`: the outlook of each row's figures so far; CSV in and CSV out, no store. */

import { goodDaysOutlook, heavyDaysOutlook, meanOutlook, runOutlook, type YearSoFar } from "../../analysis/outlook.ts";
import { type Exact, fractionText, parseExact, toNumber } from "../../domain/exact.ts";
import { type DayNumber, dayNumber, dayParts, daysInYear, dayText, parseDay } from "../../domain/time.ts";
import { decimalText } from "../../standards/gbt8170.ts";
import { type Policies, parsePolicies } from "../../standards/policy.ts";
import { command } from "../command.ts";
import { appendColumns, type Columns, type RowResult, type RowWork, requireColumns } from "./csv-stream.ts";

/** In the order of the output. */
const RESULTS = [
  "N",
  "elapsed",
  "remaining",
  "days_counted",
  "denominator",
  "needed_fraction",
  "needed_4",
  "needed_0",
  "required_total",
  "more_needed",
  "budget_left",
  "longest_run",
  "current_run",
  "reach",
] as const;

type Results = Partial<Record<(typeof RESULTS)[number], string | number>>;

export const calcOutlook = command({
  name: "calc outlook",
  zh: "按各行的目标和目前数值推算余下须守住多少（标准输入 CSV → 标准输出 CSV）",
  words: [],
  options: {
    map: { type: "string", value: "原列名=标准列名", zh: "改列名；可重复", multiple: true },
    policy: { type: "string", value: "NAME=V", zh: "口径，例如 runGap=skips；可重复", multiple: true },
  },
  examples: ["duibiao calc outlook < cases.csv"],

  async run(_words, { map, policy }, effects) {
    const policies = parsePolicies(policy ?? []);
    await appendColumns(effects, map ?? [], (columns) => outlookWork(columns, policies));
    return 0;
  },
});

/** Kinds: `mean`, `good_ratio`, `heavy`, `consecutive`; variants `calendar` (default) and `valid`. */
function outlookWork(columns: Columns, policies: Policies): RowWork {
  requireColumns(columns, ["kind", "comparator", "target"]);
  const row = (cells: readonly string[]): RowResult => {
    const cell = (name: string): string => (columns.at(name) === -1 ? "" : (cells[columns.at(name)] ?? "").trim());
    const found = answerOf(cell, policies);
    if (typeof found === "string") return { cells: "", error: found };
    return { cells: RESULTS.map((name) => found[name] ?? "").join(","), error: "" };
  };
  return { columns: RESULTS, row };
}

type Cell = (name: string) => string;

function answerOf(cell: Cell, policies: Policies): Results | string {
  const kind = cell("kind");
  const target = parseExact(cell("target"));
  if (target === undefined) return `target“${cell("target")}”不是数字`;
  if (kind === "consecutive") return runOf(cell, target, policies);
  if (!["mean", "good_ratio", "heavy"].includes(kind)) {
    return `kind“${kind}”应为 mean、good_ratio、heavy 或 consecutive`;
  }
  const year = yearOf(cell);
  if (typeof year === "string") return year;
  const comparator = cell("comparator");
  const wanted = kind === "good_ratio" ? [">", ">="] : ["<", "<="];
  if (!wanted.includes(comparator)) return `comparator“${comparator}”应为 ${wanted.join(" 或 ")}`;
  const base: Results = {
    N: year.days,
    elapsed: year.elapsed,
    remaining: year.days - year.elapsed,
    days_counted: year.counted,
  };
  if (kind === "mean") return meanOf(cell, year, target, comparator as "<" | "<=", base);
  const days = countOf(cell(kind === "good_ratio" ? "good_so_far" : "heavy_so_far"));
  if (days === undefined) return `${kind === "good_ratio" ? "good_so_far" : "heavy_so_far"} 应为 0 以上的整数`;
  if (days > year.counted) return `目前的天数 ${days} 多于计入的 ${year.counted} 天`;
  if (kind === "heavy") {
    const found = heavyDaysOutlook(year, days, target, comparator as "<" | "<=", cell("unit") === "%");
    const { denominator, allowed, budgetLeft, reach } = found;
    return { ...base, denominator, required_total: allowed, budget_left: budgetLeft, reach };
  }
  const found = goodDaysOutlook(year, days, target, comparator as ">" | ">=");
  return {
    ...base,
    denominator: found.denominator,
    ...(found.needed === undefined ? {} : { needed_fraction: fractionText(found.needed) }),
    required_total: found.required,
    more_needed: found.moreNeeded,
    budget_left: found.budgetLeft,
    reach: found.reach,
  };
}

function meanOf(cell: Cell, year: YearSoFar, target: Exact, comparator: "<" | "<=", base: Results): Results | string {
  const soFar = parseExact(cell("mean_so_far"));
  if (soFar === undefined) return `mean_so_far“${cell("mean_so_far")}”不是数字`;
  const bounds: { low?: Exact; high?: Exact } = {};
  for (const [name, key] of [
    ["low_bound", "low"],
    ["high_bound", "high"],
  ] as const) {
    const text = cell(name);
    if (text === "") continue;
    const bound = parseExact(text);
    if (bound === undefined) return `${name}“${text}”不是数字`;
    bounds[key] = bound;
  }
  const { needed, reach } = meanOutlook(year, soFar, target, comparator, bounds);
  if (needed === undefined) return { ...base, reach };
  return {
    ...base,
    needed_fraction: fractionText(needed),
    needed_4: decimalText(needed, 4),
    needed_0: decimalText(needed, 0),
    reach,
  };
}

function runOf(cell: Cell, target: Exact, { runGap }: Policies): Results | string {
  const flags = cell("flags");
  if (!/^[01.]*$/.test(flags)) return `flags“${flags}”只能由 1（进入）、0（未进入）和 .（无数据）组成`;
  const monthsLeft = countOf(cell("months_left"));
  if (monthsLeft === undefined) return `months_left“${cell("months_left")}”应为 0 以上的整数`;
  const limit = toNumber(target);
  if (!Number.isInteger(limit) || limit < 1) return `target“${cell("target")}”应为 1 以上的整数`;
  const months = [...flags].map((flag) => (flag === "." ? undefined : flag === "1"));
  const { longest, current, budgetLeft, reach } = runOutlook(months, monthsLeft, limit, runGap);
  return { remaining: monthsLeft, budget_left: budgetLeft, longest_run: longest, current_run: current, reach };
}

function yearOf(cell: Cell): YearSoFar | string {
  let at: DayNumber;
  try {
    at = parseDay(cell("at"));
  } catch {
    return `at“${cell("at")}”不是日期，应写成 2024-06-30`;
  }
  const year = cell("year") === "" ? dayParts(at).year : Number(cell("year"));
  const first = Number.isInteger(year) ? dayNumber(year, 1, 1) : undefined;
  if (first === undefined) return `year“${cell("year")}”不是年份`;
  const days = daysInYear(year);
  const elapsed = at - first + 1;
  if (elapsed < 1 || elapsed > days) return `at ${dayText(at)} 不在 ${year} 年内`;
  const variant = cell("variant") || "calendar";
  if (variant !== "calendar" && variant !== "valid") return `variant“${variant}”应为 calendar 或 valid`;
  if (variant === "calendar") return { days, elapsed, counted: elapsed };
  const counted = countOf(cell("valid_days"));
  if (counted === undefined || counted > elapsed) return `valid_days“${cell("valid_days")}”应为 0 到 ${elapsed} 的整数`;
  return { days, elapsed, counted };
}

function countOf(text: string): number | undefined {
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}
