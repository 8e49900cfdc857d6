/** `duibiao outlook`: what the rest of the year must hold for one target, and how likely that is. */
import { outlookJson, outlookOf, outlookWords } from "../analysis/outlook-answer.ts";
import { type Exact, parseExact } from "../domain/exact.ts";
import { fault } from "../domain/faults.ts";
import { placeFinder, requirePlace } from "../domain/place-finder.ts";
import { dayText, parseDay } from "../domain/time.ts";
import { parsePolicies } from "../standards/policy.ts";
import { command } from "./command.ts";
import { planOfTarget } from "./plan-of-target.ts";
import { lastDayOver } from "./question.ts";

const TWO_YEARS = 2 * 366;

export const outlook = command({
  name: "outlook",
  zh: "展望：余下的日子须守住多少、还有多少余额、可达或已无法达到、概率",
  words: [{ name: "<target-id>", zh: "目标编号，例如 2024-air-1.1-pm25" }],
  options: {
    at: { type: "string", value: "DATE", zh: "推算日期（默认昨天），当天算已过；不在计划年份内为试算" },
    low: { type: "string", value: "X", zh: "余下日子均值可信的最低值（默认 0）" },
    high: { type: "string", value: "X", zh: "余下日子均值可信的最高值（不给则均值不判“已稳达”）" },
    policy: { type: "string", value: "名=值", zh: "口径，可重复", multiple: true },
    "as-of": { type: "string", value: "X", zh: "按某一批次号或时刻的数据状态计算" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: [
    "duibiao outlook 2024-air-1.1-pm25 --at 2024-06-30",
    "duibiao outlook 2024-air-1.1-good-days --at 2024-10-31 --json",
    "duibiao outlook 2024-air-1.1-pm25 --at 2024-12-20 --low 5 --high 110",
  ],
  async run([id = ""], options, effects) {
    const { plan, target } = await planOfTarget(id, effects.storeDir);
    const policies = parsePolicies(options.policy);
    const at = options.at === undefined ? lastDayOver(effects.now()) : parseDay(options.at);
    const [low, high] = [boundOf("low", options.low), boundOf("high", options.high)];
    const store = await effects.openStore();
    const place = requirePlace(placeFinder(await store.places()), plan.place);
    const { targetSettings } = await import("../store/target-settings.ts");
    const setting = (await targetSettings(store.sql)).get(id);
    const { stateAsOf } = await import("./as-of.ts");
    const state = await stateAsOf(store, options["as-of"]);
    // Directions are held against the whole year before.
    const daily = await state.dailyOf({ first: at - TWO_YEARS, last: at });
    const answer = await outlookOf(state.store, {
      target,
      place,
      at,
      policies,
      low,
      high,
      tolerance: setting?.tolerance,
      daily,
    });
    if (options.json) {
      effects.out(JSON.stringify(outlookJson(answer)));
      return 0;
    }
    effects.out(`${target.metric}（${target.id}）截至 ${dayText(at)}${answer.trial ? "（试算）" : ""}`);
    if (answer.reason !== undefined) effects.out(`  ${answer.reason}`);
    for (const line of outlookWords(answer)) effects.out(`  ${line}`);
    const { probability, probabilityReason } = answer;
    if (probability !== undefined) {
      const { value, years, draws, blockDays, seed } = probability;
      effects.out(
        `  达到的概率 ${Math.floor(value * 100)}%（取 ${years.join("、")} 年同日，每段 ${blockDays} 天，重取样 ${draws} 次，种子 ${seed}）`,
      );
    } else if (answer.conventions !== undefined) effects.out(`  没有概率：${probabilityReason}`);
    return 0;
  },
});

function boundOf(option: string, text: string | undefined): Exact | undefined {
  if (text === undefined) return undefined;
  const value = parseExact(text.trim());
  if (value === undefined) throw fault("option.value", { option, given: text, expected: "数字，例如 5 或 110.5" });
  return value;
}
