/** `duibiao export`: tables for analysts, as files their tools read. */
import { existsSync, rmSync } from "node:fs";
import {
  EXPORT_TABLES,
  type ExportFormat,
  type ExportTable,
  exportRelation,
  relationRows,
  writeRelation,
} from "../analysis/export.ts";
import { fault } from "../domain/faults.ts";
import { indicatorOf } from "../domain/indicator.ts";
import { command } from "./command.ts";

const FORMATS: readonly ExportFormat[] = ["parquet", "csv", "xlsx", "duckdb"];

export const exportCommand = command({
  name: "export",
  zh: "导出数据表：读数、日值、地点、历史，供分析软件使用",
  words: [
    { name: "<parquet|csv|xlsx|duckdb>", zh: "文件格式" },
    { name: "<readings|daily|places|history>", zh: "哪张表（默认 daily）", optional: true },
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
    const relation = await exportRelation(store, table, ids);
    effects.progress(`正在写 ${file} …`);
    const rows = await write(store, relation, kind, file, table);
    effects.out(
      json ? JSON.stringify({ file, format: kind, table, rows }) : `已写入 ${file}：${rows.toLocaleString("en-US")} 行`,
    );
    return 0;
  },
});

/** Either the whole file or none. */
async function write(
  store: Parameters<typeof writeRelation>[0],
  relation: string,
  kind: ExportFormat,
  file: string,
  table: string,
): Promise<number> {
  try {
    if (kind !== "xlsx") return await writeRelation(store, relation, kind, file, table);
    const [{ workbookBytes }, { writeFile }] = await Promise.all([
      import("../../reports/workbooks/xlsx-write.ts"),
      import("node:fs/promises"),
    ]);
    const sheet = await relationRows(store, relation);
    await writeFile(file, await workbookBytes([{ name: table, ...sheet }]));
    return sheet.rows.length;
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}
