/**
 * The version of what is kept: it changes with every batch, tally, setting and alert, and with nothing else. Caches and ETags are keyed by it, so nothing stale is ever handed out.
 */
import type { Sql } from "../store/port.ts";

/** Such as `b12-t3-s1-a4`. */
export async function dataVersion(sql: Sql): Promise<string> {
  const row = await sql.one<{ batch: number; tally: number; setting: number; alert: number }>(
    `SELECT (SELECT coalesce(max(id), 0) FROM batch)::INTEGER AS batch,
       (SELECT coalesce(max(id), 0) FROM tally)::INTEGER AS tally,
       (SELECT coalesce(max(id), 0) FROM target_setting)::INTEGER AS setting,
       ((SELECT count(*) FROM alert) + (SELECT count(*) FROM alert_mute))::INTEGER AS alert`,
  );
  return `b${row.batch}-t${row.tally}-s${row.setting}-a${row.alert}`;
}

/**
 * Asks for the version, at most one question at a time: whoever asks while one is under way shares the next one, which
 * begins after they asked, so that nobody is told an older version than the one at the time of asking.
 */
export function versionReader(connect: () => Promise<Sql>): () => Promise<string> {
  let connection: Promise<Sql> | undefined;
  let running: Promise<string> | undefined;
  let next: Promise<string> | undefined;
  const ask = async (): Promise<string> => {
    connection ??= connect();
    return await dataVersion(await connection);
  };
  const start = (): Promise<string> => {
    const asked = ask().finally(() => {
      if (running === asked) running = undefined;
    });
    running = asked;
    return asked;
  };
  return () => {
    if (running === undefined) return start();
    next ??= running.then(
      () => restart(),
      () => restart(),
    );
    return next;
  };

  function restart(): Promise<string> {
    next = undefined;
    return start();
  }
}
