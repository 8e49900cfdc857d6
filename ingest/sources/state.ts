/** The state of a source in words: 正常, 迟到, 中断, 冻结. */
import { HOUR_MS } from "../../src/domain/time.ts";
import type { SourceRun } from "../../src/store/source-runs.ts";

export type SourceState = { readonly word: "正常" | "迟到" | "中断" | "冻结" | "未运行"; readonly why: string };

/** This many failed runs in a row are an interruption, not a hiccup. */
const BROKEN_RUNS = 2;

/**
 * What a person should know of a source now.
 * @param runs newest first
 * @param lateHours hours without anything new after which it is late
 */
export function sourceState(runs: readonly SourceRun[], lateHours: number, now: number): SourceState {
  const [last] = runs;
  if (last === undefined) return { word: "未运行", why: "还没有运行过" };
  const failed = runs.findIndex((run) => run.outcome !== "failed");
  const failures = failed < 0 ? runs.length : failed;
  if (failures >= BROKEN_RUNS) return { word: "中断", why: `连续 ${failures} 次没有成功：${last.detail}` };
  const fresh = runs.find((run) => run.inserted + run.corrected > 0);
  const hours = fresh === undefined ? undefined : Math.floor((now - fresh.endedAt) / HOUR_MS);
  if (hours !== undefined && hours <= lateHours) return { word: "正常", why: `${hours} 小时前有新数据` };
  const since = hours === undefined ? "从来没有新数据" : `${hours} 小时没有新数据`;
  // It answers, yet always the same: the other side is stuck. It does not answer since: it is late.
  const answered = runs.filter((run) => run.outcome === "unchanged" && run.startedAt > (fresh?.startedAt ?? 0));
  return answered.length > BROKEN_RUNS
    ? { word: "冻结", why: `${since}，每次应答都相同` }
    : { word: "迟到", why: since };
}
