/** Which readings were replaced between two batches: the old value, and what stood there after the batch that moved it. */
import { fromStored, toNumber } from "../../domain/exact.ts";
import { indicatorById } from "../../domain/indicator.ts";
import type { Ask } from "../route.ts";

export type Change = {
  readonly code: string;
  readonly name: string;
  readonly indicator: string;
  /** ISO, UTC. */
  readonly start: string;
  readonly before: number;
  /** Undefined: the reading was taken away. */
  readonly after: number | undefined;
  readonly batch: number;
};

type ChangeRow = {
  readonly code: string;
  readonly name: string;
  readonly indicator: number;
  readonly start: bigint;
  readonly before: bigint;
  readonly after: bigint | null;
  readonly batch: number;
};

/** After batch `from`, up to and with batch `to`; the newest first. */
export async function changesOf(
  { store }: Pick<Ask, "store">,
  {
    from,
    to,
    most,
    skip,
  }: { readonly from: number; readonly to: number; readonly most: number; readonly skip: number },
): Promise<readonly Change[]> {
  const rows = await store.sql.rows<ChangeRow>(
    `SELECT p.code, p.name, h.indicator, epoch_ms(h.start) AS start, h.value AS before, h.batch_to AS batch,
       coalesce((SELECT n.value FROM history n WHERE n.place = h.place AND n.indicator = h.indicator AND n.start = h.start
           AND n.span = h.span AND n.batch_from = h.batch_to LIMIT 1),
         (SELECT r.value FROM reading r WHERE r.place = h.place AND r.indicator = h.indicator AND r.start = h.start
           AND r.span = h.span AND r.batch = h.batch_to LIMIT 1)) AS after
     FROM history h JOIN place p ON p.id = h.place WHERE h.batch_to > ${from} AND h.batch_to <= ${to}
     ORDER BY h.batch_to DESC, h.start, p.id, h.indicator LIMIT ${most} OFFSET ${skip}`,
  );
  return rows.map((row) => ({
    code: row.code,
    name: row.name,
    indicator: indicatorById(row.indicator).code,
    start: new Date(Number(row.start)).toISOString(),
    before: toNumber(fromStored(row.before)),
    after: row.after === null ? undefined : toNumber(fromStored(row.after)),
    batch: row.batch,
  }));
}
