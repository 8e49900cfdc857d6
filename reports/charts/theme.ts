/**
 * One look for charts, paper and pages: colours, type sizes and the font every chart names.
 *
 * Colour is the third carrier, after word and shape: blue, orange, vermilion and grey are told apart in every kind of
 * colour vision and by lightness. The AQI colours (`standards/hj633-class.ts`) are used for small ringed marks
 * only, never as a ground and never for text (yellow on white is 1.07 : 1).
 */

export const COLOURS = {
  ground: "#ffffff",
  groundSoft: "#f5f6f4",
  groundSunk: "#e9ebe8",
  ink: "#1a2024",
  ink2: "#465058",
  ink3: "#5c666d",
  rule: "#dde0dd",
  rule2: "#8b9499",
  link: "#0a567f",
  met: "#0b5c9e",
  risk: "#c87400",
  riskInk: "#824600",
  missed: "#a5240d",
  /** Grounds of a cell in a workbook: dark text stays readable on both. */
  missedSoft: "#f6d9d2",
  riskSoft: "#fbe6c8",
  unknown: "#5c666d",
  aqiRing: "#4b5358",
  mark: "#3f5566",
  mark2: "#8b969d",
  bar: "#bcc5ca",
  cut: "#a5240d",
  /** The red of a Chinese official document's head. */
  masthead: "#c8102e",
} as const;

/** Points on A4: 小二 title, 小四 heads, 五号 text, 小五 tables, 六号 notes. */
export const PAPER = {
  title: 18,
  heading: 12,
  body: 10.5,
  table: 9,
  note: 7.5,
  hair: 0.4,
  rule: 1,
  /** Width of the text block, in points: A4 less the side margins. */
  width: 510,
} as const;

/** The family charts name. Paper registers the bundled font under it; a browser falls back to its own Chinese font. */
export const CHART_FONT = '"Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';

/** Where a chart is shown: colours and sizes in the unit of the canvas (points on paper, pixels on screen). */
export type ChartStyle = {
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly rule: string;
  readonly ground: string;
  readonly mark: string;
  readonly mark2: string;
  readonly bar: string;
  readonly cut: string;
  readonly met: string;
  readonly ring: string;
  readonly note: number;
  readonly label: number;
  readonly strong: number;
};

export const ON_PAPER: ChartStyle = {
  ink: COLOURS.ink,
  ink2: COLOURS.ink2,
  ink3: COLOURS.ink3,
  rule: COLOURS.rule,
  ground: COLOURS.ground,
  mark: COLOURS.mark,
  mark2: COLOURS.mark2,
  bar: COLOURS.bar,
  cut: COLOURS.cut,
  met: COLOURS.met,
  ring: COLOURS.aqiRing,
  note: PAPER.note,
  label: 8,
  strong: 10,
};

/** On screen nothing is smaller than 12 px. */
export const ON_SCREEN: ChartStyle = { ...ON_PAPER, note: 12, label: 12, strong: 14 };

/** A chart.js font of one size; weight 500 for the few words that carry the message. */
export function chartFont(size: number, weight: 400 | 500 = 400): { family: string; size: number; weight: number } {
  return { family: CHART_FONT, size, weight };
}

/** The same as a canvas font text. */
export function canvasFont(size: number, weight: 400 | 500 = 400): string {
  return `${weight} ${size}px ${CHART_FONT}`;
}
