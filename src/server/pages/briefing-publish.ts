/** Looking at drafts and letting them out: what one person made, another publishes; those made together go together. */
import { fault } from "../../domain/faults.ts";
import { recordAudit } from "../../store/audit.ts";
import { allBriefings, type Briefing, frozenBytes, publishDrafts } from "../../store/briefings.ts";
import { type Ask, type Reply, seeOther } from "../route.ts";
import { pdfReply } from "./briefings.ts";

/** The draft itself. @throws Fault `briefing.draft-gone` */
export async function draftPdf({ params, store }: Ask): Promise<Reply> {
  const found = (await allBriefings(store.sql)).find((one) => isDraft(one) && String(one.id) === params["id"]);
  if (found === undefined) throw fault("briefing.draft-gone", { id: params["id"] });
  return pdfReply(found.name, await frozenBytes(store, found.sha256));
}

/**
 * Lets out a draft with those made together with it.
 * @throws Fault `briefing.draft-gone`, `briefing.same-person`, `briefing.overtaken`, `store.broken` when bytes are not those that were made
 */
export async function publishBriefing({ params, context, actor, now, store }: Ask): Promise<Reply> {
  const id = params["id"];
  await context.write(async (sql) => {
    const drafts = (await allBriefings(sql)).filter((one) => isDraft(one) && String(one.madeWith) === id);
    const [first] = drafts;
    if (first === undefined) throw fault("briefing.draft-gone", { id });
    if (first.madeBy === actor.name) throw fault("briefing.same-person", { name: first.name, who: actor.name });
    for (const { sha256 } of drafts) await frozenBytes(store, sha256);
    const ids = drafts.map((one) => one.id).sort((a, b) => a - b);
    for (const one of await publishDrafts(sql, ids, actor.name, now.getTime())) {
      await recordAudit(sql, {
        at: now.getTime(),
        who: actor.name,
        role: actor.kind,
        action: "briefing.publish",
        subject: one.name,
        before: `草稿，${one.madeBy} 制`,
        after: one.sha256,
      });
    }
  });
  return seeOther("/briefings");
}

function isDraft({ state }: Briefing): boolean {
  return state === "draft";
}
