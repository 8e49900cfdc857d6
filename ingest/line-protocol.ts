/**
 * Format `line-protocol`: InfluxDB's text form, as loggers and Telegraf write it to files.
 *
 * Two kinds of lines. duibiao's own layout (`reading,indicator=…,place=…,span=… exact=…`) comes back as it was. Any
 * other measurement: the place in a tag `place`, `station`, `site` or `code`, each field an indicator by its code. The
 * time is the span's **start**; seconds to nanoseconds are told apart by their digits. Without a tag `span` the value
 * is an hour's, so it must stand on a whole hour: minute values are not hours and are rejected, not averaged.
 */
import { findIndicator } from "../src/domain/indicator.ts";
import type { PlaceFinder } from "../src/domain/place-finder.ts";
import { SPANS, type Span } from "../src/domain/reading.ts";
import type { RejectReason } from "../src/domain/reject.ts";
import { dayOf, dayStart, HOUR_MS } from "../src/domain/time.ts";
import { CELL_SEPARATOR } from "./cell-separator.ts";
import type { Format, GridColumn } from "./format.ts";
import { isLine, type Line, parseLine } from "./line-parse.ts";
import { type NamedPlace, namedPlace } from "./place-column.ts";
import { unitPower } from "./units.ts";

const PLACE_TAGS = ["place", "station", "site", "code"];
const OWN_MEASUREMENT = "reading";

export const lineProtocol: Format = {
  name: "line-protocol",
  zh: "InfluxDB 行协议（数采仪、Telegraf 导出的文本）",
  unit: "cell",
  describe:
    "时间为时段开始（秒、毫秒、微秒、纳秒按位数识别，UTC）；地点在标签 place、station、site 或 code，字段名为指标代码，单位为指标的单位或标签 unit；无标签 span 时为小时值，须为整点",
  grade: "provisional",
  placeKinds: ["city", "district", "township", "zone", "station", "road", "section", "noise_point"],
  missingMarks: [],
  wholeLines: true,
  live: true,
  takesName: (name) => /\.(lp|line|influx|txt)$/i.test(name),
  recognises: (_, head) => {
    const lines = head.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("#"));
    return lines.length > 0 && isLine(lines[0] ?? "");
  },
  read(file, sink, { places }) {
    const found = new Map<string, NamedPlace>();
    let declared = "";
    // Not by CSV lines: an escaped quote in a text field would open a quotation that never ends.
    for (const [at, text] of file.text.split("\n").entries()) {
      const number = at + 1;
      const bare = text.trim();
      if (bare === "" || bare.startsWith("#")) continue;
      const line = parseLine(bare);
      if (line === undefined) {
        sink.reject({ line: number, column: "", raw: bare, reason: "row.field-count", detail: "不是一行行协议" });
        continue;
      }
      const cells = cellsOf(line);
      sink.ignored(cells.ignored);
      const reject = (reason: RejectReason, column: string, raw: string, detail?: string): void => {
        for (const { name } of cells.taken) sink.reject({ line: number, column: column || name, raw, reason, detail });
      };
      if (cells.taken.length === 0) continue;
      const name = PLACE_TAGS.map((tag) => line.tags.get(tag)).find((tag) => tag !== undefined) ?? "";
      const place = found.get(name) ?? placeOf(name, places);
      found.set(name, place);
      if ("problem" in place) {
        reject(place.problem, "place", name, place.detail);
        continue;
      }
      const when = timeOf(line);
      if ("problem" in when) {
        reject(when.problem, "time", line.time, when.detail);
        continue;
      }
      const columns: GridColumn[] = cells.taken.map((cell) => cell.column);
      const key = JSON.stringify(columns);
      if (declared !== key) {
        sink.columns(columns);
        declared = key;
      }
      sink.row({
        line: number,
        placeId: place.placeId,
        start: when.start,
        span: when.span,
        flag: cells.flag,
        cells: cells.taken.map((cell) => cell.text).join(CELL_SEPARATOR),
      });
    }
    return undefined;
  },
};

/** A code as it stands first: a name is compared without its spaces, a code is not. */
function placeOf(name: string, places: PlaceFinder): NamedPlace {
  const coded = places.byCode(name);
  return coded === undefined ? namedPlace(name, places, lineProtocol.placeKinds) : { placeId: coded.id };
}

type Cells = {
  readonly taken: readonly { readonly name: string; readonly column: GridColumn; readonly text: string }[];
  readonly ignored: number;
  readonly flag: number;
};

function cellsOf(line: Line): Cells {
  const own = line.measurement === OWN_MEASUREMENT && line.tags.has("indicator") && line.fields.has("exact");
  return own ? ownCell(line) : fieldCells(line);
}

/** `exact` is the value in units of 10⁻⁸; a voided point holds nothing. */
function ownCell({ tags, fields }: Line): Cells {
  if (Number(fields.get("void") ?? 0) !== 0) return { taken: [], ignored: 1, flag: 0 };
  const name = tags.get("indicator") ?? "";
  const indicator = findIndicator(name);
  const column: GridColumn =
    indicator === undefined ? { name, problem: "indicator.unknown" } : { name, indicatorId: indicator.id };
  const text = scaled(fields.get("exact") ?? "");
  return { taken: [{ name, column, text }], ignored: 0, flag: Number(fields.get("flag") ?? 0) };
}

/** Fields that are no indicator (uptime, status, battery) are no readings. */
function fieldCells({ tags, fields }: Line): Cells {
  const unit = tags.get("unit");
  const taken: { name: string; column: GridColumn; text: string }[] = [];
  let ignored = 0;
  for (const [name, text] of fields) {
    const indicator = findIndicator(name);
    if (indicator === undefined) {
      ignored += 1;
      continue;
    }
    const power = unit === undefined ? 0 : unitPower(unit, indicator.unit);
    const column: GridColumn =
      power === undefined
        ? { name, problem: "unit.unknown", detail: `应为 ${indicator.unit}，标签写的是 ${unit}` }
        : { name, indicatorId: indicator.id, power };
    taken.push({ name, column, text });
  }
  return { taken, ignored, flag: 0 };
}

/** A whole multiple of 10⁻⁸ as a decimal text; anything else as it stands, to be rejected as no number. */
function scaled(text: string): string {
  if (!/^-?\d{1,18}$/.test(text)) return text;
  const digits = text.replace("-", "").padStart(9, "0");
  return `${text.startsWith("-") ? "-" : ""}${digits.slice(0, -8)}.${digits.slice(-8)}`;
}

/** Powers of ten of a second, by the digits of a time between 2001 and 2286. */
const DIGITS: Readonly<Record<number, bigint>> = { 10: 1n, 13: 1000n, 16: 1_000_000n, 19: 1_000_000_000n };
const MS = 1000n;

function timeOf({
  time,
  tags,
}: Line):
  | { readonly start: number; readonly span: Span }
  | { readonly problem: RejectReason; readonly detail?: string } {
  if (time === "") return { problem: "row.no-time" };
  const parts = /^\d+$/.test(time) ? DIGITS[time.length] : undefined;
  if (parts === undefined) return { problem: "row.bad-time", detail: "应为 10、13、16 或 19 位的 UTC 时间" };
  const units = BigInt(time) * MS;
  if (units % parts !== 0n) return { problem: "row.bad-time", detail: "不到一毫秒的零头" };
  const start = Number(units / parts);
  const given = tags.get("span") ?? "hour";
  const span = (Object.keys(SPANS) as Span[]).find((one) => one === given);
  if (span === undefined)
    return { problem: "period.unknown", detail: `标签 span 可写 ${Object.keys(SPANS).join("、")}` };
  if (span === "hour" && start % HOUR_MS !== 0) {
    return { problem: "row.bad-time", detail: "不是整点：先汇总成小时值，或加标签 span=sample（瞬时值）" };
  }
  if (span !== "hour" && span !== "sample" && dayStart(dayOf(start)) !== start) {
    return { problem: "row.bad-time", detail: "日、月等时段须从北京时间零点开始" };
  }
  return { start, span };
}
