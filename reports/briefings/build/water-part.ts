/** Water sections over the period: class, what decides it, what stands between it and the target; dry and unsampled apart. */

import { sectionsOf } from "../../../src/analysis/water-answer.ts";
import { groupPeriod } from "../../../src/analysis/water-group.ts";
import { type SectionPeriod, sectionPeriods, sectionsByMonth } from "../../../src/analysis/water-section.ts";
import { divide, type Exact, ratio, subtract } from "../../../src/domain/exact.ts";
import { indicatorOf } from "../../../src/domain/indicator.ts";
import { monthsIn, type Period, yearBefore } from "../../../src/domain/period.ts";
import type { Place } from "../../../src/domain/place.ts";
import { dayParts } from "../../../src/domain/time.ts";
import {
  limitsOf,
  WATER_CLASS_ZH,
  type WaterClass,
  type WaterItem,
  type WaterType,
  waterItemZh,
} from "../../../src/standards/gb3838.ts";
import { decimalsKeepingOneDigit, decimalText } from "../../../src/standards/gbt8170.ts";
import { NOT_ASSESSED_ZH } from "../../../src/standards/water-target.ts";
import type { StripCell } from "../../charts/section-strip.ts";
import type { AbsenceRow, Figure } from "../district-data.ts";
import type { NoData, WaterPart, WaterRow } from "../district-parts.ts";
import { hasYearBefore, type Scene } from "./question.ts";

/** Up to this class nothing is wrong that an item could be named for. */
const GOOD: WaterClass = 2;

export async function waterPart(scene: Scene): Promise<WaterPart | NoData> {
  const { store, place, period, toDate, policies } = scene;
  const sections = sectionsOf(await store.places(), place);
  if (sections.length === 0) return { zh: "水环境", reason: "没有登记断面" };
  const over = async (span: Period) => await sectionPeriods(store, { sections, period: span, policies });
  const now = await over(period);
  if (now.every((one) => one.months === 0 && one.excluded === 0)) return { zh: "水环境", reason: "本期没有断面数据" };
  const before = hasYearBefore(period) ? await over(yearBefore(period)) : [];
  const soFar = scene.whole ? now : await over(toDate);
  const { assessed, status, reach } = groupPeriod(now, policies);
  const { reach: reachToDate } = groupPeriod(soFar, policies);
  return {
    sections: now.length,
    assessed,
    judged: reach.assessed,
    reached: reach.met,
    rate: percentOf(reach.rate),
    rateToDate: percentOf(reachToDate.rate),
    ...(status.status === undefined ? {} : { status: status.status }),
    rows: now.flatMap((one, at) => (one.class === undefined ? [] : [rowOf(one, one.class, before[at], soFar[at])])),
    ...(await stripOf(scene, sections)),
    apart: now.flatMap((one) => (one.class === undefined ? [absence(one)] : [])),
  };
}

/** Each section's class month by month of the year to date, as far as it has gone. */
async function stripOf(
  { store, toDate, today, policies }: Scene,
  sections: readonly Place[],
): Promise<Pick<WaterPart, "strip">> {
  if (monthsIn(toDate).length < 2) return {};
  const all = await sectionsByMonth(store, { sections, period: toDate, policies });
  const begun = all.filter(({ period }) => period.first <= today);
  return {
    strip: {
      months: begun.map(({ period }) => `${dayParts(period.first).month}月`),
      rows: sections.map((place, at) => {
        const own = begun.map((month) => month.sections[at]);
        const target = own.find((one) => one?.target !== undefined)?.target;
        return {
          place: place.name,
          ...(target === undefined ? {} : { target: WATER_CLASS_ZH[target] }),
          cells: own.map((one) => stripCell(one?.class, target)),
        };
      }),
    },
  };
}

function stripCell(found: WaterClass | undefined, target: WaterClass | undefined): StripCell | undefined {
  if (found === undefined) return undefined;
  const zh = WATER_CLASS_ZH[found];
  return target === undefined ? { class: zh } : { class: zh, worse: Math.max(0, found - target) };
}

function rowOf(
  one: SectionPeriod,
  found: WaterClass,
  before: SectionPeriod | undefined,
  soFar: SectionPeriod | undefined,
): WaterRow {
  const { place, target, reached, raw, rounded } = one;
  const basis = raw.rated.class === found ? raw : rounded;
  const level = place.attributes["level"];
  return {
    place: place.name,
    ...(level === undefined ? {} : { level }),
    ...(target === undefined ? {} : { target: WATER_CLASS_ZH[target] }),
    class: WATER_CLASS_ZH[found],
    ...(before?.class === undefined ? {} : { before: WATER_CLASS_ZH[before.class] }),
    ...(soFar?.class === undefined ? {} : { toDate: WATER_CLASS_ZH[soFar.class] }),
    ...(reached === undefined ? {} : { reached }),
    deciding: found <= GOOD ? "" : basis.rated.deciding.map(waterItemZh).join("、"),
    distance: target === undefined ? "未登记目标类别" : distanceZh(one, found, target),
  };
}

/** Each item above the target's limit with what it has to become; classes better or worse by one, two … */
function distanceZh({ raw, type }: SectionPeriod, found: WaterClass, target: WaterClass): string {
  if (found === target) return "达到目标";
  if (found < target) return `优于目标${target - found}类`;
  const items = Object.entries(raw.means) as [WaterItem, Exact][];
  const needs = items.flatMap(([item, value]) => needZh(item, value, type, target));
  return `差${found - target}类${needs.length === 0 ? "" : `：${needs.join("；")}`}`;
}

function needZh(item: WaterItem, value: Exact, type: WaterType, target: WaterClass): readonly string[] {
  const row = limitsOf(item, type);
  if (row.op === "none" || row.op === "within") return [];
  const limit = row.limits[target - 1];
  if (limit === undefined) return [];
  const over = subtract(value, limit);
  const worse = row.op === "at_most" ? over.num > 0n : over.num < 0n;
  if (!worse || value.num === 0n) return [];
  const share = divide(over.num < 0n ? { num: -over.num, den: over.den } : over, value);
  const { decimals } = indicatorOf(item);
  const text = (figure: Exact): string => decimalText(figure, decimalsKeepingOneDigit(figure, decimals));
  const verb = row.op === "at_most" ? "降" : "升";
  const percent = decimalText(ratio(share.num * 100n, share.den), 1);
  return [`${waterItemZh(item)}${text(value)}须${verb}至${text(limit)}（${verb}${percent}%）`];
}

function absence(one: SectionPeriod): AbsenceRow {
  const { notAssessed = "not_sampled", enough, raw, months } = one;
  const { missing } = raw.rated;
  const short = enough.valid || months === 0 ? "" : `：有值的月（或次）${enough.have}个，需${enough.need}个`;
  const lacks = notAssessed === "insufficient" && short === "" && missing.length > 0;
  return {
    place: one.place.name,
    whatZh: "水质类别",
    reason: `${NOT_ASSESSED_ZH[notAssessed]}${short}${lacks ? `：缺${missing.map(waterItemZh).join("、")}` : ""}`,
    validDays: one.days,
  };
}

function percentOf(rate: Exact | undefined): Figure {
  return rate === undefined ? { reason: "没有可评价的断面" } : { value: decimalText(rate, 1) };
}
