/** Dates among the words of a target. */
import type { Clause } from "./clauses.ts";

const DATE =
  /(?:到|至)?(?:(?:19|20)\d{2}年(?:底|末|\d{1,2}月(?:底|\d{1,2}日)?)?|(?:\d{1,2}|[一二三四五六七八九十]+)月(?:底|\d{1,2}日)?|年底)(?:之?前)?/g;

/** Dates in a target's words: its own deadline, where it differs from the column's, and the year it is compared with. */
export function datesAround(words: string): readonly string[] {
  return [...words.matchAll(DATE)].flatMap(([date], index) => {
    const before = words.slice(0, words.indexOf(date));
    if (/[较比与自对]$/.test(before)) return [`base:${date}`];
    const year = /^(?:19|20)\d{2}年$/.test(date);
    const due =
      /^[到至]|[底末]|前$/.test(date) ||
      (year && index === 0 && before.trim() === "" && !/^[度]/.test(words.slice(date.length)));
    return due ? [`deadline:${date}`] : [];
  });
}

/** The words dates are looked for in: the clause, and the one before it where that is only a date. */
export function datedWords(text: string, clause: Clause, clauses: readonly Clause[]): string {
  const words = text.slice(clause.start, clause.end).trim();
  const before = clauses.findLast((one) => one.end < clause.start);
  const above = before === undefined ? "" : text.slice(before.start, before.end).trim();
  return above !== "" && above.replace(DATE, "") === "" ? above + words : words;
}
