/** `duibiao calc water-class`: the GB 3838 class of each row's sample, CSV in and CSV out. */
import { WATER_CLASS_ZH, WATER_ITEMS, type WaterItem, type WaterType, waterItemZh } from "../../standards/gb3838.ts";
import { type Policies, parsePolicies } from "../../standards/policy.ts";
import { type Sample, sampleClass } from "../../standards/water-class.ts";
import { parseWaterValue, type WaterValue } from "../../standards/water-value.ts";
import { command } from "../command.ts";
import { appendColumns, type Columns, quoteCell, type RowResult, type RowWork, requireColumns } from "./csv-stream.ts";

/** How people write the water type. */
const TYPE_WORDS: Readonly<Record<string, WaterType>> = {
  river: "river",
  lake: "lake",
  reservoir: "lake",
  河流: "river",
  河: "river",
  湖库: "lake",
  湖泊: "lake",
  水库: "lake",
  湖: "lake",
  库: "lake",
};

/** Passed through, never rated, so their content is not read either. */
const UNRATED: readonly WaterItem[] = ["wt", "tn", "fc"];

/** A cell that says "no value". */
const MISSING = ["", "-", "--", "*", "—", "/", "NA", "NULL"];

const PH_MAX = 14n;

export const calcWaterClass = command({
  name: "calc water-class",
  zh: "按 GB 3838-2002 单因子评价判定每行水样的类别（标准输入 CSV → 标准输出 CSV）",
  words: [],
  options: {
    map: { type: "string", value: "原列名=标准列名", zh: "改列名，例如 type=water_type；可重复", multiple: true },
    policy: { type: "string", value: "NAME=V", zh: "口径，例如 requireItems=ph,do,codmn,nh3n；可重复", multiple: true },
  },
  examples: ["duibiao calc water-class --map type=water_type < samples.csv"],

  async run(_words, { map, policy }, effects) {
    const policies = parsePolicies(policy ?? []);
    await appendColumns(effects, map ?? [], (columns) => waterWork(columns, policies));
    return 0;
  },
});

/** The work of one row; needed columns: `water_type` and the required items, all others as there are. */
function waterWork(columns: Columns, policies: Policies): RowWork {
  requireColumns(columns, ["water_type", ...policies.requireItems]);
  const typeAt = columns.at("water_type");
  const saturationAt = policies.doSaturation === "on" ? columns.at("do_saturation") : -1;
  const items = WATER_ITEMS.filter((item) => columns.at(item) !== -1 && !UNRATED.includes(item)).map(
    (item) => ({ item, at: columns.at(item) }) as const,
  );

  const row = (cells: readonly string[]): RowResult => {
    const problems: string[] = [];
    const typeText = (cells[typeAt] ?? "").trim();
    const type = TYPE_WORDS[typeText.toLowerCase()];
    if (type === undefined) problems.push(`水体类型“${typeText}”无法识别，应为 river 或 lake`);
    const sample: Partial<Record<WaterItem, WaterValue>> = {};
    for (const { item, at } of items) {
      const read = readCell(item, cells[at] ?? "");
      if (read.problem !== undefined) problems.push(read.problem);
      else if (read.value !== undefined) sample[item] = read.value;
    }
    if (type === undefined || problems.length > 0) return { cells: "", error: problems.join("；") };
    const saturation = saturationAt === -1 ? undefined : readCell("do", cells[saturationAt] ?? "").value;
    return classed(sample, type, policies, saturation);
  };
  return { columns: ["class", "deciding_items"], row };
}

function classed(sample: Sample, type: WaterType, policies: Policies, saturation: WaterValue | undefined): RowResult {
  const found = sampleClass(sample, type, {
    requireItems: policies.requireItems,
    doSaturation: saturation?.kind === "measured" ? saturation.value : undefined,
  });
  const notes = [
    ...(found.missing.length > 0 ? [`缺 ${names(found.missing)}，不评价类别`] : []),
    ...(found.notJudged.length > 0 ? [`${names(found.notJudged)}低于检出限，而检出限不明或高于各类限值，未评价`] : []),
  ];
  if (found.class === undefined) return { cells: "", error: notes.join("；") || "没有可评价的项目" };
  return { cells: `${WATER_CLASS_ZH[found.class]},${quoteCell(names(found.deciding))}`, error: notes.join("；") };
}

function names(items: readonly WaterItem[]): string {
  return items.map(waterItemZh).join("、");
}

type Read = { readonly value?: WaterValue; readonly problem?: string };

/** One cell: a value, nothing, or what is wrong with it. */
function readCell(item: WaterItem, cell: string): Read {
  const text = cell.trim();
  if (MISSING.includes(text.toUpperCase())) return {};
  const value = parseWaterValue(text);
  if (value === undefined) return { problem: `${waterItemZh(item)}“${text}”不是数字` };
  if (value.kind === "below") return { value };
  if (value.value.num < 0n) return { problem: `${waterItemZh(item)}为负数（${text}）` };
  if (item === "ph" && value.value.num > PH_MAX * value.value.den) return { problem: `pH“${text}”大于 14` };
  return { value };
}
