/** `duibiao batch rejects`: every rejected unit of a batch with file, line, column, its raw text and the reason. */
import { REJECT_REASONS, type RejectReason } from "../domain/reject.ts";
import { batchRejects as rejectsOf } from "../store/batches.ts";
import { requireBatch } from "./batch-show.ts";
import { command } from "./command.ts";

export const batchRejects = command({
  name: "batch rejects",
  zh: "一个批次里被拒收的逐条清单",
  words: [{ name: "<id>", zh: "批次号" }],
  options: {
    json: { type: "boolean", zh: "只输出一份 JSON" },
    csv: { type: "boolean", zh: "输出 CSV" },
  },
  examples: ["duibiao batch rejects 3", "duibiao batch rejects 3 --csv > 拒收.csv"],
  async run([id = ""], { json, csv }, { openStore, out }) {
    const store = await openStore();
    const batch = await requireBatch(store.sql, id);
    const rejects = await rejectsOf(store.sql, batch.id);
    const zh = (reason: string): string => REJECT_REASONS[reason as RejectReason].zh;
    if (json) {
      out(
        JSON.stringify(
          rejects.map(({ detail, ...one }) => ({ ...one, reasonZh: zh(one.reason), detail: detail ?? undefined })),
        ),
      );
    } else if (csv) {
      out("文件,行,列,原文,原因,说明");
      for (const one of rejects) {
        out([one.file, String(one.line), one.column, one.raw, zh(one.reason), one.detail ?? ""].map(csvCell).join(","));
      }
    } else {
      if (rejects.length === 0) out(`批次 ${batch.id} 没有拒收的数据`);
      for (const one of rejects) {
        const column = one.column === "" ? "" : ` ${one.column} 列`;
        out(
          `拒收：${one.file} 第 ${one.line} 行${column}：“${one.raw}”${zh(one.reason)}${one.detail === null || one.detail === "" ? "" : `（${one.detail}）`}`,
        );
      }
    }
    return 0;
  },
});

/** Quoted where CSV needs it; a leading formula character is kept as text. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
