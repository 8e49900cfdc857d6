/** Units and counters that follow a number in a plan. */

const listed = (words: string): readonly string[] => words.split(" ");

/** Amounts of something that is measured: what is “more than 3 吨” describes a thing as often as it sets a target. */
const AMOUNTS = listed(
  "微克 毫克 千克 公斤 克 吨标准煤 吨标煤 蒸吨 吨 平方公里 平方千米 平方米 立方米 公里 " +
    "千米 厘米 毫米 米 公顷 亩 千瓦时 千瓦 兆瓦 瓦 摄氏度 度 分贝 毫升 升 万元 元 亩次 " +
    "标台 标方 马力 ㎡ ㎥ ㎎ ㎏ ㎞ μg µg ug mg kg g tce kWh MWh MW GW kW km² " +
    "km2 km cm mm m³ m² m3 m2 m L dB\\(A\\) dB（A） dB ha " +
    "℃ °C ppm ppb t h",
);

const TIMES = listed("个百分点 百分点 个工作日 工作日 个月 个季度 小时 分钟 秒 天 日 周 年 月");

const COUNTERS = listed(
  "辆次 车次 人次 户次 家次 场次 轮次 点次 班次 次 辆 人 户 家 个 处 台 套 组 项 类 " +
    "轮 场 份 件 宗 起 条 座 眼 口 艘 架 块 片 批 期 支 部 篇 册 幅 盏 桶 箱 棵 " +
    "株 头 羽 尾 层 栋 幢 间 门 位 名 只 张 段 根 对 本 颗 道 所 例 遍 倍 款 种 " +
    "面 孔 节 车 点 村 站 分",
);

const oneOf = (words: readonly string[]) => `(?:${[...words].sort((a, b) => b.length - a.length).join("|")})`;

const PART = oneOf([...AMOUNTS, ...TIMES, ...COUNTERS]);

/** A unit at the start of a text, with what it is divided by: 吨/平方公里·月, 微克每立方米. */
export const UNIT_AHEAD = new RegExp(`^${PART}(?:(?:/|·|每)${PART})*`);

const AMOUNT_ONLY = new RegExp(`^${oneOf(AMOUNTS)}(?:(?:/|·|每)${PART})*$`);
const TIME_ONLY = new RegExp(`^${oneOf(TIMES)}$`);

/** Whether a unit measures something, against counting it. Years count: 15年以上的锅炉. */
export function isAmount(unit: string): boolean {
  return AMOUNT_ONLY.test(unit) || unit === "年" || unit === "%";
}

export function isTime(unit: string): boolean {
  return TIME_ONLY.test(unit) && !unit.includes("百分点");
}
