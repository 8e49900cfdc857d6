/** Months in a row among the worst of the city, for each target of the plan that limits them. */
import { monthRuns, type PlaceRun } from "../../../src/analysis/month-runs.ts";
import { statIndicator } from "../../../src/analysis/stat-indicators.ts";
import type { Plan, Target } from "../../../src/domain/plan.ts";
import { type DayNumber, dayParts } from "../../../src/domain/time.ts";
import type { RunTable } from "../district-data.ts";
import type { Scene } from "./question.ts";

/** Rows of a table: who is inside now, or was for two months in a row; the rest is noise. */
const WORTH_TELLING = 2;

/** Tables of places the plan binds, judged on the day `at`; none where no list was published and nothing computed. */
export async function runTables(scene: Scene, plans: readonly Plan[], at: DayNumber): Promise<readonly RunTable[]> {
  const targets = plans.filter((plan) => plan.place === scene.place.code).flatMap((plan) => plan.targets);
  const tables: RunTable[] = [];
  for (const target of targets.filter((one) => one.comparator === "not_n_months_running")) {
    tables.push(...(await tableOf(scene, target, at)));
  }
  return tables;
}

async function tableOf({ store, place, policies }: Scene, target: Target, at: DayNumber): Promise<readonly RunTable[]> {
  const { indicator, cut, value, scope } = target;
  if (indicator === undefined || cut === undefined || value === undefined || scope.placeKind === undefined) return [];
  const runs = await monthRuns(store, {
    indicator: statIndicator(indicator),
    among: place,
    kind: scope.placeKind,
    year: dayParts(at).year,
    cut: Number(cut),
    limit: Number(value),
    policies,
    today: at,
  });
  if (runs.months.every(({ source }) => source === "none")) return [];
  const rows = runs.rows.filter((row) => row.longest >= WORTH_TELLING || row.current > 0);
  const monthsOf = (row: PlaceRun): RunTable["rows"][number]["months"] =>
    runs.months.map(({ month, source }, index) => {
      const inside = row.inside[index] === true;
      // Of a place off a published list only the best possible rank is known, which is no rank to print.
      const rank = source === "computed" || inside ? row.ranks[index] : undefined;
      const zh = `${dayParts(month.first).month}月`;
      return rank === undefined ? { month: zh, inside } : { month: zh, rank, inside };
    });
  return [
    {
      zh: `${scope.zh}（${statIndicator(indicator).zh}）`,
      cut: Number(cut),
      limit: Number(value),
      computed: runs.months.some(({ source }) => source === "computed"),
      rows: rows.map((row) => ({
        place: row.place.name,
        months: monthsOf(row),
        current: row.current,
        longest: row.longest,
      })),
    },
  ];
}
