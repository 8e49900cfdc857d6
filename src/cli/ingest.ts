/** `duibiao ingest`: takes files, folders and archives in, and accounts for every unit in them. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BatchResult } from "../../ingest/pipeline.ts";
import { addAccounts } from "../domain/account.ts";
import { Fault, fault, faultLines } from "../domain/faults.ts";
import { command } from "./command.ts";
import { batchJson, isRefused, isUsable, printBatch, reasonsOf } from "./ingest-print.ts";

export const ingest = command({
  name: "ingest",
  zh: "导入数据：文件、文件夹或压缩包；逐格记账，拒收的列出原因",
  words: [
    { name: "<format|auto>", zh: "数据格式，或 auto 自动识别" },
    { name: "<path>", zh: "文件、文件夹、.gz、.tar.gz", many: true },
  ],
  options: {
    "dry-run": { type: "boolean", zh: "只演算，不入库" },
    strict: { type: "boolean", zh: "有拒收的数据或文件时以 1 结束" },
    zone: { type: "string", value: "ZONE", zh: "来源所用时区，例如 Europe/Dublin（格式自己说不清时用）" },
    place: { type: "string", value: "P", zh: "文件没写地点时，属于哪个地点" },
    year: { type: "string", value: "YYYY", zh: "文件没写年份时，是哪一年" },
    issuer: { type: "string", value: "单位", zh: "公布排名的单位（通报里没写时用）" },
    map: { type: "string", value: "FILE", zh: "格式 generic 的列对应文件（YAML）" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: [
    "duibiao ingest quotsoft beijing_20150101-20151231.tar.gz",
    "duibiao ingest auto 下载/ --dry-run",
    "duibiao ingest township 街乡TSP.csv --strict",
  ],
  async run([format = "", ...paths], options, effects) {
    const { ingestPath } = await import("../../ingest/pipeline.ts");
    const { formatNamed } = await import("../../ingest/formats.ts");
    if (format !== "auto") formatNamed(format);
    const map = options.map === undefined ? undefined : readMap(options.map);
    const fresh = !existsSync(join(effects.storeDir, "duibiao.duckdb"));
    const store = await effects.openStore({ create: true });
    const moves = options["dry-run"] ? (await import("./ingest-moves.ts")).dryRunMoves(effects) : undefined;
    const results: BatchResult[] = [];
    const problems: Fault[] = [];
    for (const path of paths) {
      const started = Date.now();
      try {
        results.push(
          ...(await ingestPath(store, format, path, {
            now: effects.now(),
            dryRun: options["dry-run"],
            ...(effects.readers === undefined ? {} : { readers: effects.readers }),
            ...(moves === undefined ? {} : { inspect: moves.inspect }),
            options: { zone: options.zone, place: options.place, year: options.year, issuer: options.issuer, map },
            progress: ({ files, of, name, cells }) => {
              const seconds = Math.max(0.001, (Date.now() - started) / 1000);
              const left = Math.round((seconds / files) * (of - files));
              const rate = Math.round(cells / seconds).toLocaleString("en-US");
              effects.progress(`读取 ${files}/${of}  ${name}  ${rate} 格/秒，约剩 ${left} 秒`);
            },
          })),
        );
      } catch (problem) {
        if (!(problem instanceof Fault)) throw problem;
        problems.push(problem);
      }
    }
    const usable = results.some((result) => result.id !== undefined || options["dry-run"]);
    const total = addAccounts(results);
    if (options.json) {
      const would = moves === undefined ? {} : { moves: moves.json() };
      effects.out(JSON.stringify({ batches: results.map(batchJson), ...total, ...would }));
    } else for (const result of results) printBatch(result, effects, options["dry-run"]);
    if (!options.json) for (const line of moves?.words() ?? []) effects.out(`  ${line}`);
    for (const problem of problems) for (const line of faultLines(problem, effects.lang)) effects.err(line);
    const kept = results.some((result) => isUsable(result));
    if (!usable || !kept) {
      if (problems.length === 0) {
        const problem = fault("ingest.nothing-usable", { reason: reasonsOf(results) }, { file: paths.join(" ") });
        for (const line of faultLines(problem, effects.lang)) effects.err(line);
      }
      if (fresh) await effects.discardStore();
      return problems.some((problem) => problem.code.startsWith("store.")) ? 3 : 2;
    }
    const flawed = problems.length > 0 || total.rejected > 0 || results.some((one) => one.files.some(isRefused));
    return options.strict && flawed ? 1 : 0;
  },
});

function readMap(path: string): string {
  if (!existsSync(path)) throw fault("ingest.path-missing", { path }, { parameter: "--map" });
  return readFileSync(path, "utf8");
}
