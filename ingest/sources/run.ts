/** One run of any source. */
import type { Store } from "../../src/store/port.ts";
import type { SourceRun } from "../../src/store/source-runs.ts";
import type { SourceConfig } from "./config.ts";
import { takeFolder } from "./folder.ts";
import { type PullEffects, pullSource } from "./pull.ts";

/** Sources that run now, in this process: two runs of one never overlap. */
const running = new Set<string>();

/** @returns the run; `undefined` when the source runs already or its folder holds nothing complete */
export async function runSource(
  store: Store,
  source: SourceConfig,
  effects: PullEffects,
): Promise<SourceRun | undefined> {
  const key = `${store.dir}|${source.name}`;
  if (running.has(key)) return undefined;
  running.add(key);
  try {
    return source.kind === "http" ? await pullSource(store, source, effects) : await takeFolder(store, source, effects);
  } finally {
    running.delete(key);
  }
}
