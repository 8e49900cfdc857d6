/** Where a measure stands by its deadline alone; what it achieved is its targets' standing. */
import type { Deadline } from "./deadline.ts";
import type { DayNumber } from "./time.ts";

export const MEASURE_STATE_ZH = {
  not_begun: "未开始",
  running: "进行中",
  due_soon: "30 天内到期",
  expired: "已到期",
  undated: "没有日期",
} as const;

export type MeasureState = keyof typeof MEASURE_STATE_ZH;

/** A month ahead is when people ask. Our choice. */
const SOON_DAYS = 30;

/** `undated` for deadlines without a date (按时间节点) and missing ones; ongoing ones always run. */
export function measureState({ kind, from, to }: Deadline, at: DayNumber): MeasureState {
  if (kind === "open" || kind === "missing") return "undated";
  if (from !== undefined && at < from) return "not_begun";
  if (to === undefined) return "running";
  if (at > to) return "expired";
  return to - at < SOON_DAYS ? "due_soon" : "running";
}
