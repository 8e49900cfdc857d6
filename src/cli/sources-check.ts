/** `duibiao sources check`: whether sources.yaml can be used, before anything runs. */
import { command } from "./command.ts";
import { CONFIG_OPTION } from "./sources-file.ts";

export const sourcesCheck = command({
  name: "sources check",
  zh: "检查来源清单 sources.yaml",
  words: [],
  options: { config: CONFIG_OPTION },
  examples: ["duibiao sources check --config sources.yaml"],
  async run(_words, { config }, { out }) {
    const { readSources } = await import("./sources-file.ts");
    const sources = readSources(config);
    out(`来源清单可用：${sources.length} 个来源`);
    return 0;
  },
});
