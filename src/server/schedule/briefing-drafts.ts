/** Briefings made by themselves while serving: kept as drafts, signed by the schedule, let out by a person. */
import type { BriefingRules } from "../../../reports/briefings/schedule/scheduled.ts";
import { scheduledDrafts } from "../../../reports/briefings/schedule/scheduled.ts";
import { templateOf } from "../../../reports/briefings/template-file.ts";
import { dayParts } from "../../domain/time.ts";
import { DEFAULT_POLICIES } from "../../standards/policy.ts";
import { recordAudit } from "../../store/audit.ts";
import { keepDrafts } from "../../store/briefings.ts";
import { viewOf } from "../answer.ts";
import type { ServerContext } from "../context.ts";
import { lastDayOver } from "../facts.ts";
import type { ServiceConfig } from "../service-config.ts";
import { version } from "../version.ts";

/** Who signs what the schedule makes. */
const MAKER = "定时任务";

/** @returns what was made, in Chinese; empty when nothing was due */
export async function draftDueBriefings(
  context: Pick<ServerContext, "pool" | "store" | "factsOf" | "plansOf" | "planYears" | "write" | "now">,
  config: NonNullable<ServiceConfig["briefings"]>,
): Promise<string> {
  const now = context.now();
  const years = await context.planYears();
  const { made, words } = await context.pool.read(async (sql) => {
    const facts = await context.factsOf(sql);
    const today = lastDayOver(facts, now);
    const { year } = dayParts(today);
    const question = { store: viewOf(context.store, sql, facts), place: facts.home, policies: DEFAULT_POLICIES, today };
    return await scheduledDrafts(question, rulesOf(config), {
      plans: await context.plansOf(years.includes(year) ? year : (years.at(-1) ?? year)),
      template: await templateOf(undefined, context.store.dir),
      program: version(),
      madeBy: MAKER,
      reason: "数据补齐",
      now,
      progress: () => undefined,
    });
  });
  if (made.length === 0) return words;
  await context.write(async (sql) => {
    await keepDrafts({ sql, dir: context.store.dir }, made);
    for (const { name, sha256 } of made) {
      const entry = { at: now.getTime(), who: MAKER, role: "system", subject: name, after: sha256 };
      await recordAudit(sql, { ...entry, action: "briefing.make" });
    }
  });
  return words;
}

function rulesOf({ monthly, halfMonthly, coverage, lastDay }: NonNullable<ServiceConfig["briefings"]>): BriefingRules {
  return {
    ...(monthly === undefined ? {} : { month: { ...monthly, coverage, lastDay } }),
    ...(halfMonthly === undefined ? {} : { halfMonth: { ...halfMonthly, coverage, lastDay } }),
  };
}
