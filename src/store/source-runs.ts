/** Runs of sources: what was asked, what came, how it ended. Rows are only ever added. */
import type { DayNumber } from "../domain/time.ts";
import type { Sql } from "./port.ts";

/** `unchanged`: the source answered and had nothing new. */
export type RunOutcome = "done" | "unchanged" | "failed";

export type SourceRun = {
  readonly source: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: RunOutcome;
  /** Why it failed, in Chinese; empty otherwise. */
  readonly detail: string;
  /** The last day all days up to which were fetched and taken in. */
  readonly until: DayNumber | undefined;
  readonly batches: readonly number[];
  readonly read: number;
  readonly inserted: number;
  readonly corrected: number;
  readonly rejected: number;
};

export async function recordRun(sql: Sql, run: SourceRun): Promise<void> {
  const { source, startedAt, endedAt, outcome, detail, until, batches, read, inserted, corrected, rejected } = run;
  await sql.run("INSERT INTO source_run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [
    source,
    BigInt(startedAt),
    BigInt(endedAt),
    outcome,
    detail,
    until ?? null,
    batches.join(" "),
    BigInt(read),
    BigInt(inserted),
    BigInt(corrected),
    BigInt(rejected),
  ]);
}

/** The runs of a source, the newest first. */
export async function sourceRuns(sql: Sql, source: string, most = 100): Promise<readonly SourceRun[]> {
  const rows = await sql.rows<Record<string, unknown>>(
    `SELECT * FROM source_run WHERE source = ? ORDER BY started_at DESC, rowid DESC LIMIT ${Math.floor(most)}`,
    [source],
  );
  return rows.map((row) => ({
    source: String(row["source"]),
    startedAt: Number(row["started_at"]),
    endedAt: Number(row["ended_at"]),
    outcome: row["outcome"] as RunOutcome,
    detail: String(row["detail"]),
    until: row["until_day"] === null ? undefined : Number(row["until_day"]),
    batches: String(row["batches"])
      .split(" ")
      .filter((text) => text !== "")
      .map(Number),
    read: Number(row["read_units"]),
    inserted: Number(row["inserted"]),
    corrected: Number(row["corrected"]),
    rejected: Number(row["rejected"]),
  }));
}

/** What an address answered last, as it asks to be reminded: kept only once its content was taken in. */
export async function validatorsOf(
  sql: Sql,
  source: string,
  url: string,
): Promise<{ readonly etag?: string; readonly modified?: string }> {
  const [row] = await sql.rows<{ etag: string | null; modified: string | null }>(
    "SELECT etag, modified FROM source_answer WHERE source = ? AND url = ? ORDER BY seen_at DESC LIMIT 1",
    [source, url],
  );
  return {
    ...(row?.etag === null || row === undefined ? {} : { etag: row.etag }),
    ...(row?.modified === null || row === undefined ? {} : { modified: row.modified }),
  };
}

export async function keepValidators(
  sql: Sql,
  source: string,
  url: string,
  { etag, modified }: { readonly etag?: string | undefined; readonly modified?: string | undefined },
  at: number,
): Promise<void> {
  await sql.run("INSERT INTO source_answer VALUES (?, ?, ?, ?, ?)", [
    source,
    url,
    etag ?? null,
    modified ?? null,
    BigInt(at),
  ]);
}

/** The latest stamp (UTC ms) the batches of some runs brought; `undefined` when they brought none. */
export async function newestStamp(sql: Sql, runs: readonly SourceRun[]): Promise<number | undefined> {
  const batches = runs.flatMap((run) => run.batches);
  const { high } = await sql.one<{ high: bigint | null }>(
    `SELECT epoch_ms(max(high)) AS high FROM batch WHERE id IN (${[-1, ...batches].join(",")})
       AND id NOT IN (SELECT undoes FROM batch WHERE undoes IS NOT NULL)`,
  );
  return high === null ? undefined : Number(high);
}
