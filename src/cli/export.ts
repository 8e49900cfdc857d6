/** `duibiao export`: tables for analysts, as files their tools read. */
import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import {
  EXPORT_TABLES,
  type ExportFormat,
  type ExportTable,
  exportRelation,
  relationRows,
  writeRelation,
} from "../analysis/export.ts";
import { statisticsRelation } from "../analysis/export-statistics.ts";
import { fault } from "../domain/faults.ts";
import { indicatorOf } from "../domain/indicator.ts";
import { DEFAULT_POLICIES } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { command } from "./command.ts";
import { lastDayOver } from "./question.ts";
import { writeWhole } from "./write-whole.ts";

const FORMATS: readonly ExportFormat[] = ["parquet", "csv", "xlsx", "duckdb"];

/** Excel keeps the name `history` for itself. */
const SHEET_NAMES: Readonly<Partial<Record<string, string>>> = { history: "更正历史" };

export const exportCommand = command({
  name: "export",
  zh: "导出数据表：读数、日值、月与年统计值、地点、历史，供分析软件使用",
  words: [
    { name: "<parquet|csv|xlsx|duckdb>", zh: "文件格式" },
    { name: "<readings|daily|statistics|places|history>", zh: "哪张表（默认 daily）", optional: true },
  ],
  options: {
    out: { type: "string", value: "FILE", zh: "写到哪个文件（默认 表名.格式；已存在则报错）" },
    indicator: { type: "string", value: "I", zh: "只导出某指标，可重复", multiple: true },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: ["duibiao export parquet readings --out readings.parquet", "duibiao export csv daily --indicator pm25"],
  async run([format = "", name = "daily"], { out, indicator, json }, effects) {
    const kind = FORMATS.find((one) => one === format);
    if (kind === undefined)
      throw fault("option.value", { option: "format", given: format, expected: FORMATS.join(" | ") });
    const table = EXPORT_TABLES.find((one): one is ExportTable => one === name);
    if (table === undefined)
      throw fault("option.value", { option: "table", given: name, expected: EXPORT_TABLES.join(" | ") });
    const file = out ?? `${table}.${kind}`;
    if (existsSync(file)) throw fault("export.exists", { file }, { parameter: "--out" });
    const store = await effects.openStore();
    const ids = indicator.length === 0 ? undefined : indicator.map((code) => indicatorOf(code).id);
    effects.progress(`正在写 ${file} …`);
    const relation =
      table === "statistics"
        ? await statisticsRelation(store, DEFAULT_POLICIES, lastDayOver(effects.now()), ids)
        : await exportRelation(store, table, ids);
    const rows = await write(store, relation, kind, file, table);
    effects.out(
      json ? JSON.stringify({ file, format: kind, table, rows }) : `已写入 ${file}：${rows.toLocaleString("en-US")} 行`,
    );
    return 0;
  },
});

/** Either the whole file or none. @throws Fault `file.not-written` */
async function write(store: Store, relation: string, kind: ExportFormat, file: string, table: string): Promise<number> {
  if (kind !== "xlsx") {
    const part = `${file}.part`;
    try {
      // What a process killed in the middle left; DuckDB would add to it.
      for (const name of [part, `${part}.wal`]) await rm(name, { force: true });
      const rows = await writeRelation(store, relation, kind, part, table);
      await rename(part, file);
      return rows;
    } catch (error) {
      for (const name of [part, `${part}.wal`]) await rm(name, { force: true }).catch(() => undefined);
      const reason = error instanceof Error ? error.message : String(error);
      throw fault("file.not-written", { file, reason }, { file });
    }
  }
  const { workbookBytes } = await import("../../reports/workbooks/xlsx-write.ts");
  const sheet = await relationRows(store, relation);
  await writeWhole(file, await workbookBytes([{ name: SHEET_NAMES[table] ?? table, ...sheet }]));
  return sheet.rows.length;
}
