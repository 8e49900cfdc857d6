/** `duibiao targets`: where the plan's targets stand on a day, each with its reason. */
import Table from "cli-table3";
import { boardOf, shareText } from "../analysis/board.ts";
import { judgePlans, reasonOf, targetJson } from "../analysis/target-board.ts";
import type { TargetRow } from "../analysis/target-rows.ts";
import { csvCell } from "../domain/csv-cell.ts";
import { COMPARATOR_ZH, FIRMNESS_ZH, PLAN_AREA_ZH, STANDING_ZH } from "../domain/plan.ts";
import { type DayNumber, dayText, parseDay } from "../domain/time.ts";
import { decimalText } from "../standards/gbt8170.ts";
import { parsePolicies } from "../standards/policy.ts";
import { refuseTwoForms } from "./answerable.ts";
import { command } from "./command.ts";
import { plansOfYear, planYearOf } from "./plan-targets.ts";
import { lastDayOver } from "./question.ts";
import { writeWhole } from "./write-whole.ts";

const TWO_YEARS = 2 * 366;

export const targets = command({
  name: "targets",
  zh: "目标达标状态：已达标、未达标、进度正常、有风险、不可判定、未到期，各附理由",
  words: [],
  options: {
    plan: { type: "string", value: "YYYY", zh: "计划年份（默认今年，没有则最近一年）" },
    unit: { type: "string", value: "U", zh: "只列某单位牵头、主责或协办的目标" },
    at: { type: "string", value: "DATE", zh: "判定日期（默认昨天）；不在计划年份内为试算" },
    policy: { type: "string", value: "名=值", zh: "口径，可重复", multiple: true },
    "as-of": { type: "string", value: "X", zh: "按某一批次号或时刻的数据状态计算" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
    csv: { type: "boolean", zh: "输出 CSV" },
    xlsx: { type: "string", value: "F", zh: "写成 XLSX 文件" },
  },
  examples: [
    "duibiao targets --plan 2024",
    "duibiao targets --plan 2024 --at 2015-12-31 --json",
    "duibiao targets --unit 区水务局",
  ],
  async run(_words, options, effects) {
    const policies = parsePolicies(options.policy);
    const year = await planYearOf(options.plan, effects.now(), effects.storeDir);
    const at: DayNumber = options.at === undefined ? lastDayOver(effects.now()) : parseDay(options.at);
    refuseTwoForms(options);
    const store = await effects.openStore();
    const { stateAsOf } = await import("./as-of.ts");
    const state = await stateAsOf(store, options["as-of"]);
    // Directions are held against the same days a year before.
    const daily = await state.dailyOf({ first: at - TWO_YEARS, last: at });
    const rows = await judgePlans(state.store, {
      plans: await plansOfYear(year, effects.storeDir),
      at,
      policies,
      unit: options.unit,
      daily,
      asOf: state.batch,
    });
    if (options.json) effects.out(JSON.stringify(rows.map((row) => targetJson(row, policies))));
    else if (options.csv) for (const line of csvLines(rows)) effects.out(line);
    else if (options.xlsx !== undefined) {
      const { targetWorkbook } = await import("../../reports/workbooks/target-workbook.ts");
      await writeWhole(options.xlsx, await targetWorkbook(rows, at));
      effects.err(`已写入 ${options.xlsx}`);
    } else for (const line of tableLines(rows, at, year)) effects.out(line);
    return 0;
  },
});

function wanted({ target }: TargetRow): string {
  if (target.value === undefined) return COMPARATOR_ZH[target.comparator];
  const upper = target.upper === undefined ? "" : `–${target.upper}`;
  return `${COMPARATOR_ZH[target.comparator]} ${target.value}${upper} ${target.unit}`;
}

function soFar({ evidence }: TargetRow): string {
  return evidence?.value === undefined ? "—" : decimalText(evidence.value, 1);
}

function tableLines(rows: readonly TargetRow[], at: DayNumber, year: number): readonly string[] {
  const trial = rows.some((row) => row.trial) ? "（试算）" : "";
  const lines = [`${year} 年计划，截至 ${dayText(at)}${trial}`];
  const board = boardOf(rows.map((row) => ({ target: row.target, standing: row.verdict.standing })));
  for (const plan of board.plans) {
    const mine = rows.filter((row) => row.target.area === plan.key);
    lines.push("", `${PLAN_AREA_ZH[plan.key]}：${shareText(plan.all.share)}`);
    const table = new Table({
      head: ["状态", "目标", "要求", "当前", "性质", "理由"],
      style: { head: [], border: [] },
      colWidths: [10, 34, 22, 10, 8, 44],
      wordWrap: true,
      wrapOnWordBoundary: false,
    });
    for (const row of mine) {
      table.push([
        STANDING_ZH[row.verdict.standing],
        `${row.target.item} ${row.target.metric}`,
        wanted(row),
        soFar(row),
        FIRMNESS_ZH[row.target.firmness],
        reasonOf(row) ?? "",
      ]);
    }
    lines.push(...table.toString().split("\n"));
  }
  return lines;
}

function csvLines(rows: readonly TargetRow[]): readonly string[] {
  return [
    "id,plan,item,metric,comparator,target,unit,value,standing,trial,reason,deadline,lead,support,firmness,decidedBy",
    ...rows.map((row) => {
      const { target } = row;
      const cells = [
        target.id,
        PLAN_AREA_ZH[target.area],
        target.item,
        target.metric,
        target.comparator,
        target.value ?? "",
        target.unit,
        soFar(row),
        STANDING_ZH[row.verdict.standing],
        row.trial ? "试算" : "",
        reasonOf(row) ?? "",
        target.deadline.text ?? "",
        target.lead.join("、"),
        target.support.join("、"),
        FIRMNESS_ZH[target.firmness],
        target.decidedBy,
      ];
      return cells.map(csvCell).join(",");
    }),
  ];
}
