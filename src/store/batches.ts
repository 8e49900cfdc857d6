/** Batches in the catalogue: one row a batch, one a file, one a rejected unit. */
import type { Account } from "../domain/account.ts";
import type { Sql } from "./port.ts";

export type BatchRecord = {
  readonly id: number;
  readonly at: Date;
  readonly kind: "ingest" | "undo";
  /** The batch an undo takes back. */
  readonly undoes?: number;
  readonly format: string;
  readonly source: string;
  readonly unit: string;
  readonly grade: number;
  readonly inputDigest: string;
  readonly account: Account;
};

export type FileRecord = {
  readonly number: number;
  readonly member: { readonly path: string; readonly sha256: string; readonly original: string };
  readonly account: Account;
  readonly reason?: string | undefined;
};

const ACCOUNT_KEYS = [
  "read",
  "inserted",
  "corrected",
  "unchanged",
  "outranked",
  "rejected",
  "missing",
  "ignored",
] as const satisfies readonly (keyof Account)[];

export async function nextBatchId(sql: Sql): Promise<number> {
  const { id } = await sql.one<{ id: number }>("SELECT coalesce(max(id), 0)::INTEGER + 1 AS id FROM batch");
  return id;
}

export async function recordBatch(sql: Sql, batch: BatchRecord): Promise<void> {
  const { id, at, kind, undoes, format, source, unit, grade, inputDigest, account } = batch;
  await sql.run(
    `INSERT INTO batch VALUES (?, make_timestamp(${BigInt(at.getTime()) * 1000n}), ?, ?, ?, ?, ?, ?, ?, ${ACCOUNT_KEYS.map(() => "?").join(", ")})`,
    [id, kind, undoes ?? null, format, source, unit, grade, inputDigest, ...ACCOUNT_KEYS.map((key) => account[key])],
  );
}

export async function recordFiles(sql: Sql, batch: number, files: readonly FileRecord[]): Promise<void> {
  const text = (of: (file: FileRecord) => string | null) => ({ type: "varchar" as const, values: files.map(of) });
  await sql.append("batch_file", [
    { type: "int", values: files.map(() => batch) },
    { type: "int", values: files.map((file) => file.number) },
    text((file) => file.member.path),
    text((file) => file.member.sha256),
    text((file) => file.member.original),
    text((file) => (file.reason === undefined ? "read" : "refused")),
    text((file) => file.reason ?? null),
    ...ACCOUNT_KEYS.map((key) => ({ type: "bigint" as const, values: files.map((file) => BigInt(file.account[key])) })),
  ]);
}

/** Keeps the rejected units of the staging table `refusal`. */
export async function recordRejects(sql: Sql, batch: number): Promise<void> {
  await sql.run(`INSERT INTO reject SELECT ${batch}, file, line, "column", raw, reason, detail FROM refusal
    ORDER BY file, line, "column"`);
}
