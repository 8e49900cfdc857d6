/** The classes a numeral of a plan can end in. There is no “other”: what fits none is reported as unaccounted. */
export type NumeralClass =
  | "target"
  | "date"
  | "name"
  | "standard number"
  | "document number"
  | "list number"
  | "ordinal"
  | "grade"
  | "idiom"
  | "unit"
  | "scope"
  | "baseline"
  | "duration"
  | "enumeration";
