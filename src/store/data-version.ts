/**
 * The version of what is kept: it changes with every batch, tally, setting and alert, and with nothing else. Caches and
 * ETags are keyed by it, so nothing stale is ever handed out.
 */
import type { Sql } from "./port.ts";

/** The tables the version is read from. */
const COUNTED = ["batch", "tally", "target_setting", "alert", "alert_mute"] as const;

/** Such as `b12-t3-s1-a4`. */
export async function dataVersion(sql: Sql): Promise<string> {
  const row = await sql.one<Record<(typeof COUNTED)[number], number>>(
    `SELECT (SELECT coalesce(max(id), 0) FROM batch)::INTEGER AS batch,
       (SELECT coalesce(max(id), 0) FROM tally)::INTEGER AS tally,
       (SELECT coalesce(max(id), 0) FROM target_setting)::INTEGER AS target_setting,
       (SELECT count(*) FROM alert)::INTEGER AS alert, (SELECT count(*) FROM alert_mute)::INTEGER AS alert_mute`,
  );
  return `b${row.batch}-t${row.tally}-s${row.target_setting}-a${row.alert + row.alert_mute}`;
}

/** What is done after each commit that may have changed the version, before whoever made it is told that it is over. */
export type AfterCommit = () => Promise<void>;

/** Those who want to know of commits. This process alone writes to the database, so every commit passes here. */
export function commitHearers(): { readonly add: (hearer: AfterCommit) => void; readonly tell: AfterCommit } {
  const hearers: AfterCommit[] = [];
  return {
    add: (hearer) => void hearers.push(hearer),
    tell: async () => {
      for (const hearer of hearers) await hearer();
    },
  };
}

const NAMES_A_COUNTED_TABLE = new RegExp(`\\b(${COUNTED.join("|")})\\b`, "i");

/** A connection that tells of its commits, and of its statements outside a transaction that could change the version. */
export function heardSql(sql: Sql, tell: AfterCommit): Sql {
  let depth = 0;
  const telling = async <T>(names: string, work: () => Promise<T>): Promise<T> => {
    if (depth > 0 || !NAMES_A_COUNTED_TABLE.test(names)) return await work();
    return await work().finally(tell);
  };
  return {
    ...sql,
    run: (text, values) => telling(text, () => sql.run(text, values)),
    append: (table, columns) => telling(table, () => sql.append(table, columns)),
    transaction: async (work) => {
      if (depth > 0) return await sql.transaction(work);
      depth += 1;
      // Also when it failed: what became of a commit that failed is for the database to say.
      return await sql.transaction(work).finally(async () => {
        depth -= 1;
        await tell();
      });
    },
  };
}
