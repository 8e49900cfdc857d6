/** The numbers a plan prints, kept as text and read exactly. */
import { type Exact, parseExact } from "./exact.ts";

/** The exact value of a decimal such as `98.5` or a fraction such as `1/3`; `undefined` for any other text. */
export function parsePlanValue(text: string): Exact | undefined {
  const [num = "", den = "1", ...rest] = text.split("/");
  const [top, bottom] = [parseExact(num), parseExact(den)];
  if (top === undefined || bottom === undefined || bottom.num <= 0n || rest.length > 0) return undefined;
  return { num: top.num * bottom.den, den: top.den * bottom.num };
}

/** The exact value of a checked plan's number. @throws RangeError for text a plan file would not have passed */
export function planValue(text: string): Exact {
  const value = parsePlanValue(text);
  if (value === undefined) throw new RangeError(`not a plan's number: ${text}`);
  return value;
}
