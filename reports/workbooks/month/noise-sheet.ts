/** Noise points over a month, day and night apart: levels, limits, and the share of valid dates within the limit by formula. */
import { type PointPeriod, pointPeriods } from "../../../src/analysis/noise-period.ts";
import { placesBelow } from "../../../src/analysis/rank.ts";
import { toNumber } from "../../../src/domain/exact.ts";
import { noiseLimit } from "../../../src/standards/gb3096.ts";
import { roundHalfEven } from "../../../src/standards/gbt8170.ts";
import type { Scene } from "../../briefings/build/question.ts";
import type { CellValue, Formula, WorkbookSheet } from "../xlsx-write.ts";

const PARTS = [
  ["day", "昼间"],
  ["night", "夜间"],
] as const;
/** Levels are printed to a tenth. */
const DECIMALS = 1;

/** Nothing where the district has no point. */
export async function noiseSheets({ store, place, period, policies }: Scene): Promise<readonly WorkbookSheet[]> {
  const points = placesBelow(await store.places(), place, "noise_point");
  if (points.length === 0) return [];
  const found = await pointPeriods(store, { points, period, policies });
  const rows = found.flatMap((point) => PARTS.map(([part, zh]) => rowOf(point, part, zh)));
  const formulas = rows.flatMap((row, at): readonly Formula[] => {
    const [valid, passing] = [row[5], row[6]];
    if (typeof valid !== "number" || typeof passing !== "number" || valid === 0) return [];
    return [{ row: at + 1, column: 7, formula: `G${at + 2}/F${at + 2}`, result: passing / valid }];
  });
  return [
    {
      name: "噪声",
      header: ["点位", "功能区", "时段", "等效声级（dB(A)）", "限值", "有效天数", "达标天数", "达标率"],
      rows,
      formats: rows.map(() => [undefined, undefined, undefined, "0.0", "0", "0", "0", "0.0%"]),
      formulas,
    },
  ];
}

function rowOf(point: PointPeriod, part: "day" | "night", zh: string): readonly CellValue[] {
  const { valid, validDates, pass } = point[part];
  return [
    point.place.name,
    point.zone === undefined ? "" : `${point.zone}类`,
    zh,
    valid === undefined ? null : toNumber(roundHalfEven(valid, DECIMALS)),
    point.zone === undefined ? null : toNumber(noiseLimit(point.zone, part)),
    validDates,
    pass?.passing ?? null,
    null,
  ];
}
