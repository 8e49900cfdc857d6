/** `duibiao batch resubmit`: takes rejected rows in again after a person put them right. */
import { fault, faultLines } from "../domain/faults.ts";
import { requireBatch } from "./batch-show.ts";
import { command } from "./command.ts";
import { batchJson, isUsable, printBatch, reasonsOf } from "./ingest-print.ts";

export const batchResubmit = command({
  name: "batch resubmit",
  zh: "交回改好的拒收行：记为新批次，与原批次同格式，并与它相连",
  words: [
    { name: "<id>", zh: "原批次号" },
    { name: "<file>", zh: "由 batch rejects --format xlsx 导出、改好的文件（XLSX 或 CSV）" },
  ],
  options: {
    "dry-run": { type: "boolean", zh: "只演算，不入库" },
    strict: { type: "boolean", zh: "仍有拒收的数据时以 1 结束" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: ["duibiao batch resubmit 3 拒收.xlsx", "duibiao batch resubmit 3 拒收.xlsx --dry-run"],
  async run([id = "", file = ""], { "dry-run": dryRun, strict, json }, effects) {
    const { resubmit } = await import("../../ingest/mend/resubmit.ts");
    const store = await effects.openStore();
    const batch = await requireBatch(store.sql, id);
    const result = await resubmit(store, batch, file, { now: effects.now(), dryRun });
    if (json) effects.out(JSON.stringify({ ...batchJson(result), mends: batch.id }));
    else {
      printBatch(result, effects, dryRun);
      effects.out(`  补正批次 ${batch.id} 的拒收数据`);
    }
    if (!isUsable(result)) {
      const problem = fault("ingest.nothing-usable", { reason: reasonsOf([result]) }, { file });
      for (const line of faultLines(problem, effects.lang)) effects.err(line);
      return 2;
    }
    return strict && result.rejected > 0 ? 1 : 0;
  },
});
