/** `duibiao explain`: turns a number into what it rests on, down to the lines of the files it came from. */
import { explainStatistic, type ReadingBasis } from "../analysis/explain.ts";
import { periodZh } from "../domain/period.ts";
import type { Place } from "../domain/place.ts";
import { placeFinder, requirePlace } from "../domain/place-finder.ts";
import { REJECT_REASONS, type RejectReason } from "../domain/reject.ts";
import { dayParts } from "../domain/time.ts";
import type { Store } from "../store/port.ts";
import { refuseBeforeData } from "./answerable.ts";
import { stateAsOf } from "./as-of.ts";
import { command, type Effects } from "./command.ts";
import { plansOfYear, planYearOf } from "./plan-targets.ts";
import { QUESTION_OPTIONS, readQuestion } from "./question.ts";
import { writeWhole } from "./write-whole.ts";

export const explain = command({
  name: "explain",
  zh: "解释一个数：应有、实有、有效、剔除与原因、修约步骤、版本、口径、批次和文件",
  words: [{ name: "<indicator>", zh: "指标" }],
  options: {
    place: { type: "string", value: "P", zh: "地点：代码或名称", required: true },
    ...QUESTION_OPTIONS,
    lines: { type: "boolean", zh: "每个读数找到原文件、行号和那一行的原文（单日总是列出）" },
    xlsx: { type: "string", value: "F", zh: "写成 XLSX：输入数据和能重算出同一个数的公式" },
    "as-of": { type: "string", value: "X", zh: "按某一批次号或时刻的数据状态计算" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: [
    "duibiao explain pm25 --place 朝阳区 --period 2015-03",
    "duibiao explain o3 --place station:东四 --period 2015-07-01 --json",
  ],
  async run([indicator = ""], options, effects) {
    const question = readQuestion(indicator, options, effects.now());
    const store = await effects.openStore();
    await refuseBeforeData(store, question.period);
    const place = requirePlace(placeFinder(await store.places()), options.place);
    const state = await stateAsOf(store, options["as-of"]);
    const asked = { ...question, place, daily: await state.dailyOf(question.period) };
    if (options.xlsx !== undefined) {
      const { explainInputs } = await import("../analysis/explain-inputs.ts");
      const { explainWorkbook } = await import("../../reports/workbooks/explain-workbook.ts");
      await writeWhole(options.xlsx, await explainWorkbook(await explainInputs(state.store, asked)));
      effects.err(`已写入 ${options.xlsx}`);
      return 0;
    }
    const found = await explainStatistic(state.store, asked);
    const lines =
      options.lines || question.period.kind === "day"
        ? await linesOf(store, found.readings ?? [])
        : new Map<ReadingBasis, Line>();
    const { out } = effects;
    if (options.json) {
      const readings = found.readings?.map((one) => ({ ...one, key: undefined, ...lines.get(one) }));
      out(JSON.stringify({ ...found, ...(readings === undefined ? {} : { readings }) }));
      return 0;
    }
    const { answer } = found;
    out(`${place.name} ${periodZh(question.period)} ${question.indicator.zh}`);
    for (const [k, step] of found.steps.entries()) out(`  ${k + 1}. ${step}`);
    for (const line of await restOf(state.store, asked, effects)) out(`  ${line}`);
    out(
      `  标准版本 ${found.editions.join("+")}；口径 ${
        Object.entries(answer["policies"] as Record<string, string>)
          .map(([name, value]) => `${name}=${value}`)
          .join(" ") || "无"
      }`,
    );
    out("构成：");
    for (const member of found.members) {
      out(
        `  ${member.place}（${member.code}）：读数 ${member.readingsPresent}/${member.readingsExpected}，有数据 ${member.daysWithData} 天，有效 ${member.daysValid} 天`,
      );
      for (const day of member.excluded.slice(0, 10)) out(`    剔除 ${day.day}：${day.reason}`);
      if (member.excluded.length > 10) out(`    其余 ${member.excluded.length - 10} 天见 --json`);
    }
    if (lines.size > 0) out("原始行：");
    for (const [reading, at] of lines) {
      out(
        `  ${reading.place} ${reading.hourEnd ?? reading.start} ${reading.value}（批次 ${reading.batch}）${at.file} 第 ${at.line} 行：${at.text.slice(0, LONGEST_LINE)}`,
      );
    }
    out("来源：");
    for (const { batch, format, source, readings, files } of found.sources)
      out(
        `  批次 ${batch} [${format}] ${source}：${readings} 个读数，文件 ${files.slice(0, 3).join("、")}${files.length > 3 ? " …" : ""}`,
      );
    for (const { reason, count } of found.rejected)
      out(`  库内拒收：${REJECT_REASONS[reason as RejectReason].zh} ${count} 处`);
    return 0;
  },
});

/** What the plan's targets on this very number still need of the rest of their year, in words. */
async function restOf(
  store: Store,
  {
    indicator,
    place,
    period,
    policies,
    daily,
    today,
  }: ReturnType<typeof readQuestion> & { place: Place; daily: string },
  { now, storeDir }: Pick<Effects, "now" | "storeDir">,
): Promise<readonly string[]> {
  if (period.kind !== "year" && period.kind !== "cumulative") return [];
  const year = await planYearOf(undefined, now(), storeDir);
  if (dayParts(period.first).year !== year) return [];
  const { outlookOf, outlookWords } = await import("../analysis/outlook-answer.ts");
  const lines: string[] = [];
  for (const plan of await plansOfYear(year, storeDir)) {
    if (plan.place !== place.code) continue;
    for (const target of plan.targets.filter((one) => one.indicator === indicator.code)) {
      const at = Math.min(period.last, today);
      const words = outlookWords(await outlookOf(store, { target, place, at, policies, daily }));
      if (words.length > 0)
        lines.push(`目标 ${target.metric}（${target.id}）余下须守住：`, ...words.map((one) => `  ${one}`));
    }
  }
  return lines;
}

/** Wide archives have a column a station: more of a line than this is not read in a terminal. */
const LONGEST_LINE = 160;

type Line = { readonly file: string; readonly line: number; readonly column: string; readonly text: string };

async function linesOf(store: Store, readings: readonly ReadingBasis[]): Promise<ReadonlyMap<ReadingBasis, Line>> {
  const { locateReadings, placeKey } = await import("../../ingest/locate.ts");
  const found = new Map<ReadingBasis, Line>();
  for (const batch of new Set(readings.map((one) => one.batch))) {
    const mine = readings.filter((one) => one.batch === batch);
    const located = await locateReadings(
      store,
      batch,
      mine.map((one) => one.key),
    );
    for (const one of mine) {
      const at = located.get(placeKey(one.key));
      if (at !== undefined) found.set(one, at);
    }
  }
  return new Map(readings.flatMap((one) => (found.has(one) ? [[one, found.get(one) as Line]] : [])));
}
