/**
 * A record of an automatic water station: its items, the class it was published with and the station's status.
 *
 * The store keeps one value a reading. What belongs to the record as a whole is kept beside its items, at the same
 * instant: the published class, the status, and the items it holds as bits, in the order of `RECORD_ITEMS`. A later
 * version of a record may hold fewer items than the one it corrects; those of the older one then count no more.
 */
import { type IndicatorCode, indicatorOf } from "./indicator.ts";

/** Items of the national release in its column order. The order is kept in stores: never change it. */
export const RECORD_ITEMS = [
  "wt",
  "ph",
  "do",
  "ec",
  "turb",
  "codmn",
  "nh3n",
  "tp",
  "tn",
  "chla",
  "algae",
] as const satisfies readonly IndicatorCode[];

export type RecordItem = (typeof RECORD_ITEMS)[number];

export const CLASS_PUBLISHED = indicatorOf("class_published").id;
export const STATION_STATUS = indicatorOf("station_status").id;
export const ITEMS_PRESENT = indicatorOf("items_present").id;

/** Status codes as stored. Only 正常 lets a record into statistics. */
export const STATION_STATUSES = [
  { code: 1, zh: "正常" },
  { code: 2, zh: "维护" },
  { code: 3, zh: "停站" },
  { code: 4, zh: "不具备运行条件" },
] as const;

export const STATUS_NORMAL = 1;

/** A status nobody has a code for. */
const STATUS_OTHER = 9;

/** The stored code of a status text. */
export function statusCode(text: string): number {
  return STATION_STATUSES.find(({ zh }) => zh === text.trim())?.code ?? STATUS_OTHER;
}

/** The text of a stored code. */
export function statusZh(code: number): string {
  return STATION_STATUSES.find((status) => status.code === code)?.zh ?? "其他";
}
