/** The state of a source in words: 正常, 迟到, 中断, 冻结. */
import { HOUR_MS, minuteText } from "../../src/domain/time.ts";
import type { Store } from "../../src/store/port.ts";
import { newestStamp, type SourceRun, sourceRuns } from "../../src/store/source-runs.ts";
import { formatNamed } from "../formats.ts";
import type { SourceConfig } from "./config.ts";

export type SourceState = { readonly word: "正常" | "迟到" | "中断" | "冻结" | "未运行"; readonly why: string };

/** This many failed runs in a row are an interruption, not a hiccup. */
const BROKEN_RUNS = 2;

/**
 * What a person should know of a source now.
 * @param runs newest first
 * @param lateHours hours without anything new after which it is late
 * @param newest the latest stamp it brought, UTC ms, where its stamps are of the present: values may change for days
 *   while the stamps stand still
 */
export function sourceState(runs: readonly SourceRun[], lateHours: number, now: number, newest?: number): SourceState {
  const [last] = runs;
  if (last === undefined) return { word: "未运行", why: "还没有运行过" };
  const failed = runs.findIndex((run) => run.outcome !== "failed");
  const failures = failed < 0 ? runs.length : failed;
  if (failures >= BROKEN_RUNS) return { word: "中断", why: `连续 ${failures} 次没有成功：${last.detail}` };
  const fresh = runs.find((run) => run.inserted + run.corrected > 0);
  const hours = fresh === undefined ? undefined : Math.floor((now - fresh.endedAt) / HOUR_MS);
  const behind = newest === undefined ? 0 : Math.floor((now - newest) / HOUR_MS);
  if (behind > lateHours) {
    const stands = `最新一条是 ${minuteText(newest ?? 0)} 的，已过 ${behind} 小时`;
    return hours !== undefined && hours <= lateHours
      ? { word: "冻结", why: `仍有应答和改动，但${stands}` }
      : stuck(runs, fresh, stands);
  }
  if (hours !== undefined && hours <= lateHours) return { word: "正常", why: `${hours} 小时前有新数据` };
  return stuck(runs, fresh, hours === undefined ? "从来没有新数据" : `${hours} 小时没有新数据`);
}

/** It answers, yet always the same: the other side is stuck. It does not answer since: it is late. */
function stuck(runs: readonly SourceRun[], fresh: SourceRun | undefined, since: string): SourceState {
  const answered = runs.filter((run) => run.outcome === "unchanged" && run.startedAt > (fresh?.startedAt ?? 0));
  return answered.length > BROKEN_RUNS
    ? { word: "冻结", why: `${since}，每次应答都相同` }
    : { word: "迟到", why: since };
}

/** The state of a configured source, from its runs in the store. */
export async function stateOfSource(store: Store, source: SourceConfig, now: number): Promise<SourceState> {
  const runs = await sourceRuns(store.sql, source.name);
  // Files people drop may be of any age; and `auto` says nothing of stamps.
  const live = source.kind === "http" && source.format !== "auto" && formatNamed(source.format).live === true;
  return sourceState(runs, source.lateHours, now, live ? await newestStamp(store.sql, runs) : undefined);
}
