/** What a check of `doctor` found. */
export type Finding = {
  /** `unique`, `daily` …: the same in every language. */
  readonly check: string;
  /** The promise, in Chinese. */
  readonly zh: string;
  readonly ok: boolean;
  /** What was looked at or what is wrong, in Chinese. */
  readonly detail: string;
};
