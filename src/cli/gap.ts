/** `duibiao gap`: how far a township is from leaving the worst 30 and 10, and what it would take. */
import Table from "cli-table3";
import { type Gap, gapOf } from "../analysis/gap.ts";
import { statIndicator } from "../analysis/stat-indicators.ts";
import { type Exact, toNumber } from "../domain/exact.ts";
import { fault } from "../domain/faults.ts";
import { monthOf, parsePeriod, periodZh } from "../domain/period.ts";
import { placeFinder, requirePlace } from "../domain/place-finder.ts";
import { dayParts, dayText } from "../domain/time.ts";
import { decimalText } from "../standards/gbt8170.ts";
import { parsePolicies } from "../standards/policy.ts";
import { stateAsOf } from "./as-of.ts";
import { command } from "./command.ts";
import { lastDayOver } from "./question.ts";

/** The lists plans speak of. */
const CUTS = [30, 10];

export const gap = command({
  name: "gap",
  zh: "差距：街乡离开全市后 30、后 10 还差多少，余下日子须多低，前后邻居，哪些天代价最大",
  words: [{ name: "<township>", zh: "街乡：代码或名称" }],
  options: {
    indicator: { type: "string", value: "I", zh: "指标（默认 pm25），例如 tsp、road_dust_load" },
    period: { type: "string", value: "T", zh: "时段（默认昨天所在的月）；2026-01..2026-10 为累计" },
    worst: { type: "string", value: "N", zh: "后 N 名（默认 30 和 10）" },
    policy: { type: "string", value: "名=值", zh: "口径，可重复", multiple: true },
    "as-of": { type: "string", value: "X", zh: "按某一批次号或时刻的数据状态计算" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: [
    "duibiao gap 大屯街道 --indicator pm25 --period 2026-10",
    "duibiao gap 110105025 --indicator tsp --period 2026 --json",
  ],
  async run([name = ""], options, effects) {
    const indicator = statIndicator(options.indicator ?? "pm25");
    if (indicator.kind !== "measured") {
      throw fault("option.value", {
        option: "indicator",
        given: indicator.code,
        expected: "直接监测的指标，例如 pm25 tsp",
      });
    }
    const today = lastDayOver(effects.now());
    const { year, month } = dayParts(today);
    const period = options.period === undefined ? monthOf(year, month) : parsePeriod(options.period);
    const cuts = options.worst === undefined ? CUTS : [cutOf(options.worst)];
    const store = await effects.openStore();
    const place = requirePlace(placeFinder(await store.places()), name, "<township>");
    const state = await stateAsOf(store, options["as-of"]);
    const daily = await state.dailyOf(period);
    const policies = parsePolicies(options.policy);
    const found = await gapOf(state.store, { place, indicator, period, cuts, policies, today, daily });
    if (options.json) effects.out(JSON.stringify(gapJson(found)));
    else for (const line of gapLines(found)) effects.out(line);
    return 0;
  },
});

function cutOf(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw fault("option.value", { option: "worst", given: text, expected: "1 以上的整数" });
}

function gapJson(gap: Gap): Readonly<Record<string, unknown>> {
  const { question, ranking, row, missing } = gap;
  const number = (value: Exact | undefined): number | null => (value === undefined ? null : toNumber(value));
  return {
    place: question.place.name,
    code: question.place.code,
    indicator: question.indicator.code,
    period: question.period.text,
    unit: ranking.unit,
    n: ranking.n,
    rank: row?.rank ?? null,
    value: number(row?.value),
    rounded: number(row?.rounded),
    tied: row?.tied ?? false,
    ...(missing === undefined || missing.valid === true ? {} : { reason: missing.valid.zh }),
    remainingDays: gap.remainingDays,
    cuts: gap.cuts.map((one) => ({
      worst: one.cut,
      inside: one.inside,
      highestOutside: number(one.highestOutside),
      distance: number(one.distance),
      neededRest: number(one.neededRest),
      reach: one.reach,
    })),
    neighbours: gap.neighbours.map(({ rank, item, rounded, tied }) => ({
      rank,
      place: item.place.name,
      code: item.place.code,
      rounded: number(rounded),
      tied,
    })),
    districtMean: number(gap.districtMean),
    contributions: gap.contributions.map(({ place, value, lifts }) => ({
      place: place.name,
      code: place.code,
      value: number(value),
      lifts: number(lifts),
    })),
    days: gap.days.map(({ day, value, lifts }) => ({ day: dayText(day), value: number(value), lifts: number(lifts) })),
  };
}

const REACH_ZH = { safe: "无论如何都在外", open: "可以做到", out_of_reach: "已做不到" } as const;

function gapLines(gap: Gap): readonly string[] {
  const { question, ranking, row, missing } = gap;
  const { decimals, unit } = ranking;
  const title = `${question.place.name} ${periodZh(question.period)} ${question.indicator.zh}（全市 ${ranking.n} 个，倒序）`;
  if (row === undefined) {
    return [title, `  没有名次：${missing === undefined || missing.valid === true ? "没有数据" : missing.valid.zh}`];
  }
  const table = new Table({ head: ["名次", "地点", unit], style: { head: [], border: [] } });
  for (const one of gap.neighbours) table.push([one.rank, one.item.place.name, decimalText(one.rounded, decimals)]);
  return [
    title,
    `  第 ${row.rank} 名${row.tied ? "（并列）" : ""}，${decimalText(row.rounded, decimals)} ${unit}（未修约 ${decimalText(row.value, 4)}）`,
    ...gap.cuts.map((one) => {
      const rest =
        one.neededRest === undefined
          ? ""
          : `；余 ${gap.remainingDays} 天平均不超过 ${decimalText(one.neededRest, 1)}（${REACH_ZH[one.reach]}）`;
      const far = one.inside
        ? `在内，须降 ${decimalText(one.distance, decimals)}`
        : `在外，再升 ${decimalText(one.distance, decimals)} 就进入`;
      return `  后 ${one.cut} 名：${far}，离开须不高于 ${decimalText(one.highestOutside, decimals)}${rest}`;
    }),
    ...table.toString().split("\n"),
    ...(gap.days.length === 0 ? [] : ["代价最大的日子："]),
    ...gap.days.map(
      ({ day, value, lifts }) =>
        `  ${dayText(day)}  ${decimalText(value, decimals)}，拉高均值 ${decimalText(lifts, 2)}`,
    ),
    ...(gap.contributions.length === 0 ? [] : ["对全区街乡均值拉高最多的："]),
    ...gap.contributions.slice(0, 5).map(({ place, lifts }) => `  ${place.name}  ${decimalText(lifts, 3)}`),
  ];
}
