/** `duibiao tally template`: the sheet of one department, only its own rows, with what it reported last. */
import { Fault, fault } from "../domain/faults.ts";
import { type StoredTally, takesTallies } from "../domain/tally.ts";
import { dayOf } from "../domain/time.ts";
import { command, type Effects } from "./command.ts";
import { planYearOf, targetsOfYear } from "./plan-targets.ts";
import { writeWhole } from "./write-whole.ts";

export const tallyTemplate = command({
  name: "tally template",
  zh: "生成某单位的进展填报表：只有本单位牵头或主责的行，带上次填报的数和下拉列表",
  words: [],
  options: {
    unit: { type: "string", value: "U", zh: "单位名称，如 区水务局", required: true },
    plan: { type: "string", value: "YYYY", zh: "计划年份；默认今年，没有今年的计划则取最近一年" },
    out: { type: "string", value: "FILE", zh: "输出文件，.xlsx 或 .csv；默认 填报表-单位-年份.xlsx" },
  },
  examples: ["duibiao tally template --unit 区水务局 --out 填报表.xlsx"],

  async run(_words, { unit, plan, out: file }, { now, storeDir, openStore, out }) {
    const year = await planYearOf(plan, now(), storeDir);
    const targets = await targetsOfYear(year, storeDir);
    const { templateRows } = await import("../analysis/tally-duty.ts");
    const rows = templateRows(targets, unit, await heldTallies(openStore), dayOf(now().getTime()));
    if (rows.length === 0) {
      const known = new Set(targets.filter(takesTallies).flatMap((one) => [...one.lead, ...one.main]));
      throw fault("tally.no-rows", { given: unit, known: [...known].join("、") }, { parameter: "--unit" });
    }
    const path = file ?? `填报表-${unit}-${year}.xlsx`;
    const { tallyCsv, tallyWorkbook } = await import("../../reports/workbooks/tally-sheet.ts");
    await writeWhole(path, path.endsWith(".csv") ? tallyCsv(rows, unit) : await tallyWorkbook(rows, unit));
    out(`${path}：${rows.length} 行`);
    return 0;
  },
});

/** A template can be made before there is any store; then nothing was reported yet. */
async function heldTallies(openStore: Effects["openStore"]): Promise<readonly StoredTally[]> {
  const { listTallies } = await import("../store/tallies.ts");
  try {
    return await listTallies((await openStore()).sql);
  } catch (error) {
    if (error instanceof Fault && error.code === "store.missing") return [];
    throw error;
  }
}
