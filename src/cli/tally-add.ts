/** `duibiao tally add`: one counted or reported figure for a target that no monitor decides. */
import { checkTally } from "../domain/tally-check.ts";
import { dayOf } from "../domain/time.ts";
import { command } from "./command.ts";
import { allTargets } from "./plan-targets.ts";
import { asOptionFault, keptJson, keptLines, printFaults } from "./tally-print.ts";

export const tallyAdd = command({
  name: "tally add",
  zh: "填报一个进展数（计数或报送数）；同一目标同一天再填一次即为更正，原数保留",
  words: [{ name: "<target>", zh: "目标编号，如 2024-air-11.1-truck-checks" }],
  options: {
    value: { type: "string", value: "N", zh: "数值；累计类填年初至今的累计数" },
    numerator: { type: "string", value: "N", zh: "分子（比例类目标）" },
    denominator: { type: "string", value: "N", zh: "分母（比例类目标）" },
    base: { type: "string", value: "N", zh: "上年同期数（上升、下降、保持类目标）" },
    unit: { type: "string", value: "U", zh: "计量单位，须与目标一致" },
    date: { type: "string", value: "DATE", zh: "数据日期，不能晚于今天" },
    part: { type: "string", value: "P", zh: "分项（目标按分项考核时）" },
    reporter: { type: "string", value: "NAME", zh: "填报人" },
    department: { type: "string", value: "U", zh: "填报单位；默认目标的第一个牵头单位" },
    note: { type: "string", value: "TEXT", zh: "依据说明" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: [
    "duibiao tally add 2024-air-11.1-truck-checks --value 24000 --unit 辆次 --date 2024-06-30 --reporter 张三 --note 六月汇总",
  ],

  async run([id = ""], { json, ...cells }, effects) {
    const { now, storeDir, openStore, out } = effects;
    const targets = await allTargets(storeDir);
    const row = { ...cells, target: id, department: cells.department ?? targets.get(id)?.lead[0] };
    const { entry, faults } = checkTally(row, { targets, today: dayOf(now().getTime()) });
    if (entry === undefined) {
      printFaults(faults.map(asOptionFault), effects, json);
      return 2;
    }
    const { keepTallies } = await import("../analysis/tally-keep.ts");
    const kept = await keepTallies((await openStore({ create: true })).sql, [entry], now());
    if (json) out(JSON.stringify(keptJson(kept)));
    else for (const line of keptLines(kept)) out(line);
    return 0;
  },
});
