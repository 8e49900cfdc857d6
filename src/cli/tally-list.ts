/** `duibiao tally list`: what was reported, corrections on request, and who has not reported for a period. */
import { toNumber } from "../domain/exact.ts";
import { parsePeriod } from "../domain/period.ts";
import { currentTallies, type StoredTally, TALLY_COLUMNS } from "../domain/tally.ts";
import { dayText, minuteText } from "../domain/time.ts";
import { command } from "./command.ts";
import { planYearOf, targetsOfYear } from "./plan-targets.ts";

export const tallyList = command({
  name: "tally list",
  zh: "列出已填报的进展；加 --overdue 列出某时段谁还没报",
  words: [],
  options: {
    plan: { type: "string", value: "YYYY", zh: "计划年份；默认今年，没有今年的计划则取最近一年" },
    unit: { type: "string", value: "U", zh: "只列这个单位" },
    target: { type: "string", value: "ID", zh: "只列这个目标" },
    history: { type: "boolean", zh: "连同被更正的旧数" },
    overdue: { type: "string", value: "T", zh: "列出这个时段内没有填报的单位和目标，如 2024-06" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: ["duibiao tally list --unit 区水务局", "duibiao tally list --overdue 2024-06"],

  async run(_words, { plan, unit, target, history, overdue, json }, { now, storeDir, openStore, out }) {
    const targets = await targetsOfYear(await planYearOf(plan, now(), storeDir), storeDir);
    const { listTallies } = await import("../store/tallies.ts");
    const all = await listTallies((await openStore()).sql);
    const wanted = targets.filter((one) => target === undefined || one.id === target);
    if (overdue !== undefined) {
      const { overdueTallies } = await import("../analysis/tally-duty.ts");
      const owed = overdueTallies(wanted, all, parsePeriod(overdue)).filter(
        (one) => unit === undefined || one.department === unit,
      );
      const rows = owed.map(({ department, target: { id, metric }, part }) => ({
        department,
        target: id,
        part,
        metric,
      }));
      if (json) out(JSON.stringify(rows));
      else
        for (const row of rows)
          out([row.department, row.target, row.metric + (row.part && `（${row.part}）`)].join("\t"));
      return 0;
    }
    const ids = new Set(wanted.map((one) => one.id));
    const current = new Set(currentTallies(all).map((one) => one.id));
    const rows = all
      .filter((one) => ids.has(one.target) && (unit === undefined || one.department === unit))
      .filter((one) => history === true || current.has(one.id))
      .map((one) => rowOf(one, current.has(one.id)));
    if (json) out(JSON.stringify(rows));
    else {
      out([...Object.values(TALLY_COLUMNS), "录入时间", "现行"].join("\t"));
      for (const row of rows) out(Object.values(row).slice(1).join("\t"));
    }
    return 0;
  },
});

/** In the order of the sheet's columns, after the id. */
function rowOf(entry: StoredTally, current: boolean) {
  const figure = (value: StoredTally["base"]) => (value === undefined ? undefined : toNumber(value));
  return {
    id: entry.id,
    target: entry.target,
    part: entry.part,
    date: dayText(entry.date),
    value: toNumber(entry.value),
    unit: entry.unit,
    numerator: figure(entry.numerator),
    denominator: figure(entry.denominator),
    base: figure(entry.base),
    reporter: entry.reporter,
    department: entry.department,
    note: entry.note,
    enteredAt: minuteText(entry.enteredAt),
    current,
  };
}
