/** `duibiao changes`: what moved between two batches or instants, down to the readings and the sources that did it. */
import { parseMoment } from "../analysis/as-of.ts";
import { changesBetween } from "../analysis/changes.ts";
import { changesJson } from "../analysis/changes-json.ts";
import { changesWords } from "../analysis/changes-words.ts";
import { fault } from "../domain/faults.ts";
import { parseDay } from "../domain/time.ts";
import { parsePolicies } from "../standards/policy.ts";
import { command } from "./command.ts";
import { plansOfYear, planYearOf } from "./plan-targets.ts";
import { lastDayOver } from "./question.ts";

export const changes = command({
  name: "changes",
  zh: "两个批次或时刻之间变了什么：读数、日值、统计值、名次、达标状态，附批次和来源",
  words: [],
  options: {
    from: { type: "string", value: "X", zh: "较早的批次号、时刻或简报文件名（其后的变化）", required: true },
    to: { type: "string", value: "Y", zh: "较晚的批次号或时刻（默认现在）" },
    plan: { type: "string", value: "YYYY", zh: "对照哪一年的计划（默认今年，没有则最近一年）" },
    at: { type: "string", value: "DATE", zh: "按哪一天判定达标状态（默认昨天）" },
    policy: { type: "string", value: "名=值", zh: "口径，可重复", multiple: true },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: [
    "duibiao changes --from 12",
    "duibiao changes --from 朝阳区-月报-2026-10.pdf",
    "duibiao changes --from 2026-10-01 --to 2026-10-31T08:00 --json",
  ],
  async run(_words, options, effects) {
    const now = effects.now();
    const year = await planYearOf(options.plan, now, effects.storeDir);
    const today = lastDayOver(now);
    const at = options.at === undefined ? today : parseDay(options.at);
    const policies = parsePolicies(options.policy);
    const store = await effects.openStore();
    const from = await parseMoment(store, options.from, "--from");
    const to = options.to === undefined ? undefined : await parseMoment(store, options.to, "--to");
    if (to !== undefined && to < from) {
      throw fault("option.value", {
        option: "to",
        given: options.to,
        expected: `不早于 --from（批次 ${from}）的批次或时刻`,
      });
    }
    const plans = await plansOfYear(year, store.dir);
    const found = await changesBetween(store, { from, to, plans, at, policies, today });
    const table = await store.places();
    if (options.json) effects.out(JSON.stringify(changesJson(found, table)));
    else for (const line of changesWords(found, table)) effects.out(line);
    return 0;
  },
});
