/** Readings: one value of one indicator at one place for one span of time. The span is part of the key. */

/**
 * Spans and the ids the store keeps. A span is keyed by its start, but `cumulative` by the start of its last month
 * (January–March 2015 is kept under 2015-03-01), so that the cumulative values of a year stay apart. `sample` is a
 * measurement at an instant. Minutes are kept as they came; the hours they make stand beside them (`ingest/minute-hours.ts`).
 */
export const SPANS = {
  hour: 1,
  day: 2,
  halfMonth: 3,
  month: 4,
  quarter: 5,
  year: 6,
  cumulative: 7,
  sample: 8,
  halfYear: 9,
  minute: 10,
} as const;

export type Span = keyof typeof SPANS;

/** Spans a source measures; a value of any other is given for a period as a whole. */
export const MEASURED_SPANS: readonly number[] = [SPANS.minute, SPANS.hour, SPANS.day, SPANS.sample];

/** Review grade: provisional (实时) is replaced by reviewed (审核), never the other way round. */
export const GRADES = { provisional: 0, reviewed: 1 } as const;

export type Grade = keyof typeof GRADES;

/** Flags a value may carry, as bits. A flag never drops a value by itself: policy says what a statistic excludes. */
export const FLAGS = {
  belowDetection: 1,
  flatLine: 2,
  spike: 4,
  crossItem: 8,
  stale: 16,
  notNormal: 32,
  weather: 64,
} as const;

/** The flags that depend on what else a batch holds; they make no value another value, and no digest another digest. */
export const SOFT_FLAGS = FLAGS.flatLine | FLAGS.spike | FLAGS.crossItem;
