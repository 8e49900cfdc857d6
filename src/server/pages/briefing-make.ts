/** Making a briefing, looking at it, and publishing it: what one person made, another lets out. */
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildDistrict } from "../../../reports/briefings/build-district.ts";
import { renderThread } from "../../../reports/briefings/render-thread.ts";
import { fault } from "../../domain/faults.ts";
import { parsePeriod } from "../../domain/period.ts";
import { dayParts } from "../../domain/time.ts";
import { DEFAULT_POLICIES } from "../../standards/policy.ts";
import { recordAudit } from "../../store/audit.ts";
import { listBriefings, type StoredBriefing, saveBriefing } from "../../store/briefings.ts";
import { viewOf } from "../answer.ts";
import { lastDayOver } from "../facts.ts";
import { field } from "../form.ts";
import { asFault } from "../problem.ts";
import { type Ask, type Reply, seeOther } from "../route.ts";
import { version } from "../version.ts";

/** Starts making the district's briefing of a period as a job. */
export async function makeBriefing(ask: Ask): Promise<Reply> {
  const { context, body, actor, now } = ask;
  const period = parsePeriod(field(body, "period", 30));
  const job = context.jobs.start(
    `生成简报 ${period.text}`,
    actor.account,
    async (tell) => {
      tell({ done: 0, of: 2, words: "计算" });
      const made = await context.pool.read(async (sql) => {
        const facts = await context.factsOf(sql);
        const store = viewOf(context.store, sql, facts);
        const plans = await context.plansOf(await yearOf(context, dayParts(period.last).year));
        const question = {
          store,
          place: facts.home,
          period,
          policies: DEFAULT_POLICIES,
          today: lastDayOver(facts, now),
        };
        return { facts, briefing: await buildDistrict(question, plans, version()) };
      });
      tell({ done: 1, of: 2, words: "排版" });
      const thread = renderThread();
      const bytes = await thread
        .render({ kind: "district", briefing: made.briefing, format: "pdf" })
        .finally(() => thread.close());
      const { home, version: dataVersion } = made.facts;
      const name = `${home.name}-${made.briefing.kindZh}-${period.text}.pdf`;
      await context.write(async (sql) => {
        const sha256 = createHash("sha256").update(bytes).digest("hex");
        const id = await saveBriefing(sql, {
          name,
          period: period.text,
          place: home.code,
          sha256,
          state: "draft",
          dataVersion,
          madeBy: actor.name,
          publishedBy: undefined,
          at: now.getTime(),
        });
        await mkdir(draftFolder(ask), { recursive: true });
        await writeFile(draftFile(ask, id), bytes);
        await recordAudit(sql, {
          at: now.getTime(),
          who: actor.name,
          role: actor.kind,
          action: "briefing.make",
          subject: name,
          after: sha256,
        });
      });
      return "/briefings";
    },
    (error) => asFault(error, context.logError, "briefing"),
  );
  return seeOther(`/briefings/jobs/${job.id}`);
}

async function yearOf({ planYears }: Ask["context"], year: number): Promise<number> {
  const years = await planYears();
  return years.includes(year) ? year : (years.at(-1) ?? year);
}

function draftFolder({ context }: Pick<Ask, "context">): string {
  return join(context.store.dir, "briefing-drafts");
}

function draftFile(ask: Pick<Ask, "context">, id: number): string {
  return join(draftFolder(ask), `${id}.pdf`);
}

async function draftOf({ params, store }: Ask): Promise<StoredBriefing> {
  const found = (await listBriefings(store.sql)).find(
    (one) => String(one.id) === params["id"] && one.state === "draft",
  );
  if (found === undefined) throw fault("page.unknown", { given: `/briefings/drafts/${params["id"]}` });
  return found;
}

/** The draft itself. */
export async function draftPdf(ask: Ask): Promise<Reply> {
  const { id, name } = await draftOf(ask);
  return {
    type: "application/pdf",
    body: await readFile(draftFile(ask, id)),
    headers: { "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(name)}` },
  };
}

/** Freezes a draft. @throws Fault `briefing.same-person`, `store.broken` when the file is not the one that was made */
export async function publishBriefing(ask: Ask): Promise<Reply> {
  const { context, actor, now } = ask;
  const draft = await draftOf(ask);
  const { briefingsDir } = context;
  if (briefingsDir === undefined) throw fault("briefing.no-folder");
  if (draft.madeBy === actor.name) throw fault("briefing.same-person", { name: draft.name, who: actor.name });
  const bytes = await readFile(draftFile(ask, draft.id));
  if (createHash("sha256").update(bytes).digest("hex") !== draft.sha256)
    throw fault("store.broken", { reason: `草稿 ${draft.name} 已被改动` });
  await context.write(async (sql) => {
    const current = (await listBriefings(sql)).find((one) => one.id === draft.id);
    if (current?.state !== "draft") throw fault("page.unknown", { given: `/briefings/drafts/${draft.id}` });
    await mkdir(briefingsDir, { recursive: true });
    const name = await frozen(briefingsDir, draft.name, bytes);
    await saveBriefing(sql, { ...draft, name, state: "published", publishedBy: actor.name, at: now.getTime() });
    await recordAudit(sql, {
      at: now.getTime(),
      who: actor.name,
      role: actor.kind,
      action: "briefing.publish",
      subject: name,
      before: `草稿，${draft.madeBy} 制`,
      after: draft.sha256,
    });
  });
  return seeOther("/briefings");
}

const MOST_VERSIONS = 1000;

/** Writes under a name that is not taken: what was published is never replaced. */
async function frozen(dir: string, name: string, bytes: Uint8Array): Promise<string> {
  for (let k = 1; k < MOST_VERSIONS; k++) {
    const one = k === 1 ? name : name.replace(/\.pdf$/, `-第${k}版.pdf`);
    try {
      await writeFile(join(dir, one), bytes, { flag: "wx" });
      return one;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  throw fault("briefing.no-folder");
}
