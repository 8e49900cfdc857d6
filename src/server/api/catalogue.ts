/** Endpoints of what there is: places, indicators, methods, briefings. */
import { z } from "zod";
import { COUNT_INDICATORS } from "../../analysis/day-counts.ts";
import { INDICATORS } from "../../domain/indicator.ts";
import { PLACE_KINDS } from "../../domain/place.ts";
import { METHOD_SHEETS, methodSheet } from "../../standards/methods/registry.ts";
import { publishedBriefings } from "../../store/briefings.ts";
import { looseFiles, seesBriefing } from "../pages/briefings.ts";
import { endpoint } from "./endpoint.ts";
import { page, paged, pageOf, size } from "./schemas.ts";

const placeItem = z.object({
  code: z.string(),
  kind: z.string(),
  name: z.string(),
  parent: z.string().nullable(),
  timeZone: z.string(),
  attributes: z.record(z.string(), z.string()),
});

export const places = endpoint({
  path: "/places",
  zh: "地点：市、区、街乡、站点、断面、道路、噪声点",
  en: "Places",
  needs: "view",
  query: z.object({ kind: z.enum(PLACE_KINDS).optional(), q: z.string().max(100).optional(), page, size }),
  answer: paged(placeItem),
  ask: async ({ facts }, { query }) => {
    const codes = new Map(facts.places.places.map((one) => [one.id, one.code]));
    const all = facts.places.places
      .filter(
        (one) =>
          (query.kind === undefined || one.kind === query.kind) &&
          (query.q === undefined || one.name.includes(query.q)),
      )
      .map(({ code, kind, name, parentId, timeZone, attributes }) => ({
        code,
        kind,
        name,
        parent: parentId === undefined ? null : (codes.get(parentId) ?? null),
        timeZone,
        attributes,
      }));
    return pageOf(all, query);
  },
  csv: ({ items }) => ({
    head: ["code", "kind", "name", "parent"],
    rows: items.map((one) => [one.code, one.kind, one.name, one.parent ?? ""]),
  }),
});

export const indicators = endpoint({
  path: "/indicators",
  zh: "指标：测的和算的",
  en: "Indicators, measured and computed",
  needs: "view",
  answer: z.array(z.object({ code: z.string(), zh: z.string(), unit: z.string(), kind: z.string() })),
  ask: async () => [
    ...INDICATORS.map(({ code, zh, unit, medium }) => ({
      code: code as string,
      zh: zh as string,
      unit: unit as string,
      kind: medium as string,
    })),
    { code: "aqi", zh: "AQI", unit: "", kind: "computed" },
    { code: "composite_index", zh: "环境空气质量综合指数", unit: "", kind: "computed" },
    ...Object.entries(COUNT_INDICATORS).map(([code, { zh, unit }]) => ({ code, zh, unit, kind: "computed" })),
  ],
  csv: (all) => ({
    head: ["code", "zh", "unit", "kind"],
    rows: all.map((one) => [one.code, one.zh, one.unit, one.kind]),
  }),
});

export const methods = endpoint({
  path: "/methods",
  zh: "方法页的目录",
  en: "The method sheets there are",
  needs: "view",
  answer: z.array(z.object({ indicator: z.string(), also: z.array(z.string()), zh: z.string(), en: z.string() })),
  ask: async () =>
    METHOD_SHEETS.map(({ indicator, also, title }) => ({ indicator, also: [...also], zh: title.zh, en: title.en })),
});

export const method = endpoint({
  path: "/methods/{indicator}",
  zh: "一个指标的方法：定义、公式、表、有效性、修约、版本、口径",
  en: "How one indicator's figures are made",
  needs: "view",
  params: z.object({ indicator: z.string().max(40) }),
  answer: z.looseObject({ indicator: z.string() }),
  ask: async (_ask, { params }) => ({ ...methodSheet(params.indicator) }),
});

export const briefings = endpoint({
  path: "/briefings",
  zh: "简报：公布的（冻结，含各版）和文件夹里未公布的",
  en: "Briefings: those published, each version frozen, and loose files not published",
  needs: "briefing.view",
  some: true,
  cached: false,
  answer: z.array(
    z.object({
      name: z.string(),
      state: z.enum(["published", "unpublished"]),
      kind: z.enum(["district", "township"]).optional(),
      place: z.string().optional(),
      period: z.string().optional(),
      version: z.number().optional(),
      at: z.string(),
      sha256: z.string(),
      href: z.string(),
    }),
  ),
  ask: async (ask) => {
    const published = (await publishedBriefings(ask.store.sql)).filter((one) => seesBriefing(ask, one));
    const files = await looseFiles(ask, new Set(published.map((one) => one.sha256)));
    return [
      ...published.map(({ id, name, kind, place, period, version, at, sha256 }) => ({
        ...{ name, state: "published" as const, kind, place, period, version, sha256 },
        at: new Date(at).toISOString(),
        href: `/briefings/published/${id}/file`,
      })),
      ...files.map(({ name, at, sha256 }) => ({
        ...{ name, state: "unpublished" as const, sha256 },
        at: new Date(at).toISOString(),
        href: `/briefings/${encodeURIComponent(name)}`,
      })),
    ];
  },
});
