/** Clauses of a text: the pieces between punctuation that one number, with its subject and comparator, stands in. */

export type Clause = { readonly start: number; readonly end: number };

type Item = { readonly start: number; readonly end: number };

/**
 * The clauses of a text, in order. Brackets part clauses only where an item stands inside them (低于1.2%（不高于4天）);
 * else they belong to the words around them (有机物（VOCs）减排390吨). Signs inside an item part nothing.
 */
export function clausesOf(text: string, items: readonly Item[]): readonly Clause[] {
  const inside = (at: number) => items.some((item) => item.start <= at && at < item.end);
  const brackets = bracketsOf(text);
  const cuts: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (inside(at) || enclosed(brackets, at, items)) continue;
    if (/[。；;！!，：:\n]/.test(sign)) cuts.push(at);
    else if (sign === "," && !(/\d/.test(text[at - 1] ?? "") && /\d/.test(text[at + 1] ?? ""))) cuts.push(at);
    else if (/[（()）]/.test(sign) && brackets.some((b) => (b.start === at || b.end === at) && holds(b, items)))
      cuts.push(at);
    // A list of yearly figures: …1550吨）、2024年完成…
    else if (sign === "、" && /^、(?:19|20)\d{2}年/.test(text.slice(at, at + 6))) cuts.push(at);
  }
  const bounds = [-1, ...cuts, text.length];
  return bounds.slice(1).map((end, index) => ({ start: (bounds[index] ?? -1) + 1, end }));
}

/** The sentence a place stands in. */
export function sentenceAround(text: string, at: number): Clause {
  const start = Math.max(...["。", "；", ";", "！", "\n"].map((sign) => text.lastIndexOf(sign, at - 1))) + 1;
  const ends = ["。", "；", ";", "！", "\n"].map((sign) => text.indexOf(sign, at)).filter((end) => end >= 0);
  return { start, end: ends.length === 0 ? text.length : Math.min(...ends) };
}

function bracketsOf(text: string): readonly Item[] {
  const open: number[] = [];
  const found: Item[] = [];
  for (let at = 0; at < text.length; at++) {
    if (/[（(]/.test(text[at] ?? "")) open.push(at);
    if (/[）)]/.test(text[at] ?? "")) {
      const start = open.pop();
      if (start !== undefined) found.push({ start, end: at });
    }
  }
  return found;
}

function holds(bracket: Item, items: readonly Item[]): boolean {
  return items.some((item) => bracket.start < item.start && item.end <= bracket.end + 1);
}

/** Inside brackets without an item, punctuation parts nothing. */
function enclosed(brackets: readonly Item[], at: number, items: readonly Item[]): boolean {
  return brackets.some((b) => b.start < at && at < b.end && !holds(b, items));
}
