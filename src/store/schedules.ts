/** Scheduled jobs in the catalogue: what people set, and each run that ended. Rows are only ever added. */
import type { Sql } from "./port.ts";

export type JobSetting = {
  readonly job: string;
  /** In place of the configured times; undefined: as configured. */
  readonly cron: string | undefined;
  readonly paused: boolean;
  readonly by: string;
  /** UTC milliseconds. */
  readonly at: number;
};

export type JobRun = {
  readonly job: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: "done" | "failed";
  /** In Chinese: what came of it. */
  readonly detail: string;
};

/** The setting that holds for each job that has one. */
export async function jobSettings(sql: Sql): Promise<ReadonlyMap<string, JobSetting>> {
  const rows = await sql.rows<{ job: string; cron: string | null; paused: boolean; who: string; at: bigint }>(
    'SELECT job, cron, paused, who, "at" FROM job_setting QUALIFY seq = max(seq) OVER (PARTITION BY job)',
  );
  return new Map(
    rows.map(({ job, cron, paused, who, at }) => [
      job,
      { job, cron: cron ?? undefined, paused, by: who, at: Number(at) },
    ]),
  );
}

export async function saveJobSetting(sql: Sql, { job, cron, paused, by, at }: JobSetting): Promise<void> {
  await sql.run("INSERT INTO job_setting SELECT (coalesce(max(seq), 0) + 1)::INTEGER, ?, ?, ?, ?, ? FROM job_setting", [
    job,
    cron ?? null,
    paused,
    by,
    at,
  ]);
}

/** The last run of each job. */
export async function lastRuns(sql: Sql): Promise<ReadonlyMap<string, JobRun>> {
  const rows = await runRows(sql, "QUALIFY seq = max(seq) OVER (PARTITION BY job)");
  return new Map(rows.map((run) => [run.job, run]));
}

/** The runs of a job, the newest first. */
export async function jobRuns(sql: Sql, job: string, most: number): Promise<readonly JobRun[]> {
  return await runRows(sql, `WHERE job = ? ORDER BY seq DESC LIMIT ${Math.floor(most)}`, [job]);
}

export async function recordJobRun(sql: Sql, { job, startedAt, endedAt, outcome, detail }: JobRun): Promise<void> {
  await sql.run("INSERT INTO job_run SELECT (coalesce(max(seq), 0) + 1)::INTEGER, ?, ?, ?, ?, ? FROM job_run", [
    ...[job, startedAt, endedAt, outcome, detail],
  ]);
}

async function runRows(sql: Sql, rest: string, values: readonly string[] = []): Promise<readonly JobRun[]> {
  const rows = await sql.rows<{
    job: string;
    started_at: bigint;
    ended_at: bigint;
    outcome: JobRun["outcome"];
    detail: string;
  }>(`SELECT job, started_at, ended_at, outcome, detail FROM job_run ${rest}`, values);
  return rows.map(({ job, started_at, ended_at, outcome, detail }) => ({
    ...{ job, outcome, detail },
    startedAt: Number(started_at),
    endedAt: Number(ended_at),
  }));
}
