/** Parts of questions and answers that several endpoints share. */
import { z } from "zod";
import { STATISTIC_ZH, type StatisticName } from "../../analysis/statistic.ts";

export const period = z
  .string()
  .min(4)
  .max(30)
  .describe("T：2015、2015-Q1、2015-03、2015-03-H1、2015-03-14、2015-01..2015-03");
export const place = z.string().min(1).max(100).describe("地点代码或名称，可写 station:密云");
export const indicator = z.string().min(1).max(40).describe("指标代码，如 pm25、tsp、good_day_ratio");
export const statistic = z.enum(Object.keys(STATISTIC_ZH) as [StatisticName, ...StatisticName[]]);
export const edition = z.enum(["2012", "2026"]);
export const policy = z.array(z.string().max(100)).max(40).describe("口径，名=值，可重复");
export const asOf = z.string().min(1).max(40).describe("批次号或时刻：按当时的数据计算");
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const page = z.coerce.number().int().min(1).max(1_000_000).default(1);
export const size = z.coerce.number().int().min(1).max(1000).default(100);

export const nullableNumber = z.number().nullable();

export const statisticAnswer = z.looseObject({
  indicator: z.string(),
  statistic: z.string(),
  place: z.string(),
  code: z.string(),
  period: z.string(),
  value: nullableNumber,
  rounded: nullableNumber,
  unit: z.string(),
  valid: z.boolean(),
  reason: z.string().optional(),
  n: z.number(),
  expected: z.number(),
  edition: z.string(),
  policies: z.record(z.string(), z.string()),
  basis: z.looseObject({}),
});

export const paged = <T extends z.ZodType>(item: T) =>
  z.object({ page: z.number(), size: z.number(), total: z.number(), items: z.array(item) });

/** One page of a list. */
export function pageOf<T>(
  all: readonly T[],
  { page: number, size: length }: { readonly page: number; readonly size: number },
) {
  return { page: number, size: length, total: all.length, items: all.slice((number - 1) * length, number * length) };
}

export const problem = z.object({
  type: z.string(),
  status: z.number(),
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  titleEn: z.string(),
  detailEn: z.string(),
  where: z.looseObject({}).optional(),
  whereZh: z.string().optional(),
});
