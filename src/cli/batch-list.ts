/** `duibiao batch list`: all batches, the newest first. */
import Table from "cli-table3";
import { minuteText } from "../domain/time.ts";
import { listBatches } from "../store/batches.ts";
import { command } from "./command.ts";

export const batchList = command({
  name: "batch list",
  zh: "列出批次",
  words: [],
  options: { json: { type: "boolean", zh: "只输出一份 JSON" } },
  examples: ["duibiao batch list"],
  async run(_words, { json }, { openStore, out }) {
    const store = await openStore();
    const batches = await listBatches(store.sql);
    if (json) {
      out(JSON.stringify(batches.map(({ account, at, ...batch }) => ({ ...batch, at: at.toISOString(), ...account }))));
      return 0;
    }
    if (batches.length === 0) out("还没有批次");
    const table = new Table({
      head: ["批次", "时间（北京）", "格式", "读取", "新增", "更正", "未变", "拒收", "状态", "来源"],
      style: { head: [], border: [] },
    });
    for (const { id, at, kind, undoes, undoneBy, format, account, source } of batches) {
      const state = kind === "undo" ? `撤销批次 ${undoes}` : undoneBy === undefined ? "有效" : `已被 ${undoneBy} 撤销`;
      table.push([
        id,
        minuteText(at.getTime()),
        format,
        account.read,
        account.inserted,
        account.corrected,
        account.unchanged,
        account.rejected,
        state,
        source,
      ]);
    }
    if (batches.length > 0) out(table.toString());
    return 0;
  },
});
