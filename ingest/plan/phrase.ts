/** The words of a target: the piece of its clause that is about its number, and no other. */
import type { Clause } from "./clauses.ts";
import { type Item, isRunItem } from "./target-items.ts";

/** A phrase is shown to a person beside its target: a longer one is cut around its number. */
const LONGEST_PHRASE = 48;

/** The words of one item: its clause, without those of the items before and behind it. */
export function phraseOf(
  text: string,
  clause: Clause,
  item: Item,
  previous: Item | undefined,
  next: Item | undefined,
): Clause {
  let start = clause.start;
  if (previous !== undefined) {
    const between = text.slice(previous.at.end, item.at.start);
    const comma = between.lastIndexOf("、");
    const one = comma < 0 && (isRunItem(previous, text) || item.kind === "special");
    start = one ? clause.start : previous.at.end + (comma >= 0 ? comma + 1 : 0);
  }
  let end = clause.end;
  if (next !== undefined) {
    const between = text.slice(item.at.end, next.at.start);
    const comma = between.lastIndexOf("、");
    end =
      comma >= 0
        ? item.at.end + comma
        : isRunItem(item, text) || next.kind === "special"
          ? clause.end
          : item.at.end + (/^(?:以[上下内]|及以[上下]|左右|范围内|内)/.exec(between)?.[0].length ?? 0);
  }
  while (start < item.at.start && /\s/.test(text[start] ?? "")) start++;
  return { start, end };
}

/** The phrase as shown: the text of a span, cut around its number where it is long. */
export function shortened(text: string, span: Clause, item: Item): string {
  const whole = text.slice(span.start, span.end).trim();
  if (whole.length <= LONGEST_PHRASE) return whole;
  const room = LONGEST_PHRASE - (item.at.end - item.at.start);
  const end = Math.min(span.end, item.at.end + Math.floor(room / 3));
  const start = Math.max(span.start, end - LONGEST_PHRASE);
  return text.slice(start, end).trim();
}
