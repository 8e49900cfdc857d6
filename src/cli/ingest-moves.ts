/** Which ranks and standings a trial run of an ingest would move. */
import { type Changes, changesBetween } from "../analysis/changes.ts";
import { changesJson } from "../analysis/changes-json.ts";
import { movedWords } from "../analysis/changes-words.ts";
import type { PlaceTable } from "../domain/place.ts";
import { DEFAULT_POLICIES } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import type { Effects } from "./command.ts";
import { plansOfYear, planYearOf } from "./plan-targets.ts";
import { lastDayOver } from "./question.ts";

export type DryRunMoves = {
  /** Handed to the pipeline as `inspect`. */
  readonly inspect: (store: Store, batch: number) => Promise<void>;
  readonly words: () => readonly string[];
  /** `ranks` and `standings` in the keys of `duibiao changes`. */
  readonly json: () => Readonly<Record<string, unknown>>;
};

/** Gathers what the batches of a trial run would move, compared with the present. */
export function dryRunMoves({ now }: Pick<Effects, "now">): DryRunMoves {
  const found: { readonly changes: Changes; readonly table: PlaceTable }[] = [];
  return {
    async inspect(store, batch) {
      const today = lastDayOver(now());
      const plans = await plansOfYear(await planYearOf(undefined, now(), store.dir), store.dir);
      const question = { from: batch - 1, to: undefined, plans, at: today, policies: DEFAULT_POLICIES, today };
      found.push({ changes: await changesBetween(store, question), table: await store.places() });
    },
    words: () => found.flatMap(({ changes }) => movedWords(changes)),
    json: () => {
      const all = found.map(({ changes, table }) => changesJson(changes, table));
      const list = (key: string): readonly unknown[] => all.flatMap((one) => one[key] as readonly unknown[]);
      return { ranks: list("ranks"), standings: list("standings") };
    },
  };
}
