/** The version of the data at the moment of asking, read from the database only when it can have changed. */
import { dataVersion } from "../store/data-version.ts";
import type { Sql, Store } from "../store/port.ts";

/**
 * Asks the database at most one question at a time: whoever asks while one is under way shares the next one, which
 * begins after they asked, so that nobody is told an older version than the one at the time of asking. While an import
 * keeps the database busy, a question takes tens of milliseconds; so what was answered is kept until something commits.
 */
export function versionReader({ connect, versionTime }: Pick<Store, "connect" | "versionTime">): () => Promise<string> {
  let connection: Promise<Sql> | undefined;
  let held: { readonly time: number; readonly version: string } | undefined;
  let running: Promise<string> | undefined;
  let next: Promise<string> | undefined;
  const ask = async (): Promise<string> => {
    connection ??= connect();
    const sql = await connection;
    const time = versionTime();
    const version = await dataVersion(sql);
    held = time !== undefined && time === versionTime() ? { time, version } : undefined;
    return version;
  };
  const start = (): Promise<string> => {
    next = undefined;
    const asked = ask().finally(() => {
      if (running === asked) running = undefined;
    });
    running = asked;
    return asked;
  };
  return async () => {
    if (held !== undefined && held.time === versionTime()) return held.version;
    if (running === undefined) return await start();
    next ??= running.then(start, start);
    return await next;
  };
}
