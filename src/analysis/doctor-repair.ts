/**
 * What can be put right without deciding anything: daily values are computed again from the readings, rows that stand
 * twice word for word stand once, files that no row names go. Everything else is for a person with a backup.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { leftovers } from "../store/leftovers.ts";
import type { Store } from "../store/port.ts";
import type { Finding } from "./doctor-finding.ts";
import { ALL_TIME, dailyAgain, forgetDailyAgain } from "./doctor-readings.ts";

export type Repair = { readonly check: string; readonly zh: string };

/** Whether a repair would change anything, and so needs a backup first. */
export async function repairable(store: Store, findings: readonly Finding[]): Promise<boolean> {
  const failed = findings.some(({ ok, check }) => !ok && (check === "daily" || check === "unique"));
  return failed || (await leftovers(store)).length > 0;
}

/** Repairs what is safe. The caller has made a backup. @returns what was done, in Chinese */
export async function repairStore(store: Store, findings: readonly Finding[]): Promise<readonly Repair[]> {
  const failed = (name: string): boolean => findings.some(({ check, ok }) => check === name && !ok);
  const done: Repair[] = [];
  if (failed("unique") && store.readings.engine === "duckdb") {
    const gone = await dropRepeats(store);
    if (gone > 0) done.push({ check: "unique", zh: `逐字相同的重复读数去掉 ${gone} 个` });
  }
  if (failed("daily") || done.length > 0) {
    done.push({ check: "daily", zh: `日值按读数全部重算，改动 ${await rebuildDaily(store)} 行` });
  }
  const files = await leftovers(store);
  for (const file of files) await rm(join(store.dir, file));
  if (files.length > 0) done.push({ check: "leftovers", zh: `清除中断留下的文件 ${files.length} 个` });
  return done;
}

/** Rows that are the same in every column; two values of one key are not ours to choose between. */
async function dropRepeats({ sql }: Store): Promise<number> {
  return await sql.transaction(async () => {
    const within = `start >= make_timestamp(${ALL_TIME.from}000) AND start <= make_timestamp(${ALL_TIME.to}000)`;
    const repeats = `SELECT rowid AS id FROM reading WHERE ${within}
      QUALIFY row_number() OVER (PARTITION BY place, indicator, start, span, value, flag, grade, batch ORDER BY rowid) > 1`;
    const { n } = await sql.one<{ n: bigint }>(`SELECT count(*) AS n FROM (${repeats})`);
    await sql.run(`DELETE FROM reading WHERE rowid IN (${repeats})`);
    return Number(n);
  });
}

async function rebuildDaily(store: Store): Promise<number> {
  const { sql } = store;
  return await sql.transaction(async () => {
    await dailyAgain(store);
    const { n } = await sql.one<{ n: bigint }>(`SELECT count(*) AS n FROM (
      (SELECT * FROM daily EXCEPT ALL SELECT * FROM daily_again) UNION ALL (SELECT * FROM daily_again EXCEPT ALL SELECT * FROM daily))`);
    await sql.run("DELETE FROM daily");
    await sql.run("INSERT INTO daily SELECT * FROM daily_again");
    await forgetDailyAgain(sql);
    return Number(n);
  });
}
