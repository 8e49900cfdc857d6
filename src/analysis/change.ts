/** Change against the same span of another year, in percent. */
import { divide, type Exact, ratio, subtract } from "../domain/exact.ts";

/** (now − before) ÷ before × 100, from unrounded values: rounded ones would be rounded twice. `undefined` for before = 0. */
export function changePercent(now: Exact, before: Exact): Exact | undefined {
  if (before.num === 0n) return undefined;
  const { num, den } = divide(subtract(now, before), before);
  return ratio(num * 100n, den);
}
