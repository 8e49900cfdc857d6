/**
 * Deadlines as plans print them: 年底前, 9月底前, 4月1日起长期实施, 6-9月, 长期实施, 按时间节点.
 *
 * Only what the words say is turned into dates; a deadline without a date keeps its words and has none.
 */
import { type DayNumber, dayNumber, daysInMonth } from "./time.ts";

/**
 * `by`: done by `to`. `from`: in force from `from` on. `window`: inside `from`–`to`. `ongoing`: all year round.
 * `open`: worded without a date. `missing`: the plan prints none.
 */
export type Deadline = {
  readonly kind: "by" | "from" | "window" | "ongoing" | "open" | "missing";
  /** As printed; undefined when missing. */
  readonly text: string | undefined;
  /** First and last day, both inside; undefined where the words give none. */
  readonly from: DayNumber | undefined;
  readonly to: DayNumber | undefined;
};

const ONGOING = /^(长期(实施|坚持|推进)?|持续(推进|实施|开展)|全年|常态化)$/;

/** The deadline a plan of `year` prints as `text`. Never throws: what cannot be read is `open`. */
export function readDeadline(text: string | undefined, year: number): Deadline {
  const given = text?.replaceAll(/\s/g, "");
  if (given === undefined || given === "") {
    return { kind: "missing", text: undefined, from: undefined, to: undefined };
  }
  const [, yearText, rest = ""] = /^(?:(\d{4})年)?(.*)$/.exec(given) ?? [];
  const y = yearText === undefined ? year : Number(yearText);
  return { ...datesOf(rest, y), text: given };
}

type Dates = Omit<Deadline, "text">;

const OPEN: Dates = { kind: "open", from: undefined, to: undefined };

function datesOf(words: string, year: number): Dates {
  // 年度前 is a known slip of the pen for 年底前; words left empty are a bare year, such as 2025年.
  if (words === "" || /^(年底|年度|年末|年内|底|末|内)(之?前|完成)?$/.test(words)) {
    return until(dayNumber(year, 12, 31));
  }
  if (ONGOING.test(words)) return { kind: "ongoing", from: undefined, to: undefined };

  const span = /^(\d{1,2})月?[-—–~至到](\d{1,2})月(底前?|期间)?$/.exec(words);
  if (span !== null) {
    const to = Number(span[2]);
    const from = dayNumber(year, Number(span[1]), 1);
    const last = lastDayOf(year, to);
    return from === undefined || last === undefined ? OPEN : { kind: "window", from, to: last };
  }
  const start = /^(\d{1,2})月(?:(\d{1,2})日)?起/.exec(words);
  if (start !== null) {
    const from = dayNumber(year, Number(start[1]), Number(start[2] ?? 1));
    return from === undefined ? OPEN : { kind: "from", from, to: undefined };
  }
  // 9月前 could mean its first or its last day: only a day, 底 or 末 gives a date.
  const end = /^(\d{1,2})月(?:(\d{1,2})日|底|末)(之?前|完成)?$/.exec(words);
  if (end !== null) {
    const month = Number(end[1]);
    return until(end[2] === undefined ? lastDayOf(year, month) : dayNumber(year, month, Number(end[2])));
  }
  return OPEN;
}

function until(to: DayNumber | undefined): Dates {
  return to === undefined ? OPEN : { kind: "by", from: undefined, to };
}

function lastDayOf(year: number, month: number): DayNumber | undefined {
  return month < 1 || month > 12 ? undefined : dayNumber(year, month, daysInMonth(year, month));
}
