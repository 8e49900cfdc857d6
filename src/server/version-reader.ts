/** The version of the data at the moment of asking, read from the database only when it can have changed. */
import { dataVersion } from "../store/data-version.ts";
import type { Sql, Store } from "../store/port.ts";

export type VersionReader = {
  readonly now: () => Promise<string>;
  /** To be told what somebody was shown of the database. */
  readonly seen: (version: string) => void;
};

/**
 * What was read holds until a change is over, or somebody has seen another version. A change is over when whoever made it
 * is told so; until then its data are not promised to anybody, and the version before it is still the right one. So
 * after a commit `renew` has its time to make the pages of the new version, and nobody who looks waits for them.
 *
 * At most one question at a time: whoever asks while one is under way shares the next one, which begins after they
 * asked, so that nobody is told an older version than the one at the time of asking.
 * See `docs/decisions/pages-made-before-a-change-is-told.md`.
 */
export function versionReader(
  { connect, afterCommit }: Pick<Store, "connect" | "afterCommit">,
  renew: (version: string) => Promise<void>,
): VersionReader {
  let connection: Promise<Sql> | undefined;
  let held: string | undefined;
  /** Moves with everything after which what was read before may be too old. */
  let moves = 0;
  let running: Promise<string> | undefined;
  let next: Promise<string> | undefined;
  const hold = (version: string | undefined): void => {
    held = version;
    moves += 1;
  };
  const ask = async (): Promise<string> => {
    connection ??= connect();
    return await dataVersion(await connection);
  };
  const start = (): Promise<string> => {
    next = undefined;
    const asked = ask().finally(() => {
      if (running === asked) running = undefined;
    });
    running = asked;
    return asked;
  };
  const question = async (): Promise<string> => {
    if (running === undefined) return await start();
    next ??= running.then(start, start);
    return await next;
  };
  afterCommit(async () => {
    // A question that began before the commit holds nothing any more.
    moves += 1;
    const mine = moves;
    try {
      const version = await question();
      if (version !== held) await renew(version);
      // When others committed or saw something meanwhile, the database is asked which of it came last.
      hold(moves === mine ? version : undefined);
    } catch {
      hold(undefined);
    }
  });
  const seen = (version: string): void => {
    if (held !== version) hold(undefined);
  };
  return {
    seen,
    now: async () => {
      if (held !== undefined) return held;
      const before = moves;
      const version = await question();
      if (moves === before) hold(version);
      else seen(version);
      return version;
    },
  };
}
