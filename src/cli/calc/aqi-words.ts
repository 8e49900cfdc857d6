/** The words of `calc aqi`'s input: editions, modes, ozone metrics and pollutant names as people write them. */
import type { Edition } from "../../domain/edition.ts";
import type { Pollutant } from "../../standards/hj633-day.ts";
import type { IaqiColumn } from "../../standards/hj633-table.ts";

export type Mode = "daily" | "realtime";

/** Pollutants as printed. */
export const POLLUTANT_NAMES: Readonly<Record<Pollutant, string>> = {
  pm25: "PM2.5",
  pm10: "PM10",
  so2: "SO2",
  no2: "NO2",
  co: "CO",
  o3: "O3",
};

const MODES: Readonly<Record<string, Mode>> = {
  daily: "daily",
  day: "daily",
  日报: "daily",
  realtime: "realtime",
  "real-time": "realtime",
  hourly: "realtime",
  实时: "realtime",
  实时报: "realtime",
};

type Metrics = Readonly<Record<string, IaqiColumn>>;

const DAY_8H: Metrics = { "8h_daily_max": "o3_8h", "8h": "o3_8h", mda8: "o3_8h" };
const DAY_1H: Metrics = { "1h_daily_max": "o3_1h", "1h": "o3_1h" };

/** A metric that a mode does not rate is not listed. @source HJ 633-2012 cl. 5.1.2, 5.1.3; HJ 633-2026 cl. 4.2.2, 4.2.3 */
const OZONE: Readonly<Record<Edition, Readonly<Record<Mode, Metrics>>>> = {
  "2012": { daily: { ...DAY_8H, ...DAY_1H }, realtime: { "1h": "o3_1h", "8h": "o3_8h" } },
  "2026": { daily: DAY_8H, realtime: { "1h": "o3_1h" } },
};

/** The edition a text such as `2012`, `HJ 633-2012` or `HJ633—2026` names, or `undefined`. */
export function editionOfText(text: string): Edition | undefined {
  const found = /^(?:HJ\s*633\s*[-—–－]\s*)?(2012|2026)$/i.exec(text.trim());
  return found === null ? undefined : (found[1] as Edition);
}

/** Daily or real-time report, or `undefined`. */
export function modeOfText(text: string): Mode | undefined {
  return lookUp(MODES, text);
}

/** The ozone column of a metric, or `undefined` where this edition's report does not rate it. */
export function ozoneColumn(edition: Edition, mode: Mode, metric: string): IaqiColumn | undefined {
  return lookUp(OZONE[edition][mode], metric);
}

/** Several problems of a row in one cell. */
export function joinProblems(before: string, problem: string): string {
  return before === "" ? problem : `${before}；${problem}`;
}

function lookUp<T>(words: Readonly<Record<string, T>>, text: string): T | undefined {
  const word = text.trim().toLowerCase();
  return Object.hasOwn(words, word) ? words[word] : undefined;
}
