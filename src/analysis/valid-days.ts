/** The valid days of subjects: in SQL for any number of them, put together outside it where they are few. */
import type { Sql } from "../store/port.ts";
import { areFew, type DayColumns, fewDays, heldDays } from "./few-days.ts";
import { measureSql } from "./measure.ts";
import { memberRelation } from "./subject.ts";
import type { SumQuestion } from "./sum-question.ts";

/** The valid days of each subject. */
export async function validDays(sql: Sql, question: SumQuestion): Promise<DayColumns> {
  if (areFew(question)) return fewDays(await heldDays(sql, question), question);
  const rows = await sql.columns(
    `${dayValues(question)} SELECT subject, indicator, day, span, num, have::INTEGER FROM v`,
  );
  const [subjects, indicators, days, spans, nums, haves] = rows as [
    number[],
    number[],
    number[],
    number[],
    bigint[],
    number[],
  ];
  return { subjects, indicators, days, spans, nums, haves };
}

/**
 * Common table `v`: subject, indicator, day, span, num, have (stations behind it): the valid daily value of each subject, as a multiple of one
 * over (stored unit × measure's denominator × subject's denominator). Where a subject has hours, days that the source
 * gives as such are left aside: the two are never mixed in one statistic.
 */
export function dayValues(question: SumQuestion): string {
  const { subjects, indicatorIds, first, last, policies } = question;
  const { value, valid } = measureSql(question.measure, policies);
  return `WITH member AS ${memberRelation(subjects, policies)},
    m AS (SELECT m.subject, d.indicator, d.day, d.span, ${value} AS num, ${valid} AS valid, m.need, m.weight
      FROM ${question.daily} d JOIN member m ON d.place = m.place AND d.day BETWEEN m.first AND m.last
      WHERE d.day BETWEEN ${first} AND ${last} AND d.indicator IN (${indicatorIds.join(",")})),
    s AS (SELECT subject, indicator, min(span) AS span FROM m GROUP BY subject, indicator),
    v AS (SELECT m.subject, m.indicator, m.day, m.span, sum(num) * (any_value(weight) // count(*)) AS num, count(*) AS have
      FROM m JOIN s ON s.subject = m.subject AND s.indicator = m.indicator AND s.span = m.span
      WHERE valid GROUP BY m.subject, m.indicator, m.day, m.span HAVING count(*) >= any_value(need))`;
}
