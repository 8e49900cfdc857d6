/** The account of a batch and of each of its files, summed from the staging tables by the format's unit. */
import { type Account, addAccounts, EMPTY_ACCOUNT } from "../src/domain/account.ts";
import type { Sql } from "../src/store/port.ts";
import type { Format } from "./format.ts";

type Outcome = "inserted" | "corrected" | "unchanged" | "outranked" | "rejected";

/**
 * Accounts by file number. With unit `row`, a row counts once: rejected when its key could not be used (or no cell
 * could), else corrected when any cell was, else inserted when any cell was.
 */
export async function fileAccounts(sql: Sql, format: Format): Promise<ReadonlyMap<number, Account>> {
  const outcomes =
    format.unit === "cell"
      ? `SELECT file, outcome, count(*) AS n FROM (SELECT file, outcome FROM settled UNION ALL SELECT file, outcome FROM settled_side)
         GROUP BY file, outcome UNION ALL SELECT file, 'rejected', count(*) FROM refusal GROUP BY file`
      : `SELECT file, outcome, count(*) AS n FROM (
           SELECT file, line, CASE WHEN bool_or(outcome = 'corrected') THEN 'corrected'
             WHEN bool_or(outcome = 'inserted') THEN 'inserted'
             WHEN bool_or(outcome = 'unchanged') THEN 'unchanged'
             WHEN bool_or(outcome = 'outranked') THEN 'outranked' ELSE 'rejected' END AS outcome
           FROM (SELECT file, line, outcome FROM settled
             UNION ALL SELECT file, line, outcome FROM settled_side UNION ALL SELECT file, line, 'rejected' FROM refusal)
           GROUP BY file, line) GROUP BY file, outcome`;
  const accounts = new Map<number, Account>();
  const put = (file: number, change: Partial<Account>): void => {
    accounts.set(file, addAccounts([accounts.get(file) ?? EMPTY_ACCOUNT, { ...EMPTY_ACCOUNT, ...change }]));
  };
  for (const row of await sql.rows<{ file: number; outcome: Outcome; n: bigint }>(outcomes)) {
    put(row.file, { [row.outcome]: Number(row.n), read: Number(row.n) });
  }
  const beside = await sql.rows<{ file: number; missing: bigint; ignored: bigint }>(
    "SELECT file, sum(missing)::BIGINT AS missing, sum(ignored)::BIGINT AS ignored FROM file_count GROUP BY file",
  );
  for (const row of beside) put(row.file, { missing: Number(row.missing), ignored: Number(row.ignored) });
  return accounts;
}
