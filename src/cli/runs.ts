/** `duibiao runs`: months in a row in the worst n, and what is left of the plan's allowance. */
import Table from "cli-table3";
import { type MonthRuns, monthRuns } from "../analysis/month-runs.ts";
import { statIndicator } from "../analysis/stat-indicators.ts";
import { fault } from "../domain/faults.ts";
import { placeFinder, requirePlace } from "../domain/place-finder.ts";
import { dayNumber, dayParts } from "../domain/time.ts";
import { parsePolicies } from "../standards/policy.ts";
import { stateAsOf } from "./as-of.ts";
import { command } from "./command.ts";
import { plansOfYear, planYearOf } from "./plan-targets.ts";
import { lastDayOver } from "./question.ts";

/** The allowance of the plans: three months in a row in the worst thirty is too many. */
const DEFAULTS = { cut: "30", limit: "3" };

export const runs = command({
  name: "runs",
  zh: "连续进入后列的月数：街乡或道路，已连续几个月、还可再进几个月（公布排名优先，没有公布的月份按推算并注明）",
  words: [{ name: "<indicator>", zh: "指标：road_dust_load tsp pm25 …" }],
  options: {
    kind: { type: "string", value: "township|road", zh: "地点类别（默认 township）" },
    among: { type: "string", value: "区", zh: "只列某区的（默认计划所属的区）；city 为全市" },
    year: { type: "string", value: "YYYY", zh: "年份（默认昨天所在年）；不接上年" },
    worst: { type: "string", value: "N", zh: "后 N 名（默认 30）" },
    limit: { type: "string", value: "M", zh: "连续满 M 个月为未达标（默认 3）" },
    policy: { type: "string", value: "名=值", zh: "口径，例如 runGap=skips；可重复", multiple: true },
    "as-of": { type: "string", value: "X", zh: "按某一批次号或时刻的数据状态计算" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: ["duibiao runs road_dust_load --kind road", "duibiao runs tsp --among 朝阳区 --year 2026 --json"],
  async run([code = ""], options, effects) {
    const indicator = statIndicator(code);
    const kind = options.kind ?? "township";
    if (kind !== "township" && kind !== "road") {
      throw fault("option.value", { option: "kind", given: kind, expected: "township | road" });
    }
    const now = lastDayOver(effects.now());
    const year = options.year === undefined ? dayParts(now).year : wholeOf("year", options.year);
    const first = dayNumber(year, 1, 1);
    if (first === undefined || first > now) {
      throw fault("option.value", { option: "year", given: String(year), expected: "1992 年以后、已开始的年份" });
    }
    const store = await effects.openStore();
    const finder = placeFinder(await store.places());
    const [plan] = await plansOfYear(await planYearOf(undefined, effects.now(), store.dir), store.dir);
    const named = options.among === "city" ? "110000" : (options.among ?? plan?.place ?? "110000");
    const state = await stateAsOf(store, options["as-of"]);
    const found = await monthRuns(state.store, {
      indicator,
      among: requirePlace(finder, named, "--among"),
      kind,
      year,
      cut: wholeOf("worst", options.worst ?? DEFAULTS.cut),
      limit: wholeOf("limit", options.limit ?? DEFAULTS.limit),
      policies: parsePolicies(options.policy),
      today: now,
      daily: await state.dailyOf({ first, last: Math.min(now, first + 366) }),
      asOf: state.batch,
    });
    if (options.json) effects.out(JSON.stringify(runsJson(found)));
    else for (const line of runLines(found)) effects.out(line);
    return 0;
  },
});

function wholeOf(option: string, text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw fault("option.value", { option, given: text, expected: "1 以上的整数" });
}

function runsJson({ question, months, rows }: MonthRuns): Readonly<Record<string, unknown>> {
  return {
    indicator: question.indicator.code,
    kind: question.kind,
    among: question.among.name,
    year: question.year,
    worst: question.cut,
    limit: question.limit,
    runGap: question.policies.runGap,
    months: months.map(({ month, source }) => ({ month: month.text, source })),
    rows: rows.map(({ place, ranks, inside, longest, current, budgetLeft, reach }) => ({
      place: place.name,
      code: place.code,
      ranks: ranks.map((rank) => rank ?? null),
      inside: inside.map((one) => one ?? null),
      longest,
      current,
      budgetLeft,
      reach,
    })),
  };
}

const SOURCE_ZH = { published: "", computed: "推算", none: "无" } as const;
const REACH_ZH = { safe: "今年不会再超", open: "仍可能", out_of_reach: "已超" } as const;

function runLines({ question, months, rows }: MonthRuns): readonly string[] {
  const { indicator, among, year, cut, limit } = question;
  const title = `${among.name} ${year} 年 ${indicator.zh} 进入全市后 ${cut} 名的月份（连续满 ${limit} 个月为未达标）`;
  if (rows.length === 0) return [title, "  没有进入过"];
  const table = new Table({
    head: [
      "地点",
      ...months.map(({ month, source }) => `${month.text.slice(5)}${SOURCE_ZH[source]}`),
      "最长",
      "当前",
      "还可再进",
      "",
    ],
    style: { head: [], border: [] },
  });
  for (const row of rows) {
    const cells = row.inside.map((one) => (one === undefined ? "·" : one ? "●" : ""));
    table.push([row.place.name, ...cells, row.longest, row.current, row.budgetLeft, REACH_ZH[row.reach]]);
  }
  return [title, ...table.toString().split("\n")];
}
