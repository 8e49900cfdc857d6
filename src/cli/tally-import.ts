/** `duibiao tally import`: a sheet a department filled in. All rows come in, or none and every mistake is told. */
import { checkTallies } from "../domain/tally-check.ts";
import { dayOf } from "../domain/time.ts";
import { command } from "./command.ts";
import { allTargets } from "./plan-targets.ts";
import { keptJson, keptLines, printFaults } from "./tally-print.ts";

export const tallyImport = command({
  name: "tally import",
  zh: "导入填好的进展填报表（.xlsx 或 .csv）；有一处错误则整批不录入",
  words: [{ name: "<file>", zh: "填报表文件", many: true }],
  options: {
    "dry-run": { type: "boolean", zh: "只检查，不录入" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: ["duibiao tally import 填报表-区水务局-2024.xlsx"],

  async run(files, { json, "dry-run": dryRun }, effects) {
    const { now, storeDir, openStore, out } = effects;
    const { readTallySheet } = await import("../../ingest/tally/read-sheet.ts");
    const sheets = await Promise.all(files.map(readTallySheet));
    const rows = sheets.flatMap(({ file, rows }) => rows.map((one) => ({ ...one, file })));
    const rules = { targets: await allTargets(storeDir), today: dayOf(now().getTime()) };
    const { entries, faults } = checkTallies(
      rows.map((one) => one.row),
      rules,
      (n) => ({ file: rows[n]?.file, line: rows[n]?.line }),
    );
    if (faults.length > 0) {
      printFaults(faults, effects, json);
      effects.err(`共 ${faults.length} 处错误，${rows.length} 行都没有录入`);
      return 2;
    }
    const blank = sheets.reduce((sum, one) => sum + one.blank, 0);
    if (dryRun) {
      out(
        json
          ? JSON.stringify({ checked: entries.length, blank })
          : `检查通过 ${entries.length} 行，空行 ${blank} 行；未录入`,
      );
      return 0;
    }
    const { keepTallies } = await import("../analysis/tally-keep.ts");
    const kept = await keepTallies((await openStore({ create: true })).sql, entries, now());
    if (json) out(JSON.stringify({ ...keptJson(kept), blank }));
    else for (const line of [...keptLines(kept), `未填的行 ${blank} 行`]) out(line);
    return 0;
  },
});
