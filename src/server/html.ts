/** A safe template: every value is escaped unless it is itself `Html`. `raw` is for fragments this program wrote itself. */

const MAP: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const NEEDS = /[&<>"']/;
const ALL = /[&<>"']/g;

/** Text that is HTML already. A class, so that no value from outside can pretend to be one. */
export class Html {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

export type HtmlValue = Html | string | number | bigint | null | undefined | false | readonly HtmlValue[];

/** `html\`<p>${text}</p>\``: nothing, null and false print nothing; lists print one after another. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let out = parts[0] ?? "";
  for (let i = 0; i < values.length; i++) out += show(values[i]) + (parts[i + 1] ?? "");
  return new Html(out);
}

/** Marks a fragment as HTML. Never for anything that came from outside. */
export function raw(text: string): Html {
  return new Html(text);
}

function show(value: HtmlValue): string {
  if (value instanceof Html) return value.toString();
  if (typeof value === "string") return NEEDS.test(value) ? value.replace(ALL, (c) => MAP[c] ?? c) : value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (value === null || value === undefined || value === false) return "";
  let out = "";
  for (const one of value) out += show(one);
  return out;
}
