/** The account of a batch and of each of its files, summed from its slices by the format's unit. */
import { type Account, addAccounts, EMPTY_ACCOUNT } from "../src/domain/account.ts";
import type { Sql } from "../src/store/port.ts";
import type { Format } from "./format.ts";

/** The file number of values that were computed, not read: no file's account holds them. */
export const COMPUTED_FILE = 0;

/** Of the cells of a row, the first of these that one of them is tells what the row is. */
const OUTCOMES = ["corrected", "inserted", "unchanged", "outranked", "rejected"] as const;

type Outcome = (typeof OUTCOMES)[number];

/** Makes the tables an account is gathered in; in the batch's transaction. */
export async function openAccount(sql: Sql): Promise<void> {
  await sql.run("CREATE OR REPLACE TEMP TABLE settled_side (file INTEGER, line INTEGER, outcome VARCHAR)");
  await sql.run("CREATE OR REPLACE TEMP TABLE settled_sum (file INTEGER, line INTEGER, outcome VARCHAR, n BIGINT)");
}

/** Takes what a slice came to (`settled`) into the account: by file, and by row where rows count. */
export async function addSettled(sql: Sql, { unit }: Format): Promise<void> {
  const line = unit === "cell" ? "NULL" : "line";
  await sql.run(`INSERT INTO settled_sum SELECT file, ${line}, outcome, count(*) FROM settled GROUP BY ALL`);
}

/**
 * Accounts by file number, from the slices, the records beside and what was refused. With unit `row`, a row counts once:
 * rejected when its key could not be used (or no cell could), else corrected when any cell was, else inserted when any
 * cell was.
 */
export async function fileAccounts(sql: Sql, { unit }: Format): Promise<ReadonlyMap<number, Account>> {
  const rank = `CASE outcome ${OUTCOMES.map((outcome, k) => `WHEN '${outcome}' THEN ${k}`).join(" ")} END`;
  const outcomes =
    unit === "cell"
      ? `SELECT file, outcome, sum(n)::BIGINT AS n FROM (SELECT file, outcome, n FROM settled_sum
           UNION ALL SELECT file, outcome, 1 FROM settled_side) GROUP BY file, outcome
         UNION ALL SELECT file, 'rejected', count(*) FROM refusal GROUP BY file`
      : `SELECT file, [${OUTCOMES.map((outcome) => `'${outcome}'`).join(", ")}][first + 1] AS outcome, count(*) AS n FROM (
           SELECT file, min(${rank}) AS first FROM (SELECT file, line, outcome FROM settled_sum
             UNION ALL SELECT file, line, outcome FROM settled_side UNION ALL SELECT file, line, 'rejected' FROM refusal)
           GROUP BY file, line) GROUP BY file, first`;
  const accounts = new Map<number, Account>();
  const put = (file: number, change: Partial<Account>): void => {
    accounts.set(file, addAccounts([accounts.get(file) ?? EMPTY_ACCOUNT, { ...EMPTY_ACCOUNT, ...change }]));
  };
  for (const row of await sql.rows<{ file: number; outcome: Outcome; n: bigint }>(outcomes)) {
    put(row.file, { [row.outcome]: Number(row.n), read: Number(row.n) });
  }
  const beside = await sql.rows<{ file: number; missing: bigint; ignored: bigint }>(
    "SELECT file, sum(missing)::BIGINT AS missing, sum(ignored)::BIGINT AS ignored FROM beside GROUP BY file",
  );
  for (const row of beside) put(row.file, { missing: Number(row.missing), ignored: Number(row.ignored) });
  return accounts;
}
