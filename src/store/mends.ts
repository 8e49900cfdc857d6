/** Rejected rows that were put right later: which batch took which line of which other batch once more. */
import { batchRejects, type HeldBatch, type HeldReject } from "./batches.ts";
import type { Sql } from "./port.ts";

/** Lines of the batch `of` that were handed in again. */
export type Mended = {
  readonly of: number;
  readonly lines: readonly { readonly file: string; readonly line: number }[];
};

export async function recordMended(sql: Sql, batch: number, { of, lines }: Mended): Promise<void> {
  await sql.append("mended", [
    { type: "int", values: lines.map(() => batch) },
    { type: "int", values: lines.map(() => of) },
    { type: "varchar", values: lines.map((one) => one.file) },
    { type: "int", values: lines.map((one) => one.line) },
  ]);
}

/** The batch a batch mends, if any. */
export async function mendsOf(sql: Sql, batch: number): Promise<number | undefined> {
  const [row] = await sql.rows<{ mends: number }>("SELECT DISTINCT mends FROM mended WHERE batch = ?", [batch]);
  return row?.mends;
}

/** Batches that mend a batch and were not undone, in order. */
export async function mendedBy(sql: Sql, batch: number): Promise<readonly number[]> {
  const rows = await sql.rows<{ batch: number }>(
    `SELECT DISTINCT batch FROM mended WHERE mends = ? AND batch NOT IN (SELECT undoes FROM batch WHERE undoes IS NOT NULL)
     ORDER BY batch`,
    [batch],
  );
  return rows.map((row) => row.batch);
}

export type RejectState = HeldReject & {
  /** The batch that took the row in after all; `undefined` while it is open. */
  readonly mendedBy: number | undefined;
};

/**
 * The rejected units of a batch, each with the batch that mended it. A row handed in again and rejected again is open,
 * until a later batch mends that one.
 */
export async function rejectStates(sql: Sql, batch: Pick<HeldBatch, "id" | "unit">): Promise<readonly RejectState[]> {
  const rejects = await batchRejects(sql, batch.id);
  const states = new Map<HeldReject, number>();
  for (const id of await mendedBy(sql, batch.id)) {
    const lines = await sql.rows<{ file: string; line: number }>("SELECT file, line FROM mended WHERE batch = ?", [id]);
    const handedIn = new Set(lines.map(({ file, line }) => `${file}\n${line}`));
    const again = await rejectStates(sql, { id, unit: batch.unit });
    const byLine = new Map<string, RejectState[]>();
    for (const one of again) {
      const key = `${one.file}\n${one.line}`;
      byLine.set(key, [...(byLine.get(key) ?? []), one]);
    }
    for (const one of rejects) {
      const key = `${one.file}\n${one.line}`;
      if (!handedIn.has(key)) continue;
      const same = (byLine.get(key) ?? []).filter(
        ({ column }) => batch.unit === "row" || column === one.column || column === "" || one.column === "",
      );
      const last = same.some((other) => other.mendedBy === undefined) ? undefined : (same.at(-1)?.mendedBy ?? id);
      if (last !== undefined) states.set(one, last);
    }
  }
  return rejects.map((one) => ({ ...one, mendedBy: states.get(one) }));
}

/** Those nobody mended. */
export async function openRejects(sql: Sql, batch: Pick<HeldBatch, "id" | "unit">): Promise<readonly RejectState[]> {
  return (await rejectStates(sql, batch)).filter((one) => one.mendedBy === undefined);
}
