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

/**
 * Counts the changes that are over and may have changed the version: whoever keeps the version need not ask again before
 * the count moves. This process alone writes to the database, so every commit passes here.
 */
export type VersionClock = { readonly time: () => number; readonly tick: () => void };

export function versionClock(): VersionClock {
  let over = 0;
  return {
    time: () => over,
    tick: () => {
      over += 1;
    },
  };
}

const NAMES_A_COUNTED_TABLE = new RegExp(`\\b(${COUNTED.join("|")})\\b`, "i");

/** A connection whose commits, and whose statements outside a transaction that could change the version, move the clock. */
export function clockedSql(sql: Sql, { tick }: VersionClock): Sql {
  let depth = 0;
  const counting = async <T>(names: string, work: () => Promise<T>): Promise<T> => {
    if (depth > 0 || !NAMES_A_COUNTED_TABLE.test(names)) return await work();
    return await work().finally(tick);
  };
  return {
    ...sql,
    run: (text, values) => counting(text, () => sql.run(text, values)),
    append: (table, columns) => counting(table, () => sql.append(table, columns)),
    transaction: async (work) => {
      if (depth > 0) return await sql.transaction(work);
      depth += 1;
      // Also when it failed: what became of a commit that failed is for the database to say.
      return await sql.transaction(work).finally(() => {
        depth -= 1;
        tick();
      });
    },
  };
}
