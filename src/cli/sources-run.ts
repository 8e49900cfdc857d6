/** `duibiao sources run`: runs one source, or all, now. */
import { setTimeout as sleep } from "node:timers/promises";
import type { SourceRun } from "../store/source-runs.ts";
import { command } from "./command.ts";
import { CONFIG_OPTION } from "./sources-file.ts";

export const sourcesRun = command({
  name: "sources run",
  zh: "立即运行一个来源（缺省全部），补上停机期间缺的日子",
  words: [{ name: "<name>", zh: "来源名称", optional: true }],
  options: { config: CONFIG_OPTION, json: { type: "boolean", zh: "只输出一份 JSON" } },
  examples: ["duibiao sources run water-release"],
  async run([name], { config, json }, { openStore, now, out, progress }) {
    const { readSources, sourceNamed } = await import("./sources-file.ts");
    const { runSource } = await import("../../ingest/sources/run.ts");
    const all = readSources(config);
    const chosen = name === undefined ? all : [sourceNamed(all, name)];
    const store = await openStore({ create: true });
    const effects = { now, sleep: async (ms: number) => void (await sleep(ms)), random: Math.random };
    const runs: SourceRun[] = [];
    for (const source of chosen) {
      progress(`运行 ${source.name}`);
      const run = await runSource(store, source, effects);
      if (run !== undefined) runs.push(run);
      if (!json) out(lineOf(source.name, run));
    }
    if (json) out(JSON.stringify(runs));
    return runs.some((run) => run.outcome === "failed") ? 1 : 0;
  },
});

function lineOf(name: string, run: SourceRun | undefined): string {
  if (run === undefined) return `${name}：没有新文件`;
  if (run.outcome === "failed") return `${name}：没有成功，${run.detail}`;
  const { read, inserted, corrected, rejected } = run;
  return `${name}：读取 ${read}，新增 ${inserted}，更正 ${corrected}，拒收 ${rejected}`;
}
