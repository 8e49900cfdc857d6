/** `--as-of`: a store as it stood after a batch or at an instant. */
import { parseMoment, type StoreState, stateAt } from "../analysis/as-of.ts";
import type { Store } from "../store/port.ts";

/** The state a moment names; the present when none is given. @throws Fault `batch.unknown`, `option.value` */
export async function stateAsOf(store: Store, moment: string | undefined): Promise<StoreState> {
  return stateAt(store, moment === undefined ? undefined : await parseMoment(store, moment));
}
