/** `duibiao brief publish`: makes briefings and freezes them; a correction becomes a new version beside the old one. */
import { fault } from "../domain/faults.ts";
import { parsePeriod } from "../domain/period.ts";
import { placeFinder, requirePlace } from "../domain/place-finder.ts";
import { command } from "./command.ts";
import { plansOfYear, planYearOf } from "./plan-targets.ts";
import { lastDayOver } from "./question.ts";

const KINDS = ["district", "township"] as const;

export const briefPublish = command({
  name: "brief publish",
  zh: "公布简报：保存原件、输入摘要和各项状态；数据有更正时生成新版本并说明变化，旧版保留",
  words: [{ name: "district|township", zh: "区级简报，或全区各街乡的简报" }],
  options: {
    period: { type: "string", value: "T", zh: "时段：月、半月（TSP）、季、半年或年", required: true },
    place: { type: "string", value: "P", zh: "区（默认为计划所属的区）" },
    plan: { type: "string", value: "YYYY", zh: "对照哪一年的计划" },
    by: { type: "string", value: "NAME", zh: "公布人；库里有账号时为制作人的账号名，由另一人在网页签发" },
    reason: { type: "string", value: "TEXT", zh: "更正原因（已公布过的时段）" },
    out: { type: "string", value: "DIR", zh: "另存一份到文件夹（默认 ./briefings）" },
    template: {
      type: "string",
      value: "FILE",
      zh: "模板：单位名、报头、联系人、各部分取舍和次序（默认库文件夹里的 briefing.yaml）",
    },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: [
    "duibiao brief publish district --period 2026-10 --by 张三",
    "duibiao brief publish township --period 2026-10",
  ],
  async run([kind], options, effects) {
    const found = KINDS.find((one) => one === kind);
    if (found === undefined) {
      throw fault("option.value", { option: "brief publish", given: kind ?? "", expected: KINDS.join(" | ") });
    }
    const { publishFromCommand } = await import("./briefing-publish.ts");
    const period = parsePeriod(options.period);
    const store = await effects.openStore();
    const [plan] = await plansOfYear(await planYearOf(options.plan, effects.now(), store.dir), store.dir);
    const files = await publishFromCommand(store, {
      kind: found,
      place: requirePlace(placeFinder(await store.places()), options.place ?? plan?.place ?? ""),
      period,
      today: lastDayOver(effects.now()),
      now: effects.now(),
      out: options.out ?? "briefings",
      planYear: options.plan,
      template: options.template,
      publishedBy: options.by ?? "",
      reason: options.reason ?? "",
      progress: effects.progress,
    });
    if (options.json) effects.out(JSON.stringify(files));
    else {
      for (const one of files) {
        const state = one.unchanged
          ? `数据没有变化，仍为第 ${one.version} 版`
          : `${one.draft ? `已做成第 ${one.version} 版草稿，等另一人在网页“简报”里签发` : `已公布第 ${one.version} 版`}${one.version > 1 ? `，与上一版相比 ${one.changes} 处变化` : ""}`;
        effects.out(`${one.file}  ${state}  ${one.sha256.slice(0, 12)}`);
      }
    }
    return 0;
  },
});
