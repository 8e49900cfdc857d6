/** What every chart of ours has in common: it stands still, fills its canvas and hears no mouse. */
import type { ChartStyle } from "./theme.ts";
import { chartFont } from "./theme.ts";

export const STILL: {
  animation: false;
  devicePixelRatio: number;
  events: never[];
  maintainAspectRatio: boolean;
} = { animation: false, devicePixelRatio: 1, events: [], maintainAspectRatio: false };

/** A linear axis whose ticks stand in the middle of `count` rows or columns and are named by `nameOf`. */
export function slots(count: number, nameOf: (index: number) => string, style: ChartStyle) {
  return {
    type: "linear" as const,
    min: 0,
    max: Math.max(1, count),
    grid: { display: false },
    border: { display: false },
    afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
      axis.ticks = Array.from({ length: count }, (_, at) => ({ value: at + 0.5 }));
    },
    ticks: {
      autoSkip: false,
      maxRotation: 0,
      color: style.ink,
      font: chartFont(style.label),
      crossAlign: "far" as const,
      callback: (value: number | string) => nameOf(Math.floor(Number(value))),
    },
  };
}

/** An axis that only measures: nothing of it is drawn. */
export function bare(min: number, max: number) {
  return { type: "linear" as const, min, max, display: false };
}
