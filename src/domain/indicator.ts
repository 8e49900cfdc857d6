/**
 * Indicators: what is measured or counted, with unit, medium, plausible range, printed precision and how it averages.
 *
 * `id` is what the store keeps: never reuse or renumber one. Limits and classes are not here: they belong to a
 * standard (`standards/`). The plausible range rejects what no instrument can have measured; it judges nothing else.
 */
import { fault } from "./faults.ts";

export type Medium = "air" | "dust" | "water" | "noise" | "weather" | "service";

/** How values of one place combine over time. `class` and `none` have no mean. */
export type Averaging = "arithmetic" | "energy" | "ph" | "sum" | "none";

export type Indicator = {
  readonly id: number;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly unit: string;
  readonly medium: Medium;
  readonly averaging: Averaging;
  /** Values outside are rejected, the ends are kept; an open end has no bound. */
  readonly plausible: { readonly min?: number; readonly max?: number };
  /** Decimals of a published statistic (mean, percentile). */
  readonly decimals: number;
};

const HOURLY_AIR = { medium: "air", averaging: "arithmetic" } as const;
const WATER = { medium: "water", averaging: "arithmetic" } as const;

/** The measured and counted indicators. Air maxima: the plausible hourly maxima the archive's rules state. */
export const INDICATORS = [
  { id: 1, code: "pm25", zh: "PM2.5", en: "fine particles", unit: "µg/m³", ...HOURLY_AIR, plausible: { min: 0, max: 5000 }, decimals: 0 },
  { id: 2, code: "pm10", zh: "PM10", en: "inhalable particles", unit: "µg/m³", ...HOURLY_AIR, plausible: { min: 0, max: 10000 }, decimals: 0 },
  { id: 3, code: "so2", zh: "SO2", en: "sulphur dioxide", unit: "µg/m³", ...HOURLY_AIR, plausible: { min: 0, max: 5000 }, decimals: 0 },
  { id: 4, code: "no2", zh: "NO2", en: "nitrogen dioxide", unit: "µg/m³", ...HOURLY_AIR, plausible: { min: 0, max: 2000 }, decimals: 0 },
  { id: 5, code: "co", zh: "CO", en: "carbon monoxide", unit: "mg/m³", ...HOURLY_AIR, plausible: { min: 0, max: 100 }, decimals: 1 },
  { id: 6, code: "o3", zh: "O3", en: "ozone", unit: "µg/m³", ...HOURLY_AIR, plausible: { min: 0, max: 2000 }, decimals: 0 },
  { id: 7, code: "tsp", zh: "TSP", en: "coarse particles of the street network (light scattering)", unit: "µg/m³", medium: "dust", averaging: "arithmetic", plausible: { min: 0, max: 20000 }, decimals: 0 },
  { id: 8, code: "dustfall", zh: "降尘量", en: "dustfall", unit: "t/(km²·30d)", medium: "dust", averaging: "arithmetic", plausible: { min: 0, max: 500 }, decimals: 1 },
  { id: 9, code: "road_dust_load", zh: "道路尘负荷", en: "road dust load", unit: "g/m²", medium: "dust", averaging: "arithmetic", plausible: { min: 0, max: 100 }, decimals: 2 },
  { id: 10, code: "nox", zh: "NOx", en: "nitrogen oxides as NO2", unit: "µg/m³", ...HOURLY_AIR, plausible: { min: 0, max: 5000 }, decimals: 0 },

  { id: 20, code: "wt", zh: "水温", en: "water temperature", unit: "℃", ...WATER, plausible: { min: -5, max: 60 }, decimals: 1 },
  { id: 21, code: "ph", zh: "pH", en: "pH", unit: "", medium: "water", averaging: "ph", plausible: { min: 0, max: 14 }, decimals: 0 },
  { id: 22, code: "do", zh: "溶解氧", en: "dissolved oxygen", unit: "mg/L", ...WATER, plausible: { min: 0, max: 60 }, decimals: 1 },
  { id: 23, code: "codmn", zh: "高锰酸盐指数", en: "permanganate index", unit: "mg/L", ...WATER, plausible: { min: 0, max: 1000 }, decimals: 1 },
  { id: 24, code: "cod", zh: "化学需氧量", en: "chemical oxygen demand", unit: "mg/L", ...WATER, plausible: { min: 0, max: 10000 }, decimals: 1 },
  { id: 25, code: "bod5", zh: "五日生化需氧量", en: "5-day biochemical oxygen demand", unit: "mg/L", ...WATER, plausible: { min: 0, max: 5000 }, decimals: 1 },
  { id: 26, code: "nh3n", zh: "氨氮", en: "ammonia nitrogen", unit: "mg/L", ...WATER, plausible: { min: 0, max: 1000 }, decimals: 2 },
  { id: 27, code: "tp", zh: "总磷", en: "total phosphorus", unit: "mg/L", ...WATER, plausible: { min: 0, max: 200 }, decimals: 3 },
  { id: 28, code: "tn", zh: "总氮", en: "total nitrogen", unit: "mg/L", ...WATER, plausible: { min: 0, max: 1000 }, decimals: 2 },
  { id: 29, code: "cu", zh: "铜", en: "copper", unit: "mg/L", ...WATER, plausible: { min: 0, max: 1000 }, decimals: 3 },
  { id: 30, code: "zn", zh: "锌", en: "zinc", unit: "mg/L", ...WATER, plausible: { min: 0, max: 1000 }, decimals: 3 },
  { id: 31, code: "f", zh: "氟化物", en: "fluoride", unit: "mg/L", ...WATER, plausible: { min: 0, max: 1000 }, decimals: 3 },
  { id: 32, code: "se", zh: "硒", en: "selenium", unit: "mg/L", ...WATER, plausible: { min: 0, max: 100 }, decimals: 4 },
  { id: 33, code: "as", zh: "砷", en: "arsenic", unit: "mg/L", ...WATER, plausible: { min: 0, max: 100 }, decimals: 4 },
  { id: 34, code: "hg", zh: "汞", en: "mercury", unit: "mg/L", ...WATER, plausible: { min: 0, max: 10 }, decimals: 5 },
  { id: 35, code: "cd", zh: "镉", en: "cadmium", unit: "mg/L", ...WATER, plausible: { min: 0, max: 10 }, decimals: 5 },
  { id: 36, code: "cr6", zh: "六价铬", en: "hexavalent chromium", unit: "mg/L", ...WATER, plausible: { min: 0, max: 100 }, decimals: 3 },
  { id: 37, code: "pb", zh: "铅", en: "lead", unit: "mg/L", ...WATER, plausible: { min: 0, max: 100 }, decimals: 3 },
  { id: 38, code: "cn", zh: "氰化物", en: "cyanide", unit: "mg/L", ...WATER, plausible: { min: 0, max: 100 }, decimals: 3 },
  { id: 39, code: "vp", zh: "挥发酚", en: "volatile phenol", unit: "mg/L", ...WATER, plausible: { min: 0, max: 100 }, decimals: 4 },
  { id: 40, code: "oil", zh: "石油类", en: "petroleum", unit: "mg/L", ...WATER, plausible: { min: 0, max: 1000 }, decimals: 2 },
  { id: 41, code: "las", zh: "阴离子表面活性剂", en: "anionic surfactant", unit: "mg/L", ...WATER, plausible: { min: 0, max: 1000 }, decimals: 2 },
  { id: 42, code: "s2", zh: "硫化物", en: "sulphide", unit: "mg/L", ...WATER, plausible: { min: 0, max: 100 }, decimals: 3 },
  { id: 43, code: "fc", zh: "粪大肠菌群", en: "faecal coliforms", unit: "个/L", ...WATER, plausible: { min: 0, max: 1_000_000_000 }, decimals: 0 },
  { id: 44, code: "ec", zh: "电导率", en: "conductivity", unit: "µS/cm", ...WATER, plausible: { min: 0, max: 200_000 }, decimals: 1 },
  { id: 45, code: "turb", zh: "浊度", en: "turbidity", unit: "NTU", ...WATER, plausible: { min: 0, max: 100_000 }, decimals: 1 },
  { id: 46, code: "chla", zh: "叶绿素a", en: "chlorophyll a", unit: "mg/L", ...WATER, plausible: { min: 0, max: 1000 }, decimals: 4 },
  { id: 47, code: "algae", zh: "藻密度", en: "algal density", unit: "cells/L", ...WATER, plausible: { min: 0, max: 9_000_000_000 }, decimals: 0 },
  { id: 48, code: "sd", zh: "透明度", en: "Secchi depth", unit: "m", ...WATER, plausible: { min: 0, max: 100 }, decimals: 2 },
  // Facts of one automatic record, not measurements: the class it was published with (0 none, 1–6), its station's status
  // and which items it holds as bits, since a later version of a record may hold fewer.
  { id: 49, code: "class_published", zh: "发布类别", en: "published class", unit: "", medium: "water", averaging: "none", plausible: { min: 0, max: 6 }, decimals: 0 },
  { id: 50, code: "station_status", zh: "站点情况", en: "station status", unit: "", medium: "water", averaging: "none", plausible: { min: 1, max: 9 }, decimals: 0 },
  { id: 51, code: "items_present", zh: "记录所含项目", en: "items of a record", unit: "", medium: "water", averaging: "none", plausible: { min: 0, max: 4095 }, decimals: 0 },

  { id: 60, code: "leq", zh: "等效声级", en: "equivalent level", unit: "dB(A)", medium: "noise", averaging: "energy", plausible: { min: 0, max: 160 }, decimals: 1 },
  { id: 61, code: "lmax", zh: "最大声级", en: "maximum level", unit: "dB(A)", medium: "noise", averaging: "none", plausible: { min: 0, max: 180 }, decimals: 1 },
  { id: 62, code: "noise_complaints", zh: "噪声投诉", en: "noise complaints", unit: "件", medium: "service", averaging: "sum", plausible: { min: 0, max: 1_000_000 }, decimals: 0 },

  { id: 80, code: "temp", zh: "气温", en: "air temperature", unit: "℃", medium: "weather", averaging: "arithmetic", plausible: { min: -60, max: 60 }, decimals: 1 },
  { id: 81, code: "rain", zh: "降水量", en: "precipitation", unit: "mm", medium: "weather", averaging: "sum", plausible: { min: 0, max: 1000 }, decimals: 1 },
  { id: 82, code: "wind", zh: "风速", en: "wind speed", unit: "m/s", medium: "weather", averaging: "arithmetic", plausible: { min: 0, max: 120 }, decimals: 1 },
  { id: 83, code: "pressure", zh: "气压", en: "air pressure", unit: "hPa", medium: "weather", averaging: "arithmetic", plausible: { min: 300, max: 1200 }, decimals: 1 },
  { id: 84, code: "humidity", zh: "相对湿度", en: "relative humidity", unit: "%", medium: "weather", averaging: "arithmetic", plausible: { min: 0, max: 100 }, decimals: 0 },
] as const satisfies readonly Indicator[];

export type IndicatorCode = (typeof INDICATORS)[number]["code"];

const byCode = new Map<string, Indicator>(INDICATORS.map((one) => [one.code, one]));
const byId = new Map<number, Indicator>(INDICATORS.map((one) => [one.id, one]));

/** The indicator of a code such as `pm25`. @throws Fault `indicator.unknown` with the known codes */
export function indicatorOf(code: string): Indicator {
  const found = findIndicator(code);
  if (found === undefined) throw fault("indicator.unknown", { given: code, known: [...byCode.keys()].join(" ") });
  return found;
}

/** The indicator of a code, in any letter case and with `.` or not (`PM2.5`), or `undefined`. */
export function findIndicator(text: string): Indicator | undefined {
  const code = text.trim().toLowerCase();
  return byCode.get(code) ?? byCode.get(code.replaceAll(/[.\s]/g, ""));
}

/** The indicator the store keeps under an id. @throws RangeError when the store holds an id this program does not know */
export function indicatorById(id: number): Indicator {
  const found = byId.get(id);
  if (found === undefined) throw new RangeError(`unknown indicator id ${id}`);
  return found;
}
