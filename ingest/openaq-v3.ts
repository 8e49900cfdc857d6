/**
 * Format `openaq-v3`: bodies of the OpenAQ API v3, `/v3/sensors/{id}/hours` or hourly `/measurements`, one result a row.
 *
 * A result tells its hour from and to in UTC, but not its sensor's place: the option `place` does, which may name a
 * new station as `openaq-<location id>`. Values are means the service computed in binary fractions, so they are rounded
 * once, at the store's last decimal.
 */
import { parseExact } from "../src/domain/exact.ts";
import { findIndicator, type IndicatorCode } from "../src/domain/indicator.ts";
import { FLAGS } from "../src/domain/reading.ts";
import type { Reject } from "../src/domain/reject.ts";
import { HOUR_MS } from "../src/domain/time.ts";
import { isTimeZone } from "../src/domain/zone.ts";
import { decimalText } from "../src/standards/gbt8170.ts";
import type { Format, ReadContext, Sink } from "./format.ts";
import { conversionTo } from "./gas-units.ts";
import { type NamedPlace, namedPlace } from "./place-column.ts";
import { readClock } from "./when.ts";

/** The store's decimals. */
const DECIMALS = 8;
const STATION_CODE = /^openaq-\w{1,40}$/;

export const openaqV3: Format = {
  name: "openaq-v3",
  zh: "OpenAQ v3 接口的小时值（JSON）",
  unit: "row",
  describe:
    "period.datetimeFrom 为小时开始，UTC；只取一小时的值；单位随行，ppm、ppb 按 298.15 K、1013.25 hPa 换算；应答里没有站点，用 --place 指定（openaq-编号 可登记新站点）；来源自己标记的值保留并标为不正常",
  grade: "provisional",
  placeKinds: ["station"],
  missingMarks: ["-999", "-9999"],
  live: true,
  takesName: (name) => /\.json$/i.test(name),
  recognises: (_, head) => /^\s*\{/.test(head) && /"results"\s*:/.test(head) && /"datetimeFrom"\s*:/.test(head),
  read(file, sink, context) {
    const results = resultsOf(file.text);
    if (results === undefined) return "file.unreadable";
    const where = placeOf(results, context);
    let declared = "";
    for (const [k, result] of results.entries()) {
      const line = k + 1;
      const read = readResult(result);
      const reject = (one: Omit<Reject, "line">): void => sink.reject({ line, ...one });
      if (read === undefined) {
        reject({ column: "", raw: JSON.stringify(result).slice(0, 500), reason: "row.field-count" });
        continue;
      }
      const indicator = findIndicator(read.parameter);
      if (indicator === undefined) {
        sink.ignored(1);
        continue;
      }
      if (read.value === "") {
        sink.missing(1);
        continue;
      }
      if ("problem" in where) {
        reject({ column: "place", raw: context.options["place"] ?? "", reason: where.problem, detail: where.detail });
        continue;
      }
      const conversion = conversionTo(indicator.code as IndicatorCode, read.units);
      if (conversion === undefined) {
        reject({ column: "parameter.units", raw: read.units, reason: "unit.unknown" });
        continue;
      }
      const start = hourOf(read);
      if (start === undefined) {
        const raw = `${read.from} / ${read.to}`;
        reject({ column: "period", raw, reason: "row.bad-time", detail: "只取从整点起的一小时" });
        continue;
      }
      const key = `${indicator.id}|${read.units}`;
      if (declared !== key) sink.columns([{ name: "value", indicatorId: indicator.id, ...conversion }]);
      declared = key;
      putRow(sink, line, where.placeId, start, read);
    }
    return undefined;
  },
};

type Result = {
  readonly parameter: string;
  readonly units: string;
  /** Empty when there is none. */
  readonly value: string;
  readonly from: string;
  readonly to: string;
  readonly flagged: boolean;
};

function putRow(sink: Sink, line: number, placeId: number, start: number, { value, flagged }: Result): void {
  const read = parseExact(value);
  const cells = read === undefined ? value : decimalText(read, DECIMALS);
  sink.row({ line, placeId, start, span: "hour", cells, flag: flagged ? FLAGS.notNormal : 0 });
}

function resultsOf(text: string): readonly unknown[] | undefined {
  try {
    const { results } = JSON.parse(text) as { readonly results?: unknown };
    return Array.isArray(results) ? results : undefined;
  } catch {
    return undefined;
  }
}

/** @returns `undefined` where a part of a result is missing or of another kind */
function readResult(result: unknown): Result | undefined {
  const parameter = at(result, "parameter", "name");
  const units = at(result, "parameter", "units");
  const value = at(result, "value") ?? "";
  const from = at(result, "period", "datetimeFrom", "utc");
  const to = at(result, "period", "datetimeTo", "utc");
  if (typeof parameter !== "string" || typeof units !== "string") return undefined;
  if (typeof from !== "string" || typeof to !== "string") return undefined;
  if (typeof value !== "number" && value !== "") return undefined;
  return { parameter, units, value: String(value), from, to, flagged: at(result, "flagInfo", "hasFlags") === true };
}

function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return found;
}

/** The start of a full hour that lasts one. */
function hourOf({ from, to }: Result): number | undefined {
  const [start, end] = [readClock(from)?.instant, readClock(to)?.instant];
  if (start === undefined || end === undefined) return undefined;
  return end - start === HOUR_MS && start % HOUR_MS === 0 ? start : undefined;
}

function placeOf(results: readonly unknown[], { options, places, register }: ReadContext): NamedPlace {
  const asked = options["place"];
  if (asked === undefined)
    return { problem: "place.unknown", detail: "应答里没有站点：用 --place（或来源的 options.place）指定" };
  const known = places.byCode(asked);
  if (known !== undefined) return { placeId: known.id };
  if (!STATION_CODE.test(asked)) return namedPlace(asked, places, openaqV3.placeKinds);
  const [latitude, longitude] = ["latitude", "longitude"].map((key) =>
    results.map((one) => at(one, "coordinates", key)).find((one) => typeof one === "number"),
  );
  const zone = options["zone"];
  const located =
    latitude === undefined || longitude === undefined
      ? {}
      : { latitude: String(latitude), longitude: String(longitude) };
  return {
    placeId: register({
      code: asked,
      kind: "station",
      name: asked,
      ...(zone !== undefined && isTimeZone(zone) ? { timeZone: zone } : {}),
      attributes: located,
    }),
  };
}
