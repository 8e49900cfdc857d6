/**
 * How many decimals an air figure keeps, by use.
 *
 * `raw`: an hourly or daily value before its index is looked up. `published`: what Beijing's bulletins print.
 * `judgement`: what is compared with a limit when the comparison is by rounded value. `statistic`: a mean or percentile
 * in our tables and ranks. Rests on: HJ 633-2026 cl. 4.2.2, 4.2.3 for `raw`; the bulletins 2013–2025 for `published`;
 * `judgement` and `statistic` follow `raw` (a rounding table attributed to HJ 663-2026 says one digit more for
 * statistics: not confirmed, so not used).
 */

export type DecimalUse = "raw" | "statistic" | "published" | "judgement";

export type AirFigure =
  | "pm25"
  | "pm10"
  | "so2"
  | "no2"
  | "co"
  | "o3"
  | "tsp"
  | "dustfall"
  | "road_dust_load"
  | "aqi"
  | "good_day_ratio"
  | "heavy_day_ratio"
  | "composite_index"
  | "exceedance_multiple"
  | "change_percent";

type Decimals = Readonly<Record<DecimalUse, number>>;

const all = (decimals: number): Decimals => ({
  raw: decimals,
  statistic: decimals,
  published: decimals,
  judgement: decimals,
});

export const AIR_DECIMALS: Readonly<Record<AirFigure, Decimals>> = {
  // Published with one decimal since the bulletin for 2024; whole before.
  pm25: { ...all(0), published: 1 },
  pm10: all(0),
  so2: all(0),
  no2: all(0),
  co: all(1),
  o3: all(0),
  tsp: all(0),
  dustfall: all(1),
  road_dust_load: all(2),
  aqi: all(0),
  good_day_ratio: all(1),
  heavy_day_ratio: all(1),
  composite_index: all(2),
  exceedance_multiple: all(2),
  change_percent: all(1),
};

/** The first year Beijing's bulletin prints PM2.5 with a decimal (30.5 for 2024; 32 for 2023). */
export const PM25_DECIMAL_SINCE = 2024;

/**
 * Digits after the point of a figure.
 * @param year the year of the data, for `published`: PM2.5 was printed whole before 2024; later when not told
 * @source see the head of this file
 */
export function airDecimals(figure: AirFigure, use: DecimalUse, year: number = PM25_DECIMAL_SINCE): number {
  if (figure === "pm25" && use === "published" && year < PM25_DECIMAL_SINCE) return AIR_DECIMALS.pm25.statistic;
  return AIR_DECIMALS[figure][use];
}
