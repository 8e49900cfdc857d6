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
 * Tells whether the version can have changed since it was read, without asking the database: this process alone writes
 * to it, so every commit passes here.
 */
export type VersionClock = {
  /** How often the version may have changed so far; undefined while it may be changing. */
  readonly time: () => number | undefined;
  /** To be called before a change becomes visible; what it gives back, when the change is over, kept or not. */
  readonly begin: () => () => void;
};

export function versionClock(): VersionClock {
  let over = 0;
  let running = 0;
  return {
    time: () => (running === 0 ? over : undefined),
    begin: () => {
      running += 1;
      return () => {
        running -= 1;
        over += 1;
      };
    },
  };
}

const NAMES_A_COUNTED_TABLE = new RegExp(`\\b(${COUNTED.join("|")})\\b`, "i");

/** A connection whose commits, and whose statements outside a transaction that could change the version, move the clock. */
export function clockedSql(sql: Sql, clock: VersionClock): Sql {
  let depth = 0;
  const during = async <T>(names: string, work: () => Promise<T>): Promise<T> => {
    if (depth > 0 || !NAMES_A_COUNTED_TABLE.test(names)) return await work();
    const end = clock.begin();
    try {
      return await work();
    } finally {
      end();
    }
  };
  return {
    ...sql,
    run: (text, values) => during(text, () => sql.run(text, values)),
    append: (table, columns) => during(table, () => sql.append(table, columns)),
    transaction: async (work) => {
      if (depth > 0) return await sql.transaction(work);
      depth += 1;
      let end: (() => void) | undefined;
      try {
        return await sql.transaction(async () => {
          const result = await work();
          // The commit follows at once.
          end = clock.begin();
          return result;
        });
      } finally {
        depth -= 1;
        end?.();
      }
    },
  };
}
