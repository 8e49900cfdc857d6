/**
 * Water as statistics: an item's mean at a section, a section's class, a district's status and reach rate.
 *
 * A class is answered as its number (1–6) with its words beside it. A group of sections has a status, and a class of its
 * own only where mean concentrations decide (fewer than five sections).
 */
import { type Exact, ratio } from "../domain/exact.ts";
import type { Indicator } from "../domain/indicator.ts";
import { daysIn, type Period } from "../domain/period.ts";
import type { Place, PlaceTable } from "../domain/place.ts";
import { WATER_CLASS_ZH, type WaterClass, waterItemZh } from "../standards/gb3838.ts";
import { decimalsKeepingOneDigit } from "../standards/gbt8170.ts";
import { type Policies, policyTexts } from "../standards/policy.ts";
import { mainItemsZh } from "../standards/water-exceed.ts";
import { NOT_ASSESSED_ZH, type NotAssessed } from "../standards/water-target.ts";
import type { Store } from "../store/port.ts";
import type { Shortfall, Statistic } from "./statistic.ts";
import { groupPeriod } from "./water-group.ts";
import { type SectionPeriod, sectionPeriods } from "./water-section.ts";

export type WaterIndicator = "water_class" | "compliance_rate";

export const WATER_INDICATORS: Readonly<Record<WaterIndicator, { readonly zh: string }>> = {
  water_class: { zh: "水质类别" },
  compliance_rate: { zh: "断面水质达标率" },
};

/** What stands beside the number of a water answer. */
export type WaterFacts = {
  readonly class?: string;
  readonly classRaw?: string;
  readonly classRounded?: string;
  readonly deciding?: readonly string[];
  /** As bulletins print them; empty for none. */
  readonly mainItems?: string;
  readonly target?: string;
  readonly reached?: boolean;
  readonly notAssessed?: string;
  /** Of a group. */
  readonly status?: string;
  readonly method?: "mean" | "share";
  readonly sections?: number;
  readonly assessed?: number;
  readonly met?: number;
  readonly counts?: Readonly<Record<string, number>>;
};

export type WaterStatistic = Statistic & { readonly water?: WaterFacts };

type Question = {
  readonly places: readonly Place[];
  readonly period: Period;
  readonly policies: Policies;
};

/** The mean of an item at each place; only sections have one. */
export async function waterItemStatistics(
  store: Store,
  { places, period, policies }: Question,
  indicator: Indicator,
): Promise<readonly WaterStatistic[]> {
  const sections = places.filter((place) => place.kind === "section");
  const found = new Map(
    (await sectionPeriods(store, { sections, period, policies })).map((one) => [one.place.id, one]),
  );
  return places.map((place): WaterStatistic => {
    const one = found.get(place.id);
    const mean = one === undefined ? undefined : meanOf(one, indicator.code);
    const decimals = mean === undefined ? indicator.decimals : decimalsKeepingOneDigit(mean, indicator.decimals);
    return {
      ...common(place, period, indicator.code),
      value: mean,
      decimals,
      unit: indicator.unit,
      valid: mean === undefined ? noData("没有数据") : enough(one),
      n: one?.days ?? 0,
      expected: daysIn(period),
      policies: {},
    };
  });
}

/** The class of each section, and of other places the status of the sections below them. */
export async function waterClassStatistics(store: Store, question: Question): Promise<readonly WaterStatistic[]> {
  const { period, policies } = question;
  return await eachPlace(store, question, (place, sections): WaterStatistic => {
    const base = { ...common(place, period, "water_class"), decimals: 0, unit: "", policies: used(policies) };
    const [own] = sections;
    if (place.kind === "section" && own !== undefined) {
      return {
        ...base,
        value: asNumber(own.class ?? (policies.classOn === "rounded" ? own.rounded : own.raw).rated.class),
        valid: own.class === undefined ? notAssessed(own) : true,
        n: own.days,
        expected: daysIn(period),
        water: sectionFacts(own),
      };
    }
    const { known, assessed, status, reach } = groupPeriod(sections, policies);
    const { counts } = status.shares;
    return {
      ...base,
      value: asNumber(status.meanClass),
      valid: status.status === undefined ? noData("没有可评价的断面") : true,
      n: assessed,
      expected: known,
      behind: { what: "sections", have: assessed, of: known },
      water: {
        ...(status.meanClass === undefined ? {} : { class: WATER_CLASS_ZH[status.meanClass] }),
        ...(status.status === undefined ? {} : { status: status.status, method: status.method }),
        sections: known,
        assessed,
        met: reach.met,
        counts: Object.fromEntries(
          Object.entries(counts).map(([k, n]) => [WATER_CLASS_ZH[Number(k) as WaterClass], n]),
        ),
      },
    };
  });
}

/** The share of sections below each place that reach their target class, percent; with coverage beside it. */
export async function complianceStatistics(store: Store, question: Question): Promise<readonly WaterStatistic[]> {
  const { period, policies } = question;
  return await eachPlace(store, question, (place, sections): WaterStatistic => {
    const { reach } = groupPeriod(sections, policies);
    return {
      ...common(place, period, "compliance_rate"),
      statistic: "ratio",
      value: reach.rate,
      decimals: 1,
      unit: "%",
      valid: reach.rate === undefined ? noData(reach.sections === 0 ? "没有设目标的断面" : "没有可评价的断面") : true,
      n: reach.assessed,
      expected: reach.sections,
      behind: { what: "sections", have: reach.assessed, of: reach.sections },
      policies: used(policies),
      water: { sections: reach.sections, assessed: reach.assessed, met: reach.met },
    };
  });
}

async function eachPlace(
  store: Store,
  { places, period, policies }: Question,
  answer: (place: Place, sections: readonly SectionPeriod[]) => WaterStatistic,
): Promise<readonly WaterStatistic[]> {
  const table = await store.places();
  const below = places.map((place) => sectionsOf(table, place));
  const sections = [...new Set(below.flat())];
  const found = new Map(
    (await sectionPeriods(store, { sections, period, policies })).map((one) => [one.place.id, one]),
  );
  return places.map((place, k) =>
    answer(
      place,
      (below[k] ?? []).flatMap((section) => found.get(section.id) ?? []),
    ),
  );
}

/** A section itself, or all sections below a place. */
export function sectionsOf(table: PlaceTable, place: Place): readonly Place[] {
  if (place.kind === "section") return [place];
  const parents = new Map(table.places.map((one) => [one.id, one.parentId]));
  return table.places.filter((one) => {
    if (one.kind !== "section") return false;
    for (let at = one.parentId; at !== undefined; at = parents.get(at)) if (at === place.id) return true;
    return false;
  });
}

function meanOf(section: SectionPeriod, code: string): Exact | undefined {
  return section.raw.means[code as keyof typeof section.raw.means] ?? section.items.get(code)?.mean;
}

function sectionFacts(section: SectionPeriod): WaterFacts {
  const { raw, rounded, target, reached } = section;
  const basis = section.class !== undefined && section.class === raw.rated.class ? raw : rounded;
  const text = (found: WaterClass | undefined, key: string) =>
    found === undefined ? {} : { [key]: WATER_CLASS_ZH[found] };
  return {
    ...text(section.class, "class"),
    ...text(raw.rated.class, "classRaw"),
    ...text(rounded.rated.class, "classRounded"),
    deciding: basis.rated.deciding.map(waterItemZh),
    mainItems: mainItemsZh(basis.main),
    ...text(target, "target"),
    ...(reached === undefined ? {} : { reached }),
    ...(section.notAssessed === undefined ? {} : { notAssessed: NOT_ASSESSED_ZH[section.notAssessed] }),
  };
}

function common(place: Place, period: Period, indicator: string) {
  return { indicator, statistic: "mean", place, period, origin: "samples" } as const;
}

function used(policies: Policies): Readonly<Record<string, string>> {
  return policyTexts(policies, ["classOn", "requireItems"]);
}

function asNumber(found: WaterClass | undefined): Exact | undefined {
  return found === undefined ? undefined : ratio(BigInt(found));
}

function noData(zh: string): Shortfall {
  return { what: "data", have: 0, need: 1, zh };
}

function enough(section: SectionPeriod | undefined): true | Shortfall {
  if (section === undefined || section.enough.valid) return true;
  const { have, need } = section.enough;
  return { what: "months", have, need, zh: `有值的月（或次）${have} 个，需 ${need} 个` };
}

function notAssessed(section: SectionPeriod): Shortfall {
  const short = enough(section);
  if (short !== true && section.months > 0) return short;
  const reason: NotAssessed = section.notAssessed ?? "not_sampled";
  const { missing } = section.raw.rated;
  const items = reason === "insufficient" && missing.length > 0 ? `：缺 ${missing.map(waterItemZh).join("、")}` : "";
  return noData(`${NOT_ASSESSED_ZH[reason]}${items}`);
}
