/** The version of the data at the moment of asking, read from the database only when it can have changed. */
import { dataVersion } from "../store/data-version.ts";
import type { Sql, Store } from "../store/port.ts";

export type VersionReader = {
  readonly now: () => Promise<string>;
  /** To be told what somebody read in the database. */
  readonly seen: (version: string) => void;
};

/**
 * What was read holds until a change is over, or somebody has seen another version. While a commit is under way its
 * data are not promised to anybody yet, so the version before it is still the right one; asking then would wait for the
 * commit, and while an import keeps the database busy any question takes tens of milliseconds.
 *
 * At most one question at a time: whoever asks while one is under way shares the next one, which begins after they
 * asked, so that nobody is told an older version than the one at the time of asking.
 */
export function versionReader({ connect, versionTime }: Pick<Store, "connect" | "versionTime">): VersionReader {
  let connection: Promise<Sql> | undefined;
  let held: { readonly time: number; readonly version: string } | undefined;
  let differing = 0;
  let running: Promise<string> | undefined;
  let next: Promise<string> | undefined;
  const ask = async (): Promise<string> => {
    connection ??= connect();
    const sql = await connection;
    const time = versionTime();
    const sightings = differing;
    const version = await dataVersion(sql);
    if (sightings === differing) held = { time, version };
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
  return {
    now: async () => {
      if (held !== undefined && held.time === versionTime()) return held.version;
      if (running === undefined) return await start();
      next ??= running.then(start, start);
      return await next;
    },
    seen: (version) => {
      if (held?.version === version) return;
      differing += 1;
      held = undefined;
    },
  };
}
