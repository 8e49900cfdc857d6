/** Numerals: their values, their classes, and that none is lost. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chineseNumber } from "../../../ingest/plan/chinese-number.ts";
import { classify } from "../../../ingest/plan/classify.ts";
import { targetsIn } from "../../../ingest/plan/draft-targets.ts";
import { numeralsOf } from "../../../ingest/plan/numeral-scan.ts";
import { exact, toNumber } from "../../../src/domain/exact.ts";
import { sweepNumerals } from "./sweep.ts";

const drafted = (text: string) =>
  targetsIn(text, classify(text, "prose").quantities).map((one) => [one.subject, one.comparator, one.value, one.unit]);

describe("numbers in Chinese characters", () => {
  it.each([
    ["两", 2n],
    ["十", 10n],
    ["十二", 12n],
    ["二十五", 25n],
    ["一百零五", 105n],
    ["三千", 3000n],
    ["三万五千", 35_000n],
    ["一亿二千万", 120_000_000n],
    ["二〇二四", 2024n],
  ])("reads %s", (text, value) => {
    expect(chineseNumber(text)).toBe(value);
  });

  it("gives no number for a text that is none", () => {
    expect(chineseNumber("百花")).toBeUndefined();
    expect(chineseNumber("")).toBeUndefined();
  });

  it("reads back every whole number below a hundred million as people write it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (number) => {
        expect(chineseNumber(inChinese(number))).toBe(BigInt(number));
      }),
    );
  });
});

describe("numerals of a text", () => {
  it.each([
    ["4.75万辆次", 47_500],
    ["240万平方米", 2_400_000],
    ["1.2亿元", 120_000_000],
    ["３３微克", 33],
    ["９８．５％", 98.5],
    ["1,500户", 1500],
    ["3千户", 3000],
    ["3千瓦", 3],
    ["百分之八十", 80],
    ["百分之三十七点五", 37.5],
    ["八成", 80],
    ["八成五", 85],
    ["百分百", 100],
    ["十分之三", 0.3],
    ["一半以上", 0.5],
    ["1/4以上", 0.25],
  ])("has the value of %s", (text, value) => {
    const [first] = numeralsOf(text);
    expect(first?.value === undefined ? undefined : toNumber(first.value)).toBe(value);
  });

  it("keeps a third exact and a range a range", () => {
    expect(numeralsOf("三分之一")[0]?.value).toEqual({ num: 1n, den: 3n });
    expect(numeralsOf("1-3个")[0]).toMatchObject({ value: exact(1), upper: exact(3) });
    expect(numeralsOf("三至五个")[0]).toMatchObject({ value: { num: 3n }, upper: { num: 5n } });
  });

  it.each([
    ["2024年底前完成", ["date 2024年底"]],
    ["6月底前，", ["date 6月底"]],
    ["2月底、8月底前更新", ["date 2月底", "date 8月底"]],
    ["2023-2025年行动", ["date 2023-2025年"]],
    ["第二、三季度监测", ["date 第二、三季度"]],
    ["PM2.5和NO2、SO₂", ["name 2.5", "name 2", "name ₂"]],
    ["地铁3号线、12号线", ["name 3", "name 12"]],
    ["京政发〔2024〕63号文", ["document number 〔2024〕63号"]],
    ["（DB11/207-2023）", ["standard number DB11/207-2023"]],
    ["GB/T 8170-2008", ["standard number GB/T 8170-2008"]],
    ["HJ 633—2012规定", ["standard number HJ 633—2012"]],
    ["（一）总体要求", ["list number 一"]],
    ["一是加强监管，", ["list number 一"]],
    ["第三次普查", ["ordinal 三"]],
    ["国四排放标准", ["grade 四"]],
    ["Ⅲ类水体比例", ["grade Ⅲ"]],
    ["落实“一厂一策”", ["idiom 一", "idiom 一"]],
    ["进一步统一", ["idiom 一", "idiom 一"]],
    ["“1+N”体系", ["idiom 1"]],
    ["实施“减二增一”", ["target 二", "target 一"]],
    ["落实“六个百分百”", ["target 六", "target 百分百"]],
    ["三里屯街道和百子湾", ["name 三", "name 百"]],
    ["万元GDP能耗", ["unit 万"]],
    ["4.5吨以下邮政车", ["scope 4.5"]],
    ["《三年行动计划（2023-2025年）》", ["name 三", "name 2023-2025"]],
    ["从土壤改良等三方面", ["enumeration 三"]],
    ["二氧化硫", ["name 二"]],
  ])("classes what stands in %s", (text, classes) => {
    expect(classify(text, "prose").numerals.map((one) => `${one.class} ${one.text}`)).toEqual(classes);
  });

  it("loses no sign of a numeral, whatever the text", () => {
    const piece = fc.constantFrom(
      "完成",
      "二",
      "十五",
      "3",
      "４",
      "%",
      "万",
      "个",
      "Ⅲ",
      "年",
      "-",
      "/",
      "月",
      "百分之",
      "成",
      "分之",
      "“",
      "”",
      "《",
      "》",
      "PM2.5",
      "，",
      "。",
      "号",
      "第",
      "〇",
      "²",
      "①",
      "GB",
      " ",
      "每",
      "半",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const text = pieces.join("");
        const reported = classify(text, "prose")
          .numerals.map((one) => one.text)
          .join(" ");
        for (const sign of sweepNumerals(text)) expect(reported).toContain(sign);
      }),
      { numRuns: 500 },
    );
  });
});

describe("draft targets of a sentence", () => {
  it.each([
    ["浓度不超过33微克/立方米。", [["浓度", "<=", 33, "微克/立方米"]]],
    ["比率高于76%，", [["比率", ">", 76, "%"]]],
    [
      "比率低于1.2%（不高于4天）",
      [
        ["比率", "<", 1.2, "%"],
        ["比率", "<=", 4, "天"],
      ],
    ],
    ["降尘量控制在5吨/平方公里·月左右", [["降尘量", "~", 5, "吨/平方公里·月"]]],
    ["街道排名不进入全市后30名", [["街道排名", "not_in_worst", 30, "名"]]],
    ["道路不得连续3个月进入全市后30名", [["道路", "not_n_months_running", 3, "个月"]]],
    ["能耗降至42瓦/平方米", [["能耗", "<=", 42, "瓦/平方米"]]],
    ["碳排放强度较2020年下降15%左右", [["碳排放强度", "decrease_by", 15, "%"]]],
    [
      "率达到100%，或者达到95%以上",
      [
        ["率", "=", 100, "%"],
        ["率", ">=", 95, "%"],
      ],
    ],
    ["水质达到Ⅲ类以上", [["水质", "<=", 3, "类"]]],
    ["每季度更新台账", [["更新台账", ">=", 1, "次/季度"]]],
    ["每年组织2次演练", [["演练", ">=", 2, "次/年"]]],
    ["按年度形成报告", [["形成报告", ">=", 1, "次/年"]]],
    ["3月底、9月底前更新清单", [["更新清单", ">=", 2, "次/年"]]],
    ["每周二、周四巡查", [["巡查", ">=", 2, "次/周"]]],
    ["监测设施全覆盖", [["监测设施", "all_covered", 100, "%"]]],
    ["排污口动态清零", [["排污口动态", "zero_open", 0, "个"]]],
    ["对上年度4家单位开展检查", [["单位开展检查", "=", 4, "家"]]],
    ["覆盖率由85%提高到92%", [["覆盖率", ">=", 92, "%"]]],
    ["污染指数下降0.05", [["污染指数", "decrease_by", 0.05, ""]]],
    ["事件0起", [["事件", "zero_open", 0, "起"]]],
    ["全市排名进入前五", [["全市排名", "<=", 5, "名"]]],
    ["水质达到III类", [["水质", "<=", 3, "类"]]],
    ["十个工作日办结", [["办结", "<=", 10, "个工作日"]]],
    ["解决1-3个难题", [["难题", "range", "1-3", "个"]]],
    [
      "SO2、NO2浓度分别不高于10和30微克/立方米",
      [
        ["SO2浓度", "<=", 10, "微克/立方米"],
        ["NO2浓度", "<=", 30, "微克/立方米"],
      ],
    ],
    [
      "国考、市考断面达标率达到100%",
      [
        ["国考断面达标率", "=", 100, "%"],
        ["市考断面达标率", "=", 100, "%"],
      ],
    ],
  ])("reads %s", (text, targets) => {
    expect(drafted(text)).toEqual(targets);
  });

  it.each([
    "加强一批项目",
    "推广4.5吨以下邮政车管理",
    "2024年6月底前完成",
    "三年行动计划",
    "落实《条例》第三条",
    "健全覆盖全区的系统",
  ])("drafts nothing from %s", (text) => {
    expect(drafted(text)).toEqual([]);
  });
});

/** A whole number as people write it, zeros inside told once. */
function inChinese(number: number): string {
  const digits = "零一二三四五六七八九";
  const below = (n: number): string => {
    const text = String(n).padStart(4, "0");
    const parts = [...text].map((sign, index) =>
      sign === "0" ? "零" : (digits[Number(sign)] ?? "") + (["千", "百", "十", ""][index] ?? ""),
    );
    return parts.join("").replace(/零+/g, "零").replace(/零$/, "");
  };
  const [high, low] = [Math.floor(number / 10_000), number % 10_000];
  const text = high === 0 ? below(low) : `${below(high)}万${low === 0 ? "" : below(low)}`;
  return text.replace(/^零/, "");
}
