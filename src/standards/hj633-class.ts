/**
 * HJ 633 AQI 技术规定: classes, levels and colours of the index.
 *
 * Both editions alike: HJ 633-2012 table 2 and app. A; HJ 633-2026 table 1 and app. A. The 2026 text lets class 1 begin
 * at 1: an index of 0 (all values zero) is shown as 优 and flagged by the caller.
 * Heavy pollution (重污染) is an index above 200, levels five and six.
 */

export type AqiClass = "优" | "良" | "轻度污染" | "中度污染" | "重度污染" | "严重污染";

export type AqiClassRow = {
  readonly class: AqiClass;
  readonly en: string;
  readonly level: 1 | 2 | 3 | 4 | 5 | 6;
  readonly levelZh: string;
  /** The largest index of the class. */
  readonly upTo: number;
  readonly colourZh: string;
  readonly rgb: readonly [number, number, number];
  readonly hex: string;
};

export const AQI_CLASSES = [
  {
    class: "优",
    en: "excellent",
    level: 1,
    levelZh: "一级",
    upTo: 50,
    colourZh: "绿",
    rgb: [0, 228, 0],
    hex: "#00E400",
  },
  { class: "良", en: "good", level: 2, levelZh: "二级", upTo: 100, colourZh: "黄", rgb: [255, 255, 0], hex: "#FFFF00" },
  {
    class: "轻度污染",
    en: "light",
    level: 3,
    levelZh: "三级",
    upTo: 150,
    colourZh: "橙",
    rgb: [255, 126, 0],
    hex: "#FF7E00",
  },
  {
    class: "中度污染",
    en: "moderate",
    level: 4,
    levelZh: "四级",
    upTo: 200,
    colourZh: "红",
    rgb: [255, 0, 0],
    hex: "#FF0000",
  },
  {
    class: "重度污染",
    en: "heavy",
    level: 5,
    levelZh: "五级",
    upTo: 300,
    colourZh: "紫",
    rgb: [153, 0, 76],
    hex: "#99004C",
  },
  {
    class: "严重污染",
    en: "severe",
    level: 6,
    levelZh: "六级",
    upTo: 500,
    colourZh: "褐红",
    rgb: [126, 0, 35],
    hex: "#7E0023",
  },
] as const satisfies readonly AqiClassRow[];

/** A day is good (优良) up to this index. @source HJ 633 table of classes */
export const GOOD_UP_TO = 100;

/** A day is heavy (重污染) above this index. @source HJ 633 table of classes, levels five and six */
export const HEAVY_ABOVE = 200;

/** The class of an index, with level and colour. @source HJ 633-2012 table 2; HJ 633-2026 table 1, app. A */
export function aqiClass(aqi: number): AqiClassRow {
  return AQI_CLASSES.find((one) => aqi <= one.upTo) ?? AQI_CLASSES[5];
}
