/**
 * The account of a batch: every input unit (a cell or a row, as its format declares) ends in exactly one outcome.
 *
 * read = inserted + corrected + unchanged + outranked + rejected. Beside it stand `missing` (empty cells and the
 * format's missing marks) and `ignored` (columns and types the format does not take).
 */

export type Account = {
  readonly read: number;
  readonly inserted: number;
  readonly corrected: number;
  readonly unchanged: number;
  readonly outranked: number;
  readonly rejected: number;
  readonly missing: number;
  readonly ignored: number;
};

export const EMPTY_ACCOUNT: Account = {
  read: 0,
  inserted: 0,
  corrected: 0,
  unchanged: 0,
  outranked: 0,
  rejected: 0,
  missing: 0,
  ignored: 0,
};

/** The sum of accounts, outcome by outcome. */
export function addAccounts(accounts: readonly Account[]): Account {
  const total = { ...EMPTY_ACCOUNT };
  for (const account of accounts) {
    for (const key of Object.keys(total) as (keyof Account)[]) total[key] += account[key];
  }
  return total;
}

/** Whether every unit read has an outcome. */
export function addsUp(account: Account): boolean {
  const { read, inserted, corrected, unchanged, outranked, rejected } = account;
  return read === inserted + corrected + unchanged + outranked + rejected;
}
