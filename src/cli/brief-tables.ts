/** `duibiao brief tables`: the statutory monthly tables of a district as one workbook. */
import { join } from "node:path";
import { parsePeriod } from "../domain/period.ts";
import { placeFinder, requirePlace } from "../domain/place-finder.ts";
import { DEFAULT_POLICIES } from "../standards/policy.ts";
import { command } from "./command.ts";
import { plansOfYear, planYearOf } from "./plan-targets.ts";
import { lastDayOver } from "./question.ts";
import { version } from "./version.ts";
import { writeWhole } from "./write-whole.ts";

export const briefTables = command({
  name: "brief tables",
  zh: "统计月报表（Excel）：各站日值、月统计、级别天数、断面月类别、噪声，带核对公式",
  words: [],
  options: {
    period: { type: "string", value: "T", zh: "哪个月，例如 2026-10", required: true },
    place: { type: "string", value: "P", zh: "区（默认为计划所属的区）" },
    out: { type: "string", value: "DIR", zh: "输出文件夹（默认 ./briefings）" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: [
    "duibiao brief tables --period 2026-10",
    "duibiao brief tables --period 2026-10 --place 朝阳区 --out 报表/",
  ],
  async run(_words, { period: text, place: named, out = "briefings", json }, effects) {
    const [{ monthWorkbook }, { requireData }] = await Promise.all([
      import("../../reports/workbooks/month/month-workbook.ts"),
      import("../../reports/briefings/build/require-data.ts"),
    ]);
    const period = parsePeriod(text);
    const store = await effects.openStore();
    const now = effects.now();
    const [plan] = await plansOfYear(await planYearOf(undefined, now, store.dir), store.dir);
    const place = requirePlace(placeFinder(await store.places()), named ?? plan?.place ?? "");
    await requireData(store, period);
    const question = { store, place, period, policies: DEFAULT_POLICIES, today: lastDayOver(now) };
    const { bytes, sheets } = await monthWorkbook(question, version());
    const file = join(out, `${place.name}-统计月报表-${period.text}.xlsx`);
    await writeWhole(file, bytes);
    effects.out(json ? JSON.stringify({ file, sheets }) : `已写入 ${file}：${sheets.join("、")}`);
    return 0;
  },
});
