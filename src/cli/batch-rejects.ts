/** `duibiao batch rejects`: every rejected unit of a batch with file, line, column, its raw text and the reason. */
import { csvCell } from "../domain/csv-cell.ts";
import { fault } from "../domain/faults.ts";
import { REJECT_REASONS, type RejectReason } from "../domain/reject.ts";
import { rejectStates } from "../store/mends.ts";
import { requireBatch } from "./batch-show.ts";
import { command } from "./command.ts";
import { writeWhole } from "./write-whole.ts";

export const batchRejects = command({
  name: "batch rejects",
  zh: "一个批次里被拒收的逐条清单",
  words: [{ name: "<id>", zh: "批次号" }],
  options: {
    json: { type: "boolean", zh: "只输出一份 JSON" },
    csv: { type: "boolean", zh: "输出 CSV" },
    format: {
      type: "string",
      value: "xlsx",
      zh: "xlsx：把还没补正的行连同原因写成 Excel，改好后用 batch resubmit 交回",
    },
    out: { type: "string", value: "F", zh: "与 --format xlsx 同用：写到哪个文件" },
  },
  examples: [
    "duibiao batch rejects 3",
    "duibiao batch rejects 3 --csv > 拒收.csv",
    "duibiao batch rejects 3 --format xlsx --out 拒收.xlsx",
  ],
  async run([id = ""], { json, csv, format, out: path }, { openStore, out, err }) {
    if (format !== undefined && format !== "xlsx") {
      throw fault("option.value", { option: "format", given: format, expected: "xlsx" });
    }
    const store = await openStore();
    const batch = await requireBatch(store.sql, id);
    if (format === "xlsx") {
      if (path === undefined) throw fault("option.missing", { option: "out" }, { parameter: "--out" });
      const [{ rejectSheets }, { rejectWorkbook }] = await Promise.all([
        import("../../ingest/mend/reject-rows.ts"),
        import("../../reports/workbooks/reject-workbook.ts"),
      ]);
      const { sheets, left } = await rejectSheets(store, batch);
      const rows = sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0);
      if (rows === 0) out(`批次 ${batch.id} 没有待补正的行`);
      else {
        await writeWhole(path, await rejectWorkbook(sheets));
        err(`已写入 ${path}：${rows} 行；改好后：duibiao batch resubmit ${batch.id} ${path}`);
        if (left > 0) err(`还有 ${left} 行没有列出：先改好这些，再导出一次`);
      }
      return 0;
    }
    const rejects = await rejectStates(store.sql, batch);
    const zh = (reason: string): string => REJECT_REASONS[reason as RejectReason].zh;
    if (json) {
      out(
        JSON.stringify(
          rejects.map(({ detail, ...one }) => ({ ...one, reasonZh: zh(one.reason), detail: detail ?? undefined })),
        ),
      );
    } else if (csv) {
      out("文件,行,列,原文,原因,说明,补正批次");
      for (const one of rejects) {
        const cells = [one.file, String(one.line), one.column, one.raw, zh(one.reason), one.detail ?? ""];
        out([...cells, String(one.mendedBy ?? "")].map(csvCell).join(","));
      }
    } else {
      if (rejects.length === 0) out(`批次 ${batch.id} 没有拒收的数据`);
      for (const one of rejects) {
        const column = one.column === "" ? "" : ` ${one.column} 列`;
        out(
          `拒收：${one.file} 第 ${one.line} 行${column}：“${one.raw}”${zh(one.reason)}${one.detail === null || one.detail === "" ? "" : `（${one.detail}）`}${one.mendedBy === undefined ? "" : `  已由批次 ${one.mendedBy} 补正`}`,
        );
      }
    }
    return 0;
  },
});
