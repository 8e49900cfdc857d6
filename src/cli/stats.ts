/** `duibiao stats`: one statistic of one place over one period, with what it rests on. */
import { behindZh } from "../analysis/behind.ts";
import { COUNT_INDICATORS } from "../analysis/day-counts.ts";
import { exceedanceZh } from "../analysis/exceedance.ts";
import { askStatistics, type StatAnswer, statJson } from "../analysis/stat-answer.ts";
import { STATISTIC_ZH } from "../analysis/statistic.ts";
import { periodZh } from "../domain/period.ts";
import { placeFinder, requirePlace } from "../domain/place-finder.ts";
import { decimalText } from "../standards/gbt8170.ts";
import { refuseAbsent, refuseBeforeData } from "./answerable.ts";
import { stateAsOf } from "./as-of.ts";
import { command } from "./command.ts";
import { QUESTION_OPTIONS, readQuestion } from "./question.ts";

export const stats = command({
  name: "stats",
  zh: "统计值：一个指标、一个地点、一个时段，附依据",
  words: [{ name: "<indicator>", zh: "指标：pm25 o3 good_day_ratio aqi composite_index …" }],
  options: {
    place: { type: "string", value: "P", zh: "地点：代码或名称，可写 station:密云", required: true },
    ...QUESTION_OPTIONS,
    "as-of": { type: "string", value: "X", zh: "按某一批次号或时刻的数据状态计算" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: [
    "duibiao stats pm25 --place 朝阳区 --period 2015",
    "duibiao stats aqi --place station:东四 --period 2015-03-14 --json",
    "duibiao stats good_day_ratio --place 110105 --period 2015 --policy goodDayDenominator=calendar",
  ],
  async run([indicator = ""], options, effects) {
    const question = readQuestion(indicator, options, effects.now());
    const store = await effects.openStore();
    await refuseBeforeData(store, question.period);
    const place = requirePlace(placeFinder(await store.places()), options.place);
    const state = await stateAsOf(store, options["as-of"]);
    const daily = await state.dailyOf(question.period);
    const [answer] = await askStatistics(state.store, { ...question, places: [place], daily });
    if (answer === undefined) return 2;
    await refuseAbsent(store, question.indicator, place, answer);
    if (options.json) effects.out(JSON.stringify(statJson(answer)));
    else for (const line of statLines(answer, question.indicator.zh)) effects.out(line);
    return 0;
  },
});

function statLines(answer: StatAnswer, indicatorZh: string): readonly string[] {
  const { value, decimals, unit, valid, n, expected, count, day, water } = answer;
  const word = water?.class ?? water?.status;
  const figure = value === undefined ? "—" : `${decimalText(value, decimals)}${unit === "" ? "" : ` ${unit}`}`;
  const number = word ?? figure;
  const isFigure = value !== undefined && answer.statistic !== "count" && word === undefined;
  const full = isFigure ? `（未修约 ${decimalText(value, 6)}）` : "";
  const lines = [
    `${answer.place.name} ${periodZh(answer.period)} ${indicatorZh} ${answer.statistic === "count" ? "" : STATISTIC_ZH[answer.statistic]}`,
    `  ${valid === true ? number : `${number}  数据不足：${valid.zh}`}${valid === true ? full : ""}`,
    `  有效 ${n} / 应有 ${expected}${answer.validMonths === undefined ? "" : `，有效月 ${answer.validMonths} 个`}${answer.behind === undefined ? "" : `；${behindZh(answer.behind)}`}`,
  ];
  if (answer.dust !== undefined) {
    const { periods, hours, days, daysLost } = answer.dust;
    lines.push(`  扣除申报的沙尘 ${periods} 段：${hours} 个小时值，涉及 ${days} 天，因此少 ${daysLost} 个有效日`);
  }
  if (day !== undefined) {
    lines.push(
      `  级别 ${day.class?.class ?? "NA"}；首要污染物 ${day.primary.join("、") || "无"}；有数据项的 AQI ${day.available ?? "—"}`,
    );
  }
  if (count !== undefined) {
    const word = (text: string): string =>
      `${text}${COUNT_INDICATORS[count.indicator as keyof typeof COUNT_INDICATORS].unit}`;
    lines.push(
      `  缺数据的日子两头算：${word(decimalText(count.low, decimals))} ～ ${word(decimalText(count.high, decimals))}`,
      `  ${Object.entries(count.counts.classes)
        .map(([name, days]) => `${name} ${days}`)
        .join("  ")}`,
    );
    const aid = exceedanceZh(count.counts);
    if (aid !== undefined) lines.push(`  ${aid}`);
  }
  if (water !== undefined) lines.push(...waterLines(water));
  const policies = Object.entries(answer.policies).map(([name, used]) => `${name}=${used}`);
  const edition = answer.editions.length === 0 ? [] : [`标准版本 ${answer.editions.join("+")}`];
  const used = policies.length === 0 ? [] : [`口径 ${policies.join(" ")}`];
  if (edition.length + used.length > 0) lines.push(`  ${[...edition, ...used].join("；")}`);
  return lines;
}

function waterLines(water: NonNullable<StatAnswer["water"]>): readonly string[] {
  const { deciding = [], mainItems = "", target, reached, status, method, counts, sections, assessed, met } = water;
  const reach =
    target === undefined ? "" : `；目标 ${target}，${reached === undefined ? "不可判定" : reached ? "达标" : "未达标"}`;
  const by = method === "mean" ? "断面少于 5 个，按平均浓度" : "按断面比例";
  return [
    ...(deciding.length > 0 ? [`  决定类别的项目 ${deciding.join("、")}${reach}`] : []),
    ...(mainItems === "" ? [] : [`  主要污染指标 ${mainItems}`]),
    ...(status === undefined ? [] : [`  状况 ${status}（${by}）`]),
    ...(counts === undefined
      ? []
      : [
          `  ${Object.entries(counts)
            .map(([name, of]) => `${name} ${of}`)
            .join("  ")}`,
        ]),
    ...(sections === undefined ? [] : [`  断面 ${sections} 个，有结果 ${assessed} 个，达标 ${met} 个`]),
  ];
}
