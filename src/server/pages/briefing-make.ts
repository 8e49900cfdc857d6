/** Making briefings from the page, as a job: drafts that wait for a second person. */
import { type Drafts, draftDistrict, draftTownships } from "../../../reports/briefings/drafts.ts";
import { templateOf } from "../../../reports/briefings/template-file.ts";
import { fault } from "../../domain/faults.ts";
import { parsePeriod } from "../../domain/period.ts";
import { dayParts } from "../../domain/time.ts";
import { DEFAULT_POLICIES } from "../../standards/policy.ts";
import { recordAudit } from "../../store/audit.ts";
import { type BriefingKind, keepDrafts } from "../../store/briefings.ts";
import { viewOf } from "../answer.ts";
import { lastDayOver } from "../facts.ts";
import { field } from "../form.ts";
import type { JobProgress } from "../jobs.ts";
import { asFault } from "../problem.ts";
import { type Ask, type Reply, seeOther } from "../route.ts";
import { version } from "../version.ts";

const LONGEST_REASON = 200;

/** Starts making the district's briefing of a period, or those of its townships, as a job. @throws Fault `period.unknown`, `option.value` */
export async function makeBriefing(ask: Ask): Promise<Reply> {
  const { context, body, actor, now } = ask;
  const period = parsePeriod(field(body, "period", 30));
  const kind = kindOf(field(body, "kind", 20) || "district");
  const reason = field(body, "reason", LONGEST_REASON);
  const job = context.jobs.start(
    `生成${kind === "district" ? "简报" : "街乡简报"} ${period.text}`,
    actor.account,
    async (tell) => {
      const { made, unchanged } = await drafted(ask, { kind, text: period.text, reason, tell });
      const [first] = unchanged;
      if (made.length === 0 && first !== undefined)
        throw fault("briefing.unchanged", { name: first.name, version: first.version });
      await context.write(async (sql) => {
        await keepDrafts({ sql, dir: context.store.dir }, made);
        for (const { name, sha256 } of made) {
          const entry = { at: now.getTime(), who: actor.name, role: actor.kind, subject: name, after: sha256 };
          await recordAudit(sql, { ...entry, action: "briefing.make" });
        }
      });
      return "/briefings";
    },
    (error) => asFault(error, context.logError, "briefing"),
  );
  return seeOther(`/briefings/jobs/${job.id}`);
}

function kindOf(text: string): BriefingKind {
  if (text === "district" || text === "township") return text;
  throw fault("option.value", { option: "kind", given: text, expected: "district | township" }, { parameter: "kind" });
}

async function drafted(
  { context, actor, now }: Ask,
  how: {
    readonly kind: BriefingKind;
    readonly text: string;
    readonly reason: string;
    readonly tell: (progress: JobProgress) => void;
  },
): Promise<Drafts> {
  const period = parsePeriod(how.text);
  how.tell({ done: 0, of: 2, words: "计算" });
  const years = await context.planYears();
  const { year } = dayParts(period.last);
  const request = {
    plans: await context.plansOf(years.includes(year) ? year : (years.at(-1) ?? year)),
    template: await templateOf(undefined, context.store.dir),
    program: version(),
    madeBy: actor.name,
    reason: how.reason,
    now,
    progress: (done: number, of: number) => how.tell({ done, of, words: "排版" }),
  };
  return await context.pool.read(async (sql) => {
    const facts = await context.factsOf(sql);
    const store = viewOf(context.store, sql, facts);
    const today = lastDayOver(facts, now);
    const question = { store, place: facts.home, period, policies: DEFAULT_POLICIES, today };
    return await (how.kind === "district" ? draftDistrict : draftTownships)(question, request);
  });
}
