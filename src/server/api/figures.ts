/** Endpoints of figures: statistics, readings, ranks, explanations. */
import { z } from "zod";
import { explainStatistic } from "../../analysis/explain.ts";
import { rankJson, rankPlaces } from "../../analysis/rank.ts";
import { askStatistics, statJson } from "../../analysis/stat-answer.ts";
import { fromStored, toNumber } from "../../domain/exact.ts";
import { fault } from "../../domain/faults.ts";
import { indicatorOf } from "../../domain/indicator.ts";
import { parsePeriod } from "../../domain/period.ts";
import { SPANS, type Span } from "../../domain/reading.ts";
import { DAY_MS, dayStart } from "../../domain/time.ts";
import { requireSight, seesIndicator } from "../access/sight.ts";
import { endpoint } from "./endpoint.ts";
import { placeNamed, statQuestion } from "./question.ts";
import {
  asOf,
  edition,
  indicator,
  nullableNumber,
  page,
  paged,
  period,
  place,
  policy,
  size,
  statistic,
  statisticAnswer,
} from "./schemas.ts";

const MOST_PLACES = 400;

export const statistics = endpoint({
  path: "/statistics",
  zh: "统计值：一个指标、一个时段、一个或几个地点，附依据",
  en: "Statistics of one indicator over one period at one or more places",
  needs: "view",
  query: z.object({
    indicator,
    period,
    place: z.array(place).min(1).max(MOST_PLACES),
    statistic: statistic.optional(),
    edition: edition.optional(),
    policy: policy.optional(),
    asOf: asOf.optional(),
  }),
  answer: z.array(statisticAnswer),
  ask: async (ask, { query }) => {
    const places = query.place.map((one) => placeNamed(ask, one));
    const question = await statQuestion(ask, query);
    for (const one of places) requireSight(ask.actor, question.indicator.code, one);
    const answers = await askStatistics(ask.store, { ...question, places });
    return answers.map((one) => statJson(one)) as z.input<typeof statisticAnswer>[];
  },
  csv: (all) => ({
    head: [
      "place",
      "code",
      "indicator",
      "statistic",
      "period",
      "value",
      "rounded",
      "unit",
      "valid",
      "reason",
      "n",
      "expected",
    ],
    rows: all.map((one) => [
      one.place,
      one.code,
      one.indicator,
      one.statistic,
      one.period,
      one.value ?? "",
      one.rounded ?? "",
      one.unit,
      one.valid,
      one.reason ?? "",
      one.n,
      one.expected,
    ]),
  }),
});

const reading = z.object({
  place: z.string(),
  code: z.string(),
  start: z.string(),
  span: z.string(),
  value: z.number(),
  flag: z.number(),
  batch: z.number(),
});

const SPAN_NAMES = Object.fromEntries(Object.entries(SPANS).map(([name, id]) => [id, name])) as Readonly<
  Record<number, Span>
>;

export const readings = endpoint({
  path: "/readings",
  zh: "读数：一个指标、一个地点、一个时段内的原始值",
  en: "Readings of one indicator at one place",
  needs: "view",
  query: z.object({ indicator, place, period, page, size }),
  answer: paged(reading),
  ask: async (ask, { query }) => {
    const at = placeNamed(ask, query.place);
    const { id, code } = indicatorOf(query.indicator);
    requireSight(ask.actor, code, at);
    const { first, last } = parsePeriod(query.period);
    const relation = await ask.store.readings.relation({
      from: dayStart(first),
      to: dayStart(last) + DAY_MS - 1,
      placeIds: [at.id],
      indicatorIds: [id],
    });
    const { total } = await ask.store.sql.one<{ total: bigint }>(`SELECT count(*) AS total FROM ${relation}`);
    const rows = await ask.store.sql.rows<{ start: bigint; span: number; value: bigint; flag: number; batch: number }>(
      `SELECT epoch_ms(start) AS start, span, value, flag, batch FROM ${relation} ORDER BY start, span
       LIMIT ${query.size} OFFSET ${(query.page - 1) * query.size}`,
    );
    return {
      page: query.page,
      size: query.size,
      total: Number(total),
      items: rows.map((row) => ({
        place: at.name,
        code: at.code,
        start: new Date(Number(row.start)).toISOString(),
        span: SPAN_NAMES[row.span] ?? String(row.span),
        value: toNumber(fromStored(row.value)),
        flag: row.flag,
        batch: row.batch,
      })),
    };
  },
  csv: ({ items }) => ({
    head: ["place", "code", "start", "span", "value", "flag", "batch"],
    rows: items.map((one) => [one.place, one.code, one.start, one.span, one.value, one.flag, one.batch]),
  }),
});

const rankAnswer = z.looseObject({
  indicator: z.string(),
  statistic: z.string(),
  period: z.string(),
  order: z.string(),
  n: z.number(),
  rows: z.array(
    z.looseObject({
      rank: z.number(),
      fromWorst: z.number(),
      fromBest: z.number(),
      place: z.string(),
      code: z.string(),
      value: nullableNumber,
      rounded: nullableNumber,
      tied: z.boolean(),
      validDays: z.number(),
    }),
  ),
  missing: z.array(z.looseObject({ place: z.string(), code: z.string(), reason: z.string(), validDays: z.number() })),
});

export const ranks = endpoint({
  path: "/ranks",
  zh: "排名：先修约，并列同名次，缺数据的另列",
  en: "Ranks",
  needs: "view",
  query: z.object({
    indicator,
    period,
    statistic: statistic.optional(),
    edition: edition.optional(),
    policy: policy.optional(),
    among: z.string().max(100).default("city").describe("city 为全市，或某区"),
    kind: z.enum(["township", "station", "road", "section", "district"]).default("township"),
    order: z.enum(["worst", "best"]).default("worst"),
    worst: z.coerce.number().int().min(1).max(99_999).optional(),
    asOf: asOf.optional(),
  }),
  answer: rankAnswer,
  ask: async (ask, { query }) => {
    const question = await statQuestion(ask, query);
    if (!seesIndicator(ask.actor, question.indicator.code)) throw fault("access.denied");
    const among = query.among === "city" ? ask.facts.city : placeNamed(ask, query.among);
    const { kind, order, worst } = query;
    return rankJson(await rankPlaces(ask.store, { ...question, among, kind, order, worst })) as z.input<
      typeof rankAnswer
    >;
  },
  csv: ({ rows, missing }) => ({
    head: ["rank", "fromWorst", "fromBest", "place", "code", "value", "rounded", "tied", "validDays", "reason"],
    rows: [
      ...rows.map((one) => [
        one.rank,
        one.fromWorst,
        one.fromBest,
        one.place,
        one.code,
        one.value ?? "",
        one.rounded ?? "",
        one.tied,
        one.validDays,
        "",
      ]),
      ...missing.map((one) => ["", "", "", one.place, one.code, "", "", "", one.validDays, one.reason]),
    ],
  }),
});

export const explain = endpoint({
  path: "/explain",
  zh: "解释一个数：应有、实有、有效、剔除与原因、修约、批次和文件",
  en: "What a number rests on",
  needs: "view",
  query: z.object({
    indicator,
    place,
    period,
    statistic: statistic.optional(),
    edition: edition.optional(),
    policy: policy.optional(),
  }),
  answer: z.looseObject({ answer: z.looseObject({}), steps: z.array(z.string()) }),
  ask: async (ask, { query }) => {
    const at = placeNamed(ask, query.place);
    const question = await statQuestion(ask, query);
    requireSight(ask.actor, question.indicator.code, at);
    const found = await explainStatistic(ask.store, { ...question, place: at });
    return { ...found, steps: [...found.steps] };
  },
});
