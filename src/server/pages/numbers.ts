/** Numbers as pages print them: − is U+2212, thousands with a comma, no data is — with the reason beside it. */
import { compare, type Exact } from "../../domain/exact.ts";
import { decimalText } from "../../standards/gbt8170.ts";
import { type Html, html } from "../html.ts";

/** `1,234.5`, `−3`. */
export function figure(value: Exact, decimals: number): string {
  return signed(decimalText(value, decimals));
}

/** A difference with its sign: `+3`, `−2`, `0`. */
export function difference(value: Exact, decimals: number): string {
  const text = figure(value, decimals);
  return compare(value, { num: 0n, den: 1n }) > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

export function whole(n: number | bigint): string {
  return signed(String(n));
}

function signed(text: string): string {
  const [head = "", tail] = text.replace("-", "").split(".");
  const grouped = head.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return `${text.startsWith("-") ? "−" : ""}${grouped}${tail === undefined ? "" : `.${tail}`}`;
}

/** A count, quiet when it is 0. */
export function quietZero(n: number): Html {
  return n === 0 ? html`<span class="quiet">0</span>` : html`${whole(n)}`;
}
