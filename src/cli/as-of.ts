/** `--as-of`: a store as it stood after a batch or at an instant. */
import { dailyAt, parseMoment, storeAt } from "../analysis/as-of.ts";
import type { Period } from "../domain/period.ts";
import type { Store } from "../store/port.ts";

/** What a question is asked of: the readings of then, the daily values of then, the last batch that counts. */
export type StoreState = {
  readonly store: Store;
  /** The last batch; undefined for the present. */
  readonly batch: number | undefined;
  /** The relation to read a period's daily values from. */
  readonly dailyOf: (period: Pick<Period, "first" | "last">) => Promise<string>;
};

/** The state a moment names; the present when none is given. @throws Fault `batch.unknown`, `option.value` */
export async function stateAsOf(store: Store, moment: string | undefined): Promise<StoreState> {
  if (moment === undefined) return { store, batch: undefined, dailyOf: async () => "daily" };
  const batch = await parseMoment(store, moment);
  return { store: storeAt(store, batch), batch, dailyOf: (period) => dailyAt(store, batch, period) };
}
