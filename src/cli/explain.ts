/** `duibiao explain`: turns a number into what it rests on, down to batches, files and hours. */
import { explainStatistic } from "../analysis/explain.ts";
import { periodZh } from "../domain/period.ts";
import { placeFinder, requirePlace } from "../domain/place-finder.ts";
import { REJECT_REASONS, type RejectReason } from "../domain/reject.ts";
import { command } from "./command.ts";
import { QUESTION_OPTIONS, readQuestion } from "./question.ts";

export const explain = command({
  name: "explain",
  zh: "解释一个数：应有、实有、有效、剔除与原因、修约步骤、版本、口径、批次和文件",
  words: [{ name: "<indicator>", zh: "指标" }],
  options: {
    place: { type: "string", value: "P", zh: "地点：代码或名称", required: true },
    ...QUESTION_OPTIONS,
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: [
    "duibiao explain pm25 --place 朝阳区 --period 2015-03",
    "duibiao explain o3 --place station:东四 --period 2015-07-01 --json",
  ],
  async run([indicator = ""], options, effects) {
    const question = readQuestion(indicator, options, effects.now());
    const store = await effects.openStore();
    const place = requirePlace(placeFinder(await store.places()), options.place);
    const found = await explainStatistic(store, { ...question, place });
    const { out } = effects;
    if (options.json) {
      out(JSON.stringify(found));
      return 0;
    }
    const { answer } = found;
    out(`${place.name} ${periodZh(question.period)} ${question.indicator.zh}`);
    for (const [k, step] of found.steps.entries()) out(`  ${k + 1}. ${step}`);
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
