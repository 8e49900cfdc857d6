/** What an import gives: a draft of plans and targets for a person to judge. The JSON of `plan import` has this form. */
import type { Comparator, Firmness } from "../../src/domain/plan.ts";
import type { NumeralClass } from "./numeral-class.ts";

export type DraftMeasure = {
  readonly text: string;
  /** As printed, after filling merged cells down; null when the plan prints none. */
  readonly deadline: string | null;
  /** Where a plan has one column of responsible units, or one cell for two columns, they lead and are responsible. */
  readonly lead: readonly string[];
  readonly main: readonly string[];
  readonly support: readonly string[];
  /** What a person should look at: a code, and after a colon what was seen. */
  readonly flags: readonly string[];
  readonly line: number;
};

export type DraftTask = {
  readonly no: number | string;
  readonly name: string;
  readonly measures: readonly DraftMeasure[];
};

export type DraftPlan = { readonly plan: string; readonly title: string; readonly tasks: readonly DraftTask[] };

export type DraftSection = { readonly plan: string; readonly title: string; readonly line: number };

export type DraftTarget = {
  readonly plan: string;
  /** Number of its task; null for a number outside the table. */
  readonly task: number | string | null;
  readonly line: number;
  /** A piece of the plan's own text that carries the number. */
  readonly phrase: string;
  readonly subject: string;
  readonly comparator: Comparator;
  /** A number; `n/d` for a fraction without a finite decimal, `a-b` for a range. */
  readonly value: number | string;
  readonly unit: string;
  readonly firmness: Firmness;
  readonly flags: readonly string[];
};

export type DraftNumeral = { readonly line: number; readonly text: string; readonly class: NumeralClass };

export type UnaccountedNumeral = { readonly line: number; readonly text: string; readonly context: string };

export type PlanDraft = {
  readonly sections: readonly DraftSection[];
  readonly plans: readonly DraftPlan[];
  readonly draftTargets: readonly DraftTarget[];
  readonly numerals: readonly DraftNumeral[];
  readonly unaccounted: readonly UnaccountedNumeral[];
};
