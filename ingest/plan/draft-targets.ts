/** One paragraph of a plan → its draft targets: every number of a sentence, and every frequency or whole without one. */
import type { Quantity } from "./classify.ts";
import { type Clause, clausesOf, sentenceAround } from "./clauses.ts";
import type { DraftTarget } from "./draft.ts";
import { narrowed } from "./numeral-scan.ts";
import { phraseOf, shortened } from "./phrase.ts";
import { readItem } from "./read-item.ts";
import { continued, type Shared, sharedSubjects, subjectOf, wordsBefore } from "./subject.ts";
import { datedWords } from "./target-dates.ts";
import { type Item, itemsOf } from "./target-items.ts";

export type FoundTarget = Omit<DraftTarget, "plan" | "task" | "line">;

type Seen = {
  readonly subject: string;
  readonly shared: Shared | undefined;
  readonly sentence: Clause;
  readonly fixed: boolean;
  /** Which of two subjects had the last of their numbers (分别). */
  readonly turn?: number;
};

/** @param quantities those of the text, as `classify` gives them */
export function targetsIn(text: string, quantities: readonly Quantity[]): readonly FoundTarget[] {
  const flat = narrowed(text);
  const items = itemsOf(flat, quantities);
  const clauses = clausesOf(
    flat,
    items.map((item) => item.at),
  );
  const found: FoundTarget[] = [];
  let seen: Seen | undefined;
  items.forEach((item, index) => {
    const clause = clauses.find((one) => one.start <= item.at.start && item.at.start < one.end);
    if (clause === undefined) return;
    const inClause = (other: Item | undefined) =>
      other !== undefined && clause.start <= other.at.start && other.at.start < clause.end;
    const previous = items.slice(0, index).findLast(inClause);
    const next = items.slice(index + 1).find(inClause);
    const span = phraseOf(flat, clause, item, previous, next);
    const part = {
      whole: flat.slice(clause.start, clause.end),
      before: flat.slice(span.start, item.at.start),
      after: flat.slice(item.at.end, span.end),
      phrase: shortened(text, span, item),
      follows: previous !== undefined && /^[^，。；]{0,14}[、和]/.test(flat.slice(previous.at.end, item.at.start)),
      lead: flat[clause.start - 1] ?? "",
      dated: datedWords(flat, clause, clauses),
    };
    const read = readItem(item, part, seen?.fixed === true);
    if (read === undefined) return;
    const sentence = sentenceAround(flat, item.at.start);
    const same = seen !== undefined && seen.sentence.start === sentence.start ? seen : undefined;
    const flags = [...read.flags];
    let subject = subjectOf(part.before, part.after, item.kind === "quantity" && !read.perSubject);
    if (subject === "") {
      subject = same?.subject ?? wordsBefore(flat, clause, sentence);
      if (subject !== "") flags.push("subject.inherited");
    }
    if (subject === "") flags.push("subject.missing");
    if (part.lead === "（" || part.lead === "(") flags.push("bracket.same-thing");
    if (/^(?:或者?|或)/.test(part.whole.trim())) flags.push("alternative.to-previous");
    const shared =
      read.perSubject || /分别/.test(part.whole)
        ? (sharedSubjects(subject) ?? continued(subject, same?.shared))
        : undefined;
    const target = {
      phrase: part.phrase,
      comparator: read.comparator,
      value: read.value,
      unit: read.unit,
      firmness: read.firmness,
    };
    const respective = /分别/.test(part.whole) && shared !== undefined;
    if (respective) {
      // 分别不高于10和30微克: the first number is the first subject's.
      const turn = seen?.turn !== undefined && same !== undefined ? seen.turn + 1 : 0;
      const first = turn > 0 ? found.at(-1) : undefined;
      const unit = target.unit === "" && next?.kind === "quantity" ? next.at.unit : target.unit;
      const comparator =
        first !== undefined && flags.includes("comparator.unsaid") ? first.comparator : target.comparator;
      found.push({
        ...target,
        comparator,
        unit,
        subject: shared.subjects[turn] ?? subject,
        flags: [...flags, "subject.split"],
      });
      seen = { subject, shared, sentence, fixed: false, turn };
      return;
    }
    if (shared === undefined) found.push({ ...target, subject, flags });
    else for (const one of shared.subjects) found.push({ ...target, subject: one, flags: [...flags, "subject.split"] });
    seen = {
      subject,
      shared: shared ?? same?.shared,
      sentence,
      fixed: read.comparator === "=" && flags.includes("set.fixed"),
    };
  });
  return found;
}
