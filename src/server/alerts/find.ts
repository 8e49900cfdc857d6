/** What is the matter now: the analysis' warnings of the home district, and jobs whose last run failed. */
import { type Warning, warningsOf } from "../../analysis/warning/warnings.ts";
import { dayOf, dayParts } from "../../domain/time.ts";
import { DEFAULT_POLICIES } from "../../standards/policy.ts";
import type { Finding } from "../../store/alerts.ts";
import { lastRuns } from "../../store/schedules.ts";
import { viewOf } from "../answer.ts";
import type { ServerContext } from "../context.ts";
import { lastDayOver } from "../facts.ts";

/** Days looked back: an episode that began earlier still stands at the first of them. */
const DAYS = 31;

export async function findingsOf(
  context: ServerContext,
  jobZh: (name: string) => string | undefined,
): Promise<readonly Finding[]> {
  return await context.pool.read(async (sql) => {
    const facts = await context.factsOf(sql);
    const now = context.now();
    const at = lastDayOver(facts, now);
    const years = await context.planYears();
    const { year } = dayParts(at);
    const plans = await context.plansOf(years.includes(year) ? year : (years.at(-1) ?? year));
    const store = viewOf(context.store, sql, facts);
    const warnings =
      facts.lastBatch === 0
        ? []
        : await warningsOf(store, { place: facts.home, plans, at, days: DAYS, policies: DEFAULT_POLICIES });
    const failed = [...(await lastRuns(sql)).values()].filter(({ outcome }) => outcome === "failed");
    return [
      ...warnings.filter(({ state }) => state !== "ended").map(findingOf),
      ...failed.flatMap(({ job, detail, startedAt }): readonly Finding[] => {
        const zh = jobZh(job);
        if (zh === undefined) return [];
        const words = `没有成功：${detail}`;
        const firstDay = dayOf(startedAt);
        return [{ kind: "operation", rule: "job", code: job, indicator: "", subject: zh, words, firstDay }];
      }),
    ];
  });
}

function findingOf({ rule, code, indicator, subject, words, start }: Warning): Finding {
  return { kind: rule === "silent" ? "no_data" : "warning", rule, code, indicator, subject, words, firstDay: start };
}
