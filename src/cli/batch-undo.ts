/** `duibiao batch undo`: gives back what was there before a batch. */
import { undoBatch } from "../../ingest/undo.ts";
import { requireBatch } from "./batch-show.ts";
import { command } from "./command.ts";

export const batchUndo = command({
  name: "batch undo",
  zh: "撤销一个批次：恢复到它之前的数据",
  words: [{ name: "<id>", zh: "批次号" }],
  options: { json: { type: "boolean", zh: "只输出一份 JSON" } },
  examples: ["duibiao batch undo 3"],
  async run([id = ""], { json }, { openStore, out, now }) {
    const store = await openStore();
    const batch = await requireBatch(store.sql, id);
    const undo = await undoBatch(store, batch.id, now());
    out(
      json
        ? JSON.stringify(undo)
        : `批次 ${undo.undoes} 已撤销（记为批次 ${undo.id}）：移除 ${undo.removed} 个值，恢复 ${undo.restored} 个旧值`,
    );
    return 0;
  },
});
