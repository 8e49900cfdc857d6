/** `--as-of`: the daily values as they stood after a batch or at an instant. */
import { dailyAt, parseMoment } from "../analysis/as-of.ts";
import type { Period } from "../domain/period.ts";
import type { Store } from "../store/port.ts";

/** The relation to read daily values from; `daily` itself when no moment is given. */
export async function dailyAsOf(store: Store, moment: string | undefined, period: Period): Promise<string> {
  if (moment === undefined) return "daily";
  return await dailyAt(store, await parseMoment(store, moment), period);
}
