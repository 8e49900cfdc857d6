/** `duibiao batch show`: one batch with the account of each of its files. */
import { fault } from "../domain/faults.ts";
import { REFUSE_REASONS, type RefuseReason } from "../domain/reject.ts";
import { minuteText } from "../domain/time.ts";
import { batchById, batchFiles, type HeldBatch } from "../store/batches.ts";
import { mendsOf, rejectStates } from "../store/mends.ts";
import type { Sql } from "../store/port.ts";
import { command } from "./command.ts";

export const batchShow = command({
  name: "batch show",
  zh: "一个批次的逐文件账目",
  words: [{ name: "<id>", zh: "批次号" }],
  options: { json: { type: "boolean", zh: "只输出一份 JSON" } },
  examples: ["duibiao batch show 3"],
  async run([id = ""], { json }, { openStore, out }) {
    const store = await openStore();
    const { account, at, ...batch } = await requireBatch(store.sql, id);
    const files = await batchFiles(store.sql, batch.id);
    const mends = await mendsOf(store.sql, batch.id);
    const states = account.rejected === 0 ? [] : await rejectStates(store.sql, batch);
    const mended = states.filter((one) => one.mendedBy !== undefined);
    const by = [...new Set(mended.map((one) => one.mendedBy))];
    if (json) {
      const list = files.map(({ account: one, ...file }) => ({ ...file, ...one }));
      const links = { ...(mends === undefined ? {} : { mends }), mended: mended.length, mendedBy: by };
      out(JSON.stringify({ ...batch, at: at.toISOString(), ...account, ...links, files: list }));
      return 0;
    }
    out(`批次 ${batch.id}  ${minuteText(at.getTime())}  ${batch.source}  [${batch.format}]`);
    out(
      `读取 ${account.read} = 新增 ${account.inserted} + 更正 ${account.corrected} + 未变 ${account.unchanged} + 让位 ${account.outranked} + 拒收 ${account.rejected}；缺测 ${account.missing}`,
    );
    if (mends !== undefined) out(`  补正批次 ${mends} 的拒收数据`);
    if (by.length > 0) {
      const open = states.length - mended.length;
      out(`  拒收的 ${states.length} 处中，${mended.length} 处已由批次 ${by.join("、")} 补正，还有 ${open} 处`);
    }
    for (const file of files) {
      const state =
        file.outcome === "read"
          ? `读取 ${file.account.read}，新增 ${file.account.inserted}，更正 ${file.account.corrected}，拒收 ${file.account.rejected}`
          : `未取：${REFUSE_REASONS[file.reason as RefuseReason].zh}`;
      out(`  ${file.name}  ${state}`);
    }
    return 0;
  },
});

/** @throws Fault `batch.unknown` */
export async function requireBatch(sql: Sql, id: string): Promise<HeldBatch> {
  const found = /^\d{1,9}$/.test(id) ? await batchById(sql, Number(id)) : undefined;
  if (found === undefined) throw fault("batch.unknown", { given: id });
  return found;
}
