/**
 * Undoing a batch gives back exactly what was there before it, and says so as a batch of its own, so that what was seen
 * in between can still be asked for.
 *
 * Later batches that met the same keys saw this batch's values; taking it from under them would leave their account
 * untrue, so they have to be undone first.
 */
import { DAY_OF_START, recomputeDaily } from "../src/analysis/daily.ts";
import { EMPTY_ACCOUNT } from "../src/domain/account.ts";
import { fault } from "../src/domain/faults.ts";
import { batchById, nextBatchId, recordBatch } from "../src/store/batches.ts";
import type { Store } from "../src/store/port.ts";
import type { Signed } from "./pipeline.ts";

const KEY = "place, indicator, start, span";
const ALL_TIME = { from: Date.UTC(1991, 11, 30), to: Date.UTC(2101, 0, 2) };

export type Undo = {
  readonly id: number;
  readonly undoes: number;
  readonly removed: number;
  readonly restored: number;
};

/**
 * @param signed writes down who undid it, in the same transaction
 * @throws Fault `batch.unknown`, `batch.not-undoable`
 */
export async function undoBatch(store: Store, batch: number, now: Date, signed?: Signed): Promise<Undo> {
  const { sql } = store;
  const found = await batchById(sql, batch);
  if (found === undefined) throw fault("batch.unknown", { given: batch });
  if (found.kind === "undo") throw fault("batch.not-undoable", { batch, reason: "它本身是一次撤销", later: "" });
  if (found.undoneBy !== undefined) {
    throw fault("batch.not-undoable", { batch, reason: `已被批次 ${found.undoneBy} 撤销`, later: "" });
  }
  return await sql.transaction(async () => {
    const readings = await store.readings.relation(ALL_TIME);
    await refuseIfBuiltUpon(store, batch, readings);
    const id = await nextBatchId(sql);
    await sql.run(`CREATE OR REPLACE TEMP TABLE undo_now AS SELECT * FROM ${readings} WHERE batch = ${batch}`);
    await sql.run(`CREATE OR REPLACE TEMP TABLE undo_back AS SELECT ${KEY}, value, flag, grade, batch_from AS batch FROM history
      WHERE batch_to = ${batch} AND batch_from <> ${batch}`);
    await sql.run(
      `CREATE OR REPLACE TEMP TABLE undo_gone AS SELECT n.* FROM undo_now n ANTI JOIN undo_back b USING (${KEY})`,
    );
    await sql.run(`INSERT INTO history SELECT ${KEY}, value, flag, grade, ${batch}, ${id} FROM undo_now`);
    await store.readings.remove("undo_gone");
    await store.readings.replace("undo_back");
    await sql.run(`CREATE OR REPLACE TEMP TABLE undo_touched AS
      SELECT DISTINCT place, indicator, ${DAY_OF_START} AS day FROM undo_now`);
    await recomputeDaily(store, "undo_touched");
    await recordBatch(sql, {
      id,
      at: now,
      kind: "undo",
      undoes: batch,
      format: found.format,
      source: found.source,
      unit: found.unit,
      grade: found.grade,
      inputDigest: found.inputDigest,
      account: EMPTY_ACCOUNT,
    });
    await signed?.(sql, id);
    const count = async (table: string): Promise<number> =>
      Number((await sql.one<{ n: bigint }>(`SELECT count(*) AS n FROM ${table}`)).n);
    const result = { id, undoes: batch, removed: await count("undo_gone"), restored: await count("undo_back") };
    for (const table of ["undo_now", "undo_back", "undo_gone", "undo_touched"])
      await sql.run(`DROP TABLE temp.${table}`);
    return result;
  });
}

async function refuseIfBuiltUpon(store: Store, batch: number, readings: string): Promise<void> {
  const { sql } = store;
  const later = await sql.rows<{ id: number }>(`SELECT id FROM batch b WHERE id > ${batch} AND kind = 'ingest'
      AND id NOT IN (SELECT undoes FROM batch WHERE undoes IS NOT NULL)
      AND (id IN (SELECT batch_to FROM history WHERE batch_from = ${batch})
        OR (unchanged + outranked > 0 AND EXISTS (
          SELECT 1 FROM (SELECT min(start) AS low, max(start) AS high FROM ${readings} WHERE batch = ${batch}) t
          WHERE b.high >= t.low AND b.low <= t.high)))
    ORDER BY id DESC`);
  if (later.length === 0) return;
  const reason = "之后的批次用到了它带来的值";
  throw fault("batch.not-undoable", { batch, reason, later: later.map((row) => row.id).join("、") });
}
