/**
 * A method sheet: all that decides one indicator's figures, as data.
 *
 * Every number in a sheet comes from the table or constant of the standard that uses it, so a sheet cannot say anything
 * else than the code does; `npm run check` fails when a printed sheet is older.
 */
import type { PolicyName } from "../policy.ts";

/** A text in both languages. */
export type Both = { readonly zh: string; readonly en: string };

/** CONFIRMED facts are rules, LIKELY ones stand behind a policy, UNVERIFIED ones are configuration or left out. */
export type Confidence = "confirmed" | "likely" | "unverified";

export type MethodTable = {
  readonly title: Both;
  /** Standard, table and clause. */
  readonly clause: string;
  readonly head: readonly Both[];
  readonly rows: readonly (readonly (string | Both)[])[];
};

export type MethodSheet = {
  /** The indicator the sheet is named after; also its file name. */
  readonly indicator: string;
  /** Other indicators this sheet answers for. */
  readonly also: readonly string[];
  readonly title: Both;
  readonly unit: string;
  readonly definition: readonly Both[];
  readonly formula: readonly Both[];
  readonly tables: readonly MethodTable[];
  readonly validity: readonly Both[];
  readonly rounding: readonly Both[];
  readonly editions: readonly Both[];
  readonly policies: readonly PolicyName[];
  readonly confidence: readonly (Both & { readonly level: Confidence })[];
  readonly unknown: readonly Both[];
};

/** Both languages of a text. */
export function both(zh: string, en: string): Both {
  return { zh, en };
}

/** A text that is the same in both languages. */
export function same(text: string): Both {
  return { zh: text, en: text };
}
