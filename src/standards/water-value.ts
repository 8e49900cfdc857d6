/**
 * A measured concentration, or one below a detection limit, as laboratories and stations write it.
 *
 * Rests on: HJ/T 91-2002 (flag L after the limit, `0.025L`), 环办监测函〔2020〕82号 item 7 (half the limit in means).
 * A value below the limit stays a state of its own: it is no zero and no number until a rule says which.
 */
import { compare, divide, type Exact, exact, parseExact } from "../domain/exact.ts";
import { itemClass, limitsOf, type WaterClass, type WaterItem, type WaterType } from "./gb3838.ts";

/** `limit` is the detection limit, unknown where only `ND` or `未检出` is written. */
export type WaterValue =
  | { readonly kind: "measured"; readonly value: Exact }
  | { readonly kind: "below"; readonly limit: Exact | undefined };

/** Spaces are taken off afterwards: runs of them beside each other would be tried in every split. */
const NOT_DETECTED = /^(?:ND|N\.D\.|未检出)\s*(?:[(（]([^()（）]+)[)）])?$/i;
const BELOW = /^[<＜](.+)$/;
const FLAGGED = /^(.+)[LlＬ]$/;

/**
 * Reads a cell: a number, `0.025L`, `<0.025`, `＜0.025`, `ND`, `未检出`, `ND(0.01)`, `未检出(0.01)`.
 * @returns `undefined` for any other text; a negative number is read as it is, what it means is the caller's matter
 * @source HJ/T 91-2002 flag L; the other spellings are those seen in use
 * @example parseWaterValue("0.025L") // { kind: "below", limit: 0.025 }
 */
export function parseWaterValue(text: string): WaterValue | undefined {
  const bare = text.trim();
  const value = parseExact(bare);
  if (value !== undefined) return { kind: "measured", value };
  const named = NOT_DETECTED.exec(bare);
  if (named !== null && named[1] === undefined) return { kind: "below", limit: undefined };
  const limitText = named?.[1]?.trim().replace(/^</, "") ?? BELOW.exec(bare)?.[1] ?? FLAGGED.exec(bare)?.[1];
  const limit = limitText === undefined ? undefined : parseExact(limitText.trim());
  return limit === undefined || limit.num <= 0n ? undefined : { kind: "below", limit };
}

/**
 * What a value counts in a mean: itself, or half its detection limit.
 * @returns in the value's unit; `undefined` when it lies below an unknown limit
 * @source 环办监测函〔2020〕82号 item 7
 */
export function valueInMean(value: WaterValue): Exact | undefined {
  if (value.kind === "measured") return value.value;
  return value.limit === undefined ? undefined : divide(value.limit, exact(2));
}

/**
 * The class a single value proves. A value below its detection limit is judged only against limits the method can see:
 * it meets the classes whose limit is not below the detection limit, and the best of those is its class.
 *
 * @returns `undefined` when nothing can be said: the detection limit is unknown or above every limit, or the item
 * makes no class; for dissolved oxygen only 劣Ⅴ can be proved (every class asks for *at least* so much)
 * @source GB 3838-2002 table 1; detection limits: practice, LIKELY
 */
export function valueClass(item: WaterItem, value: WaterValue, type: WaterType): WaterClass | undefined {
  if (value.kind === "measured") return itemClass(item, value.value, type);
  if (value.limit === undefined) return undefined;
  const row = limitsOf(item, type);
  if (row.op === "none" || row.op === "within") return undefined;
  const last = row.limits.at(-1);
  if (last === undefined || compare(value.limit, last) > 0) return undefined;
  return row.op === "at_most" ? itemClass(item, value.limit, type) : 6;
}
