/** `duibiao outlook backtest`: how true the outlook's chances were in past years. */
import Table from "cli-table3";
import { backtest, backtestJson } from "../analysis/backtest.ts";
import { placeFinder, requirePlace } from "../domain/place-finder.ts";
import { dayParts } from "../domain/time.ts";
import { parsePolicies } from "../standards/policy.ts";
import { command } from "./command.ts";
import { planOfTarget } from "./plan-of-target.ts";
import { lastDayOver } from "./question.ts";

/** Years tried, back from the last one that is over. */
const YEARS = 12;

export const outlookBacktest = command({
  name: "outlook backtest",
  zh: "回测展望的概率：把往年当作未结束，列出可靠性表和 Brier 分数",
  words: [{ name: "<target-id>", zh: "目标编号，例如 2024-air-1.1-pm25" }],
  options: {
    policy: { type: "string", value: "名=值", zh: "口径，可重复", multiple: true },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: ["duibiao outlook backtest 2024-air-1.1-pm25"],
  async run([id = ""], options, effects) {
    const { plan, target } = await planOfTarget(id, effects.storeDir);
    const policies = parsePolicies(options.policy);
    const store = await effects.openStore();
    const place = requirePlace(placeFinder(await store.places()), plan.place);
    const { year } = dayParts(lastDayOver(effects.now()) + 1);
    const years = Array.from({ length: YEARS }, (_, k) => year - 1 - k);
    const found = await backtest(store, { target, place, policies }, years);
    if (options.json) {
      effects.out(JSON.stringify(backtestJson(target, found)));
      return 0;
    }
    effects.out(`${target.metric}（${target.id}）概率回测`);
    if (found.brier === undefined) {
      effects.out("  没有可回测的年份：一个年份须自身数据完整，之前还须有 3 个往年");
    } else {
      effects.out(
        `  ${found.cases.length} 次推算，Brier 分数 ${found.brier.toPrecision(3)}（0 最好，0.25 等于一律说五成）`,
      );
      const table = new Table({ head: ["说的概率", "次数", "平均概率", "实际达到"], style: { head: [], border: [] } });
      for (const { from, to, cases, said, came } of found.table) {
        table.push([`${percent(from)}–${percent(to)}`, cases, percent(said), percent(came)]);
      }
      for (const line of table.toString().split("\n")) effects.out(line);
    }
    for (const { year: one, reason } of found.left) effects.out(`  ${one} 年未用：${reason}`);
    return 0;
  },
});

function percent(share: number): string {
  return `${Math.floor(share * 100)}%`;
}
