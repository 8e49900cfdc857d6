/** Reading `sources.yaml` for the commands about sources. */
import { existsSync, readFileSync } from "node:fs";
import { formatNamed } from "../../ingest/formats.ts";
import { parseSources, type SourceConfig } from "../../ingest/sources/config.ts";
import { fault } from "../domain/faults.ts";

export const CONFIG_OPTION = { type: "string", value: "FILE", zh: "来源清单，缺省 ./sources.yaml" } as const;

/** @throws Fault `ingest.path-missing`, `sources.config`, `format.unknown` */
export function readSources(path = "sources.yaml"): readonly SourceConfig[] {
  if (!existsSync(path)) throw fault("ingest.path-missing", { path }, { parameter: "--config", file: path });
  const sources = parseSources(readFileSync(path, "utf8"), path);
  for (const { format } of sources) if (format !== "auto") formatNamed(format);
  return sources;
}

/** The source of a name. @throws Fault `sources.config` with the known names */
export function sourceNamed(sources: readonly SourceConfig[], name: string): SourceConfig {
  const found = sources.find((source) => source.name === name);
  const known = sources.map((source) => source.name).join("、");
  if (found === undefined) throw fault("sources.config", { reason: `没有来源“${name}”，有的是：${known}` });
  return found;
}
