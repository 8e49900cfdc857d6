/** Accounts and access tokens in the catalogue. Rows are only ever added: the last row of an id is the current one. */
import type { Sql } from "./port.ts";

export type StoredAccount = {
  readonly id: number;
  readonly name: string;
  /** An argon2id hash in its own notation; never a password. */
  readonly password: string;
  readonly role: string;
  /** A township's code or a department's name. */
  readonly bound: string | undefined;
  readonly active: boolean;
};

export type StoredToken = {
  readonly id: number;
  readonly account: number;
  readonly name: string;
  /** SHA-256 of the token. */
  readonly digest: string;
  readonly scope: "read" | "write";
  /** UTC milliseconds. */
  readonly expiresAt: number;
  readonly revoked: boolean;
};

/** The current state of every account, by id. */
export async function listAccounts(sql: Sql): Promise<readonly StoredAccount[]> {
  const rows = await sql.rows<Omit<StoredAccount, "bound"> & { readonly bound: string | null }>(
    "SELECT id, name, password, role, bound, active FROM account_row QUALIFY seq = max(seq) OVER (PARTITION BY id) ORDER BY id",
  );
  return rows.map((row) => ({ ...row, bound: row.bound ?? undefined }));
}

/** Keeps a new state of an account; without an id it is a new account. @returns the id */
export async function saveAccount(
  sql: Sql,
  account: Omit<StoredAccount, "id"> & { readonly id?: number },
  at: Date,
): Promise<number> {
  const next = await sql.one<{ seq: number; id: number }>(
    "SELECT (coalesce(max(seq), 0) + 1)::INTEGER AS seq, (coalesce(max(id), 0) + 1)::INTEGER AS id FROM account_row",
  );
  const id = account.id ?? next.id;
  const { name, password, role, bound, active } = account;
  await sql.run("INSERT INTO account_row VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [
    next.seq,
    id,
    name,
    password,
    role,
    bound ?? null,
    active,
    at.getTime(),
  ]);
  return id;
}

/** The current state of every token, by id. */
export async function listTokens(sql: Sql): Promise<readonly StoredToken[]> {
  const rows = await sql.rows<{
    id: number;
    account: number;
    name: string;
    digest: string;
    scope: string;
    expires_at: bigint;
    revoked: boolean;
  }>(
    "SELECT id, account, name, digest, scope, expires_at, revoked FROM token_row QUALIFY seq = max(seq) OVER (PARTITION BY id) ORDER BY id",
  );
  return rows.map(({ expires_at, scope, ...row }) => ({
    ...row,
    scope: scope === "write" ? "write" : "read",
    expiresAt: Number(expires_at),
  }));
}

/** Keeps a new state of a token; without an id it is a new one. @returns the id */
export async function saveToken(
  sql: Sql,
  token: Omit<StoredToken, "id"> & { readonly id?: number },
  at: Date,
): Promise<number> {
  const next = await sql.one<{ seq: number; id: number }>(
    "SELECT (coalesce(max(seq), 0) + 1)::INTEGER AS seq, (coalesce(max(id), 0) + 1)::INTEGER AS id FROM token_row",
  );
  const id = token.id ?? next.id;
  const { account, name, digest, scope, expiresAt, revoked } = token;
  await sql.run("INSERT INTO token_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [
    next.seq,
    id,
    account,
    name,
    digest,
    scope,
    expiresAt,
    revoked,
    at.getTime(),
  ]);
  return id;
}
