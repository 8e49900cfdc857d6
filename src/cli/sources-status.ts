/** `duibiao sources status`: the state of each source in words, and its last runs. */
import Table from "cli-table3";
import { minuteText } from "../domain/time.ts";
import { sourceRuns } from "../store/source-runs.ts";
import { command } from "./command.ts";
import { CONFIG_OPTION } from "./sources-file.ts";

export const sourcesStatus = command({
  name: "sources status",
  zh: "来源的状态：正常、迟到、中断、冻结",
  words: [],
  options: { config: CONFIG_OPTION, json: { type: "boolean", zh: "只输出一份 JSON" } },
  examples: ["duibiao sources status"],
  async run(_words, { config, json }, { openStore, now, out }) {
    const { readSources } = await import("./sources-file.ts");
    const { stateOfSource } = await import("../../ingest/sources/state.ts");
    const store = await openStore();
    const rows: { name: string; state: string; why: string; lastRun: string | null; seconds: number | null }[] = [];
    for (const source of readSources(config)) {
      const { name } = source;
      const [last] = await sourceRuns(store.sql, name, 1);
      const { word, why } = await stateOfSource(store, source, now().getTime());
      const seconds = last === undefined ? null : Math.round((last.endedAt - last.startedAt) / 1000);
      rows.push({ name, state: word, why, lastRun: last === undefined ? null : minuteText(last.startedAt), seconds });
    }
    if (json) out(JSON.stringify(rows));
    else {
      const table = new Table({
        head: ["名称", "状态", "说明", "上次运行（北京）", "用时（秒）"],
        style: { head: [], border: [] },
      });
      for (const { name, state, why, lastRun, seconds } of rows)
        table.push([name, state, why, lastRun ?? "", seconds ?? ""]);
      out(table.toString());
    }
    return 0;
  },
});
