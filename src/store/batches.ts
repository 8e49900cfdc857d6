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
  /** Earliest and latest start of what it brought, UTC ms; undefined when it brought no reading. */
  readonly range?: { readonly low: number; readonly high: number } | undefined;
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
  const { id, at, kind, undoes, format, source, unit, grade, inputDigest, range, account } = batch;
  await sql.run(
    `INSERT INTO batch VALUES (?, make_timestamp(${BigInt(at.getTime()) * 1000n}), ?, ?, ?, ?, ?, ?, ?, ${range === undefined ? "NULL, NULL" : `make_timestamp(${range.low}000), make_timestamp(${range.high}000)`}, ${ACCOUNT_KEYS.map(() => "?").join(", ")})`,
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

export type HeldBatch = Omit<BatchRecord, "account" | "range"> & {
  readonly account: Account;
  /** The batch that took it back. */
  readonly undoneBy: number | undefined;
};

/** All batches, the newest first. */
export async function listBatches(sql: Sql): Promise<readonly HeldBatch[]> {
  const rows = await sql.rows<Record<string, unknown>>(
    `SELECT b.*, epoch_ms(made_at) AS at_ms, u.id AS undone_by FROM batch b LEFT JOIN (SELECT id, undoes FROM batch) u ON u.undoes = b.id
     ORDER BY b.id DESC`,
  );
  return rows.map((row) => ({
    id: Number(row["id"]),
    at: new Date(Number(row["at_ms"])),
    kind: row["kind"] as HeldBatch["kind"],
    ...(row["undoes"] === null ? {} : { undoes: Number(row["undoes"]) }),
    format: String(row["format"]),
    source: String(row["source"]),
    unit: String(row["unit"]),
    grade: Number(row["grade"]),
    inputDigest: String(row["input_digest"]),
    account: accountOf(row),
    undoneBy: row["undone_by"] === null ? undefined : Number(row["undone_by"]),
  }));
}

export async function batchById(sql: Sql, id: number): Promise<HeldBatch | undefined> {
  return (await listBatches(sql)).find((batch) => batch.id === id);
}

export type HeldFile = {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
  readonly original: string;
  readonly outcome: "read" | "refused";
  readonly reason: string | undefined;
  readonly account: Account;
};

export async function batchFiles(sql: Sql, batch: number): Promise<readonly HeldFile[]> {
  const rows = await sql.rows<Record<string, unknown>>("SELECT * FROM batch_file WHERE batch = ? ORDER BY file", [
    batch,
  ]);
  return rows.map((row) => ({
    number: Number(row["file"]),
    name: String(row["name"]),
    sha256: String(row["sha256"]),
    original: String(row["original"]),
    outcome: row["outcome"] as HeldFile["outcome"],
    reason: row["reason"] === null ? undefined : String(row["reason"]),
    account: accountOf(row),
  }));
}

export type HeldReject = {
  readonly file: string;
  readonly line: number;
  readonly column: string;
  readonly raw: string;
  readonly reason: string;
  readonly detail: string | null;
};

export async function batchRejects(sql: Sql, batch: number): Promise<readonly HeldReject[]> {
  return await sql.rows<HeldReject>(
    `SELECT f.name AS file, r.line, r."column", r.raw, r.reason, r.detail FROM reject r
     JOIN batch_file f ON f.batch = r.batch AND f.file = r.file WHERE r.batch = ? ORDER BY r.file, r.line, r."column"`,
    [batch],
  );
}

function accountOf(row: Readonly<Record<string, unknown>>): Account {
  return Object.fromEntries(ACCOUNT_KEYS.map((key) => [key, Number(row[key])])) as Account;
}
