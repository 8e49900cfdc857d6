/** `duibiao sources list`: the sources and when they run. */
import Table from "cli-table3";
import { command } from "./command.ts";
import { CONFIG_OPTION, readSources } from "./sources-file.ts";

export const sourcesList = command({
  name: "sources list",
  zh: "列出来源",
  words: [],
  options: { config: CONFIG_OPTION, json: { type: "boolean", zh: "只输出一份 JSON" } },
  examples: ["duibiao sources list"],
  async run(_words, { config, json }, { out }) {
    const sources = readSources(config);
    const rows = sources.map((source) => ({
      name: source.name,
      kind: source.kind,
      format: source.format,
      schedule: source.schedule ?? null,
      // Headers and forms may hold what nobody else should read.
      from: source.kind === "http" ? source.url : source.path,
    }));
    if (json) out(JSON.stringify(rows));
    else {
      const table = new Table({ head: ["名称", "方式", "格式", "时刻", "来自"], style: { head: [], border: [] } });
      for (const { name, kind, format, schedule, from } of rows) {
        table.push([name, kind === "http" ? "拉取" : "文件夹", format, schedule ?? "手动", from]);
      }
      out(table.toString());
    }
    return 0;
  },
});
