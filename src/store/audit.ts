/** The audit: who did what, when, before and after. Each row's digest covers the one before it, so that none can be changed or dropped unseen. */
import { createHash } from "node:crypto";
import type { Sql } from "./port.ts";

export type AuditEntry = {
  readonly at: number;
  readonly who: string;
  readonly role: string;
  readonly action: string;
  readonly subject: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
};

export type StoredAudit = AuditEntry & { readonly id: number; readonly digest: string };

type AuditRow = {
  readonly id: number;
  readonly at: bigint;
  readonly who: string;
  readonly role: string;
  readonly action: string;
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly digest: string;
};

/** Where the catalogue keeps an entry that is not in the chain yet. */
const ANNOUNCED = "audit.announced.";

/**
 * Keeps an entry that tells of a batch, inside the batch's own transaction. That began before others added to the chain
 * and cannot add to it; the next entry does so (`settleAudit`, `recordAudit`). Either both are kept or neither is.
 */
export async function announceAudit(sql: Sql, batch: number, entry: AuditEntry): Promise<void> {
  await sql.run("INSERT INTO meta VALUES (?, ?)", [`${ANNOUNCED}${batch}`, JSON.stringify(entry)]);
}

/** Entries announced that are not in the chain yet, the oldest first. */
export async function announcedAudit(sql: Sql): Promise<readonly AuditEntry[]> {
  const rows = await sql.rows<{ value: string }>(
    `SELECT value FROM meta WHERE starts_with(key, '${ANNOUNCED}') ORDER BY length(key), key`,
  );
  return rows.map(({ value }) => JSON.parse(value) as AuditEntry);
}

/** Adds what was announced to the chain, inside the running transaction. */
export async function settleAudit(sql: Sql): Promise<void> {
  const announced = await announcedAudit(sql);
  for (const entry of announced) await addToChain(sql, entry);
  if (announced.length > 0) await sql.run(`DELETE FROM meta WHERE starts_with(key, '${ANNOUNCED}')`);
}

/** Adds one entry, inside the transaction of what it tells of. */
export async function recordAudit(sql: Sql, entry: AuditEntry): Promise<void> {
  await settleAudit(sql);
  await addToChain(sql, entry);
}

async function addToChain(sql: Sql, entry: AuditEntry): Promise<void> {
  const [last] = await sql.rows<{ id: number; digest: string }>(
    "SELECT id, digest FROM audit ORDER BY id DESC LIMIT 1",
  );
  const id = (last?.id ?? 0) + 1;
  const digest = digestOf(last?.digest ?? "", id, entry);
  const { at, who, role, action, subject, before, after } = entry;
  await sql.run("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [
    id,
    at,
    who,
    role,
    action,
    subject,
    before ?? null,
    after ?? null,
    digest,
  ]);
}

/** The newest entries first. */
export async function listAudit(sql: Sql, most: number): Promise<readonly StoredAudit[]> {
  const rows = await sql.rows<AuditRow>(`SELECT * FROM audit ORDER BY id DESC LIMIT ${most}`);
  return rows.map(entryOf);
}

/** The first entry whose digest does not follow from the one before it, or undefined when the chain is whole. */
export async function brokenAudit(sql: Sql): Promise<number | undefined> {
  let previous = "";
  let expected = 1;
  for (const row of (await sql.rows<AuditRow>("SELECT * FROM audit ORDER BY id")).map(entryOf)) {
    if (row.id !== expected || row.digest !== digestOf(previous, row.id, row)) return row.id;
    previous = row.digest;
    expected += 1;
  }
  return undefined;
}

function entryOf(row: AuditRow): StoredAudit {
  return { ...row, at: Number(row.at), before: row.before ?? undefined, after: row.after ?? undefined };
}

function digestOf(previous: string, id: number, entry: AuditEntry): string {
  const { at, who, role, action, subject, before = null, after = null } = entry;
  const text = JSON.stringify([previous, id, at, who, role, action, subject, before, after]);
  return createHash("sha256").update(text).digest("hex");
}
