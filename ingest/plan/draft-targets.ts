/** One paragraph of a plan → its draft targets: every number of a sentence, and every frequency or whole without one. */
import { type Exact, multiply, ratio, reduce, toNumber } from "../../src/domain/exact.ts";
import type { Comparator, Firmness } from "../../src/domain/plan.ts";
import type { Quantity } from "./classify.ts";
import { type Clause, clausesOf, sentenceAround } from "./clauses.ts";
import { comparatorOf } from "./comparator.ts";
import type { DraftTarget } from "./draft.ts";
import { datesOf, type Frequency, frequenciesOf } from "./frequency.ts";
import { isTime } from "./measure-words.ts";
import { narrowed } from "./numeral-scan.ts";
import { type SpecialTarget, specialTargetsOf } from "./special-targets.ts";
import { type Shared, sharedSubjects, subjectOf } from "./subject.ts";

export type FoundTarget = Omit<DraftTarget, "plan" | "task" | "line">;

type Item =
  | { readonly kind: "quantity"; readonly at: Quantity }
  | { readonly kind: "frequency"; readonly at: Frequency }
  | { readonly kind: "special"; readonly at: SpecialTarget };

/** A phrase is shown to a person beside its target: a longer one is cut around its number. */
const LONGEST_PHRASE = 48;

type Seen = {
  readonly subject: string;
  readonly shared: Shared | undefined;
  readonly sentence: Clause;
  readonly fixed: boolean;
  /** Which of two subjects had the last of their numbers (分别). */
  readonly turn?: number;
};

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
    const read = readItem(item, part, seen);
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

/** Quantities, frequencies and special targets in order of place; a frequency with a number of its own is one item. */
function itemsOf(text: string, quantities: readonly Quantity[]): readonly Item[] {
  const specials = specialTargetsOf(text);
  const dates = datesOf(text);
  const counts = [...quantities];
  const frequencies: Frequency[] = [];
  for (const often of [...frequenciesOf(text), ...dates]) {
    const nextStop = /[。；;，,（(]/.exec(text.slice(often.end))?.index ?? text.length;
    const index = counts.findIndex((one) => one.start >= often.end && one.start < often.end + nextStop);
    const count = counts[index];
    if (count === undefined) {
      frequencies.push(often);
      continue;
    }
    const percent = /^(%|‰|个?百分点)$/.test(count.unit);
    const each = often.flags.includes("frequency.from-dates");
    counts[index] = {
      ...count,
      start: count.start,
      value: each && count.unit === "次" ? multiply(count.value, often.value) : count.value,
      unit: percent || count.unit === "名" ? count.unit : `${count.unit}/${often.period}`,
      flags: [...count.flags, percent ? `period:${often.period}` : "frequency.counted"],
    };
  }
  const free = <T extends { readonly start: number; readonly end: number }>(one: T) =>
    !specials.some((other) => other.start < one.end && one.start < other.end);
  const all: Item[] = [
    ...counts.filter(free).map((at) => ({ kind: "quantity" as const, at })),
    ...frequencies.map((at) => ({ kind: "frequency" as const, at })),
    ...specials.map((at) => ({ kind: "special" as const, at })),
  ];
  return all.sort((a, b) => a.at.start - b.at.start);
}

type Part = {
  readonly whole: string;
  readonly before: string;
  readonly after: string;
  readonly phrase: string;
  readonly follows: boolean;
  readonly lead: string;
  /** The clause, and the one before it where that is only a date: 6月底前，完成…. */
  readonly dated: string;
};

type Read = {
  readonly comparator: Comparator;
  readonly value: number | string;
  readonly unit: string;
  readonly firmness: Firmness;
  readonly flags: readonly string[];
  /** Whether each of several listed subjects has to reach the number by itself. */
  readonly perSubject: boolean;
};

function readItem(item: Item, part: Part, seen: Seen | undefined): Read | undefined {
  const strives = /力争|争取|努力/.test(part.before);
  const firm = (operational: boolean, about = false): Firmness =>
    operational ? "operational" : strives ? "strive" : about ? "about" : "binding";
  if (item.kind === "frequency") {
    const { value, unit, flags } = item.at;
    return { comparator: ">=", value: plain(value), unit, firmness: "operational", flags, perSubject: false };
  }
  if (item.kind === "special") {
    const { comparator, value, unit, operational, flags } = item.at;
    const nearly = /基本|大部/.test(part.before);
    const stated = comparator === "all_covered" && /\d%|百分百/.test(part.whole);
    return stated
      ? undefined
      : { comparator, value, unit, firmness: firm(operational, nearly), flags, perSubject: false };
  }
  const quantity = item.at;
  const { unit } = quantity;
  if (unit === "名" && /[前后末]$/.test(part.before)) return rank(quantity, part, firm);
  if (isRun(unit, part)) {
    const cut = /[后末]\s*(\d+)/.exec(part.after)?.[1];
    const flags = cut === undefined ? ["cut.missing"] : [`cut:${cut}`];
    return {
      comparator: "not_n_months_running",
      value: plain(quantity.value),
      unit,
      firmness: firm(false),
      flags,
      perSubject: false,
    };
  }
  const value = plain(quantity.value);
  const read = comparatorOf(part.before, part.after, {
    unit,
    isRange: quantity.upper !== undefined,
    more: quantity.more,
    is100: value === 100,
    chinese: quantity.chinese && !quantity.flags.includes("frequency.counted"),
  });
  const fixedToo = part.follows && seen?.fixed === true && read.flags.includes("comparator.unsaid");
  const comparator = fixedToo ? "=" : read.comparator;
  const flags = [...quantity.flags, ...(fixedToo ? ["set.fixed"] : read.flags), ...datesAround(part.dated)];
  const about = comparator === "~" || /^左右/.test(part.after) || /约$/.test(part.before);
  const percent = unit === "%" || unit === "‰" || unit === "";
  const measured = percent || /\//.test(unit);
  const works =
    /^范围[内外]/.test(part.after) ||
    flags.includes("frequency.counted") ||
    (isTime(unit) && comparator === "<=" && /^(?:之|以)?内/.test(part.after)) ||
    (comparator === "=" && flags.includes("set.fixed") && /类|项/.test(unit));
  return {
    comparator,
    value: quantity.upper === undefined ? value : `${value}-${plain(quantity.upper)}`,
    unit,
    firmness: firm(works, about),
    flags,
    perSubject: measured,
  };
}

function rank(quantity: Quantity, part: Part, firm: (operational: boolean) => Firmness): Read | undefined {
  const value = plain(quantity.value);
  const worst = /[后末]$/.test(part.before);
  const refused = /(?:不得?|未|无|避免|退出|防止|杜绝)[^，。；]{0,8}(?:进入|列入|位列|处于|排名?)/.test(part.before);
  if (
    worst &&
    /连续[^，。；]{0,8}$/.test(part.before.replace(/\d+个月.*$/, "")) &&
    /连续\d+个月|连续[一二三四五六七八九十两]+个月/.test(part.whole)
  ) {
    // The cut of a run, told with the run.
    return undefined;
  }
  if (worst) {
    return {
      comparator: "not_in_worst",
      value,
      unit: "名",
      firmness: firm(!refused),
      flags: refused ? [] : ["trigger"],
      perSubject: true,
    };
  }
  return { comparator: "<=", value, unit: "名", firmness: firm(false), flags: ["rank.from-best"], perSubject: true };
}

function isRun(unit: string, part: Part): boolean {
  return (
    unit === "个月" && /不[^，。；]{0,4}连续$/.test(part.before) && /^[^，。；]{0,8}(?:进入|列入|位列)/.test(part.after)
  );
}

const DATE =
  /(?:到|至)?(?:(?:19|20)\d{2}年(?:底|末|\d{1,2}月(?:底|\d{1,2}日)?)?|\d{1,2}月(?:底|\d{1,2}日)?|年底)(?:之?前)?/g;

/** Dates in a target's words: its own deadline, where it differs from the column's, and the year it is compared with. */
function datesAround(words: string): readonly string[] {
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

function datedWords(text: string, clause: Clause, clauses: readonly Clause[]): string {
  const words = text.slice(clause.start, clause.end).trim();
  const before = clauses.findLast((one) => one.end < clause.start);
  const above = before === undefined ? "" : text.slice(before.start, before.end).trim();
  return above !== "" && above.replace(DATE, "") === "" ? above + words : words;
}

/** The clause before in the same sentence, for a number whose own clause names no subject. */
function wordsBefore(text: string, clause: Clause, sentence: Clause): string {
  const words = text.slice(sentence.start, Math.max(sentence.start, clause.start - 1)).split(/[，,：:]/);
  return (words.at(-1) ?? "")
    .trim()
    .replace(/(?:同比|环比)?(?:持续|稳步|逐步|进一步)?(?:下降|上升|改善|提高|提升|增长|降低)$/, "");
}

/** The words of one item: its clause, without those of the items before and behind it. */
function phraseOf(
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

/** The months of a run belong to the rank behind them: 连续3个月进入全市后30名 is one thing. */
function isRunItem(item: Item, text: string): boolean {
  return item.kind === "quantity" && item.at.unit === "个月" && /连续$/.test(text.slice(0, item.at.start));
}

function shortened(text: string, span: Clause, item: Item): string {
  const whole = text.slice(span.start, span.end).trim();
  if (whole.length <= LONGEST_PHRASE) return whole;
  const room = LONGEST_PHRASE - (item.at.end - item.at.start);
  const end = Math.min(span.end, item.at.end + Math.floor(room / 3));
  const start = Math.max(span.start, end - LONGEST_PHRASE);
  return text.slice(start, end).trim();
}

/** A subject that goes on with the list before it: “PM2.5、TSP年累计浓度…，单月浓度…” speaks of both again. */
function continued(subject: string, before: Shared | undefined): Shared | undefined {
  if (before === undefined) return undefined;
  const noun = before.noun.slice(-2);
  if (noun.length < 2 || !subject.endsWith(noun) || before.heads.some((head) => subject.includes(head)))
    return undefined;
  const [first, second] = before.heads;
  return { subjects: [first + subject, second + subject], heads: before.heads, noun: subject };
}

/** A number where a finite decimal writes it, else `n/d`. */
function plain(value: Exact): number | string {
  const { num, den } = reduce(value);
  let rest = den;
  for (const prime of [2n, 5n]) while (rest % prime === 0n) rest /= prime;
  return rest === 1n ? toNumber(ratio(num, den)) : `${num}/${den}`;
}
