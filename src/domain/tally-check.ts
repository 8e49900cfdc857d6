/** Checking tallies as they are typed: each row becomes an entry, or says what is wrong with it, cell by cell. */
import { compare, divide, type Exact, exact, multiply } from "./exact.ts";
import { type Fault, fault, type Where } from "./faults.ts";
import type { Target } from "./plan.ts";
import { parsePlanValue } from "./plan-value.ts";
import { TALLY_COLUMNS, type Tally, type TallyColumn, type TallyRow, takesTallies, tallyKey } from "./tally.ts";
import { dayCell, numberCell, sameUnit } from "./tally-cell.ts";
import { type DayNumber, dayNumber, dayText } from "./time.ts";

/** What rows are checked against. `today` is the last day a figure can be of. */
export type TallyRules = { readonly targets: ReadonlyMap<string, Target>; readonly today: DayNumber };

export type CheckedTallies = { readonly entries: readonly Tally[]; readonly faults: readonly Fault[] };

const HUNDRED = exact(100);

/**
 * All rows of one hand-in. When any has a fault none should be kept: a half-entered sheet is worse than none.
 *
 * @param where says for each row where it stands; the column is added to it
 * @returns faults `tally.target-unknown`, `tally.not-tallied`, `tally.cell-missing`, `tally.unit-mismatch`,
 * `tally.date`, `tally.future`, `tally.early`, `tally.part`, `tally.share-above`, `tally.share-mismatch`,
 * `tally.duplicate`, `value.negative`, `value.not-number`
 */
export function checkTallies(
  rows: readonly TallyRow[],
  rules: TallyRules,
  where: (row: number) => Where = () => ({}),
): CheckedTallies {
  const entries: Tally[] = [];
  const faults: Fault[] = [];
  const firstRow = new Map<string, number>();
  rows.forEach((row, n) => {
    const found = checkTally(row, rules, where(n));
    faults.push(...found.faults);
    const { entry } = found;
    if (entry === undefined) return;
    const first = firstRow.get(tallyKey(entry));
    if (first === undefined) {
      firstRow.set(tallyKey(entry), n);
      entries.push(entry);
      return;
    }
    const other = where(first).line ?? first + 1;
    const params = { id: entry.target, date: dayText(entry.date), other };
    faults.push(fault("tally.duplicate", params, { ...where(n), column: TALLY_COLUMNS.target }));
  });
  return { entries, faults };
}

/** One row. There is an entry only when it has no fault. */
export function checkTally(
  row: TallyRow,
  { targets, today }: TallyRules,
  where: Where = {},
): { readonly entry: Tally | undefined; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const at = (column: TallyColumn): Where => ({ ...where, column: TALLY_COLUMNS[column] });
  const cell = (column: TallyColumn) => row[column]?.trim() ?? "";
  const needed = (column: TallyColumn) => {
    if (cell(column) === "") faults.push(fault("tally.cell-missing", { column: TALLY_COLUMNS[column] }, at(column)));
    return cell(column);
  };
  const number = (column: TallyColumn): Exact | undefined => {
    const given = cell(column);
    if (given === "") return undefined;
    const what = TALLY_COLUMNS[column];
    const value = numberCell(given);
    if (value === undefined) faults.push(fault("value.not-number", { what, given }, at(column)));
    else if (value.num < 0n) faults.push(fault("value.negative", { what, given }, at(column)));
    return value;
  };

  const id = needed("target");
  const target = targets.get(id);
  if (id !== "" && target === undefined) faults.push(fault("tally.target-unknown", { given: id }, at("target")));
  if (target !== undefined && !takesTallies(target)) faults.push(fault("tally.not-tallied", { id }, at("target")));

  const date = needed("date") === "" ? undefined : dayCell(cell("date"));
  if (cell("date") !== "" && date === undefined) faults.push(fault("tally.date", { given: cell("date") }, at("date")));
  if (date !== undefined && date > today) {
    faults.push(fault("tally.future", { given: dayText(date), today: dayText(today) }, at("date")));
  }
  if (date !== undefined && target !== undefined && date < (dayNumber(target.year, 1, 1) ?? 0)) {
    faults.push(fault("tally.early", { given: dayText(date), year: target.year }, at("date")));
  }

  const unit = target?.unit === "" ? cell("unit") : needed("unit");
  if (target !== undefined && unit !== "" && !sameUnit(unit, target.unit)) {
    faults.push(fault("tally.unit-mismatch", { given: unit, expected: target.unit || "（无）" }, at("unit")));
  }
  const part = cell("part");
  if (target !== undefined && !knowsPart(target, part)) {
    const known = target.scope.names.join("、") || "（空）";
    faults.push(fault("tally.part", { given: part, known }, at("part")));
  }

  const [numerator, denominator, base, typed] = [
    number("numerator"),
    number("denominator"),
    number("base"),
    number("value"),
  ];
  const whole = target === undefined ? undefined : wholeOf(target);
  const share = shareOf(numerator, denominator, whole);
  if (share === "no-denominator")
    faults.push(fault("tally.cell-missing", { column: TALLY_COLUMNS.denominator }, at("denominator")));
  const computed = typeof share === "string" ? undefined : share;
  if (typed === undefined && computed === undefined && cell("value") === "") needed("value");
  const value = typed ?? computed;
  if (whole !== undefined && value !== undefined && compare(value, whole) > 0) {
    const column = typed === undefined ? "numerator" : "value";
    faults.push(fault("tally.share-above", { given: cell(column), unit: target?.unit ?? "" }, at(column)));
  }
  if (typed !== undefined && computed !== undefined && !agrees(typed, computed, cell("value"))) {
    faults.push(
      fault(
        "tally.share-mismatch",
        { given: cell("value"), numerator: cell("numerator"), denominator: cell("denominator") },
        at("value"),
      ),
    );
  }
  const reporter = needed("reporter");
  const department = needed("department");
  const note = cell("note");

  if (faults.length > 0 || target?.tally === undefined || date === undefined || value === undefined) {
    return { entry: undefined, faults };
  }
  // The computed share is exact where the typed one was rounded by hand.
  const exactValue = computed ?? value;
  const figures = { value: exactValue, numerator, denominator, base };
  return {
    entry: { target: id, part, date, kind: target.tally, unit: target.unit, ...figures, reporter, department, note },
    faults,
  };
}

/** 100 for a share in percent, 1 for a share without unit (one third), nothing for anything else. */
function wholeOf(target: Target): Exact | undefined {
  // A fall in percent is no share of anything.
  if (target.unit === "%") return target.comparator === "decrease_by" ? undefined : HUNDRED;
  const wanted = target.value === undefined ? undefined : parsePlanValue(target.value);
  return target.unit === "" && wanted !== undefined && wanted.num < wanted.den ? exact(1) : undefined;
}

function shareOf(
  numerator: Exact | undefined,
  denominator: Exact | undefined,
  whole: Exact | undefined,
): Exact | "no-denominator" | undefined {
  if (numerator === undefined || whole === undefined) return undefined;
  if (denominator === undefined || denominator.num === 0n) return "no-denominator";
  return multiply(divide(numerator, denominator), whole);
}

/** A typed share agrees with its parts when they are less than one unit of its last digit apart. */
function agrees(typed: Exact, computed: Exact, text: string): boolean {
  const step = exact(`1e-${text.split(".")[1]?.length ?? 0}`);
  const gap = { num: typed.num * computed.den - computed.num * typed.den, den: typed.den * computed.den };
  return compare({ num: gap.num < 0n ? -gap.num : gap.num, den: gap.den }, step) < 0;
}

function knowsPart(target: Target, part: string): boolean {
  const { kind, names, placeKind } = target.scope;
  if (kind !== "each") return part === "";
  return placeKind !== undefined || names.includes(part);
}
