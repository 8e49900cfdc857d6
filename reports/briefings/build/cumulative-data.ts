/** The cumulative PM2.5 line from the days' valid values. */
import type { AqiDay } from "../../../src/analysis/aqi-days.ts";
import { runningMeans } from "../../../src/analysis/running.ts";
import type { Exact } from "../../../src/domain/exact.ts";
import { indicatorOf } from "../../../src/domain/indicator.ts";
import { dayParts, dayText } from "../../../src/domain/time.ts";
import { decimalText } from "../../../src/standards/gbt8170.ts";
import type { CumulativeData, DayValue } from "../../charts/cumulative.ts";

/** One digit more than is published: a line drawn from whole numbers would go in steps. */
const DRAWN_DECIMALS = 1;

/** Target and needed level are laid beside it by `standings.ts`. */
export function cumulativeData(days: readonly AqiDay[], lastYear: readonly AqiDay[]): CumulativeData {
  const { zh, unit } = indicatorOf("pm25");
  const first = days[0]?.day ?? 0;
  const before = running(lastYear);
  return {
    year: dayParts(first).year,
    indicatorZh: zh,
    unit,
    daily: days.map((one) => dayValue(one, one.values.pm25)),
    running: running(days),
    ...(before.some(({ value }) => value !== undefined) ? { lastYear: before } : {}),
  };
}

function running(days: readonly AqiDay[]): readonly DayValue[] {
  const means = runningMeans(days.map((one) => one.values.pm25));
  return days.map((one, at) => dayValue(one, means[at]));
}

function dayValue({ day }: AqiDay, value: Exact | undefined): DayValue {
  return value === undefined ? { day: dayText(day) } : { day: dayText(day), value: decimalText(value, DRAWN_DECIMALS) };
}
