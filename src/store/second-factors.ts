/** Second factors in the catalogue, one row an account. Not kept row by row as accounts are: what was switched off is gone. */
import type { Sql } from "./port.ts";

export type StoredFactor = {
  readonly account: number;
  /** Shared with the person's app, base32: it must be known as it is to work a code out. */
  readonly secret: string;
  /** The step of the last code taken: earlier ones and this one count no more. */
  readonly lastStep: number;
  /** SHA-256 of the recovery codes that were not used yet. */
  readonly recovery: readonly string[];
  /** Since when, UTC milliseconds. */
  readonly at: number;
};

type Row = {
  readonly account: number;
  readonly secret: string;
  readonly last_step: bigint;
  readonly recovery: string;
  readonly at: bigint;
};

/** The accounts that have one. */
export async function accountsWithFactor(sql: Sql): Promise<readonly number[]> {
  return (await sql.rows<{ account: number }>("SELECT account FROM second_factor ORDER BY account")).map(
    ({ account }) => account,
  );
}

export async function factorOf(sql: Sql, account: number): Promise<StoredFactor | undefined> {
  const [row] = await sql.rows<Row>("SELECT * FROM second_factor WHERE account = ?", [account]);
  if (row === undefined) return undefined;
  const { last_step, recovery, at, ...rest } = row;
  return { ...rest, lastStep: Number(last_step), recovery: recovery.split(" ").filter(Boolean), at: Number(at) };
}

/** Keeps an account's second factor in place of the one before. */
export async function saveFactor(sql: Sql, { account, secret, lastStep, recovery, at }: StoredFactor): Promise<void> {
  await dropFactor(sql, account);
  await sql.run("INSERT INTO second_factor VALUES (?, ?, ?, ?, ?)", [
    account,
    secret,
    lastStep,
    recovery.join(" "),
    at,
  ]);
}

export async function dropFactor(sql: Sql, account: number): Promise<void> {
  await sql.run("DELETE FROM second_factor WHERE account = ?", [account]);
}
