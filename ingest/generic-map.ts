/** The mapping of format `generic`: a small YAML that says what the columns of a file are. */
import { parse } from "yaml";
import { z } from "zod";
import { fault } from "../src/domain/faults.ts";
import { findIndicator } from "../src/domain/indicator.ts";
import { PLACE_KINDS } from "../src/domain/place.ts";
import { isTimeZone } from "../src/domain/zone.ts";

const indicator = z.string().refine((code) => findIndicator(code) !== undefined, "没有这个指标");

/**
 * `place`, `time`, `indicator`, `value`, `unit`: heads of columns. `values`: for wide files, heads and what they hold.
 * `kind`: what kind of place. `span`: what the time means. Without a column of places, `fixedPlace` is the place of the
 * whole file, or with `sheetPlace` each sheet's name that of the sheet. `skipSheets`: names of sheets not to take.
 */
const schema = z.strictObject({
  place: z.string().optional(),
  fixedPlace: z.string().optional(),
  sheetPlace: z.literal(true).optional(),
  skipSheets: z.array(z.string()).default([]),
  time: z.string(),
  kind: z.enum(PLACE_KINDS),
  span: z.enum(["hourStart", "hourEnd", "minuteStart", "minuteEnd", "sample", "day", "month", "period"]),
  zone: z.string().refine(isTimeZone, "没有这个时区").default("Asia/Shanghai"),
  missing: z.array(z.string()).default([]),
  indicator: z.string().optional(),
  value: z.string().optional(),
  unit: z.string().optional(),
  values: z.record(z.string(), z.strictObject({ indicator, unit: z.string().optional() })).optional(),
});

export type GenericMap = z.infer<typeof schema>;

/** @throws Fault `ingest.mapping` naming the key that is wrong */
export function parseGenericMap(text: string): GenericMap {
  const problem = (reason: string) => fault("ingest.mapping", { reason }, { parameter: "--map" });
  let given: unknown;
  try {
    given = parse(text);
  } catch (error) {
    throw problem(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  }
  const read = schema.safeParse(given);
  if (!read.success) {
    throw problem(
      read.error.issues.map((issue) => `${issue.path.join(".") || "整个文件"}：${issue.message}`).join("；"),
    );
  }
  const map = read.data;
  if (map.place === undefined && (map.fixedPlace === undefined) === (map.sheetPlace === undefined))
    throw problem("没有 place 时，fixedPlace 和 sheetPlace 写一个");
  const long = map.indicator !== undefined && map.value !== undefined;
  if (long === (map.values !== undefined)) throw problem("长表写 indicator 和 value，宽表写 values，二者取一");
  return map;
}

/** The heads a table must have to be read by a mapping. */
export function namedHeads({ place, time, indicator, value, unit, values }: GenericMap): readonly string[] {
  return [place, time, indicator, value, unit, ...Object.keys(values ?? {})].filter((name) => name !== undefined);
}
