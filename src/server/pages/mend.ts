/** Putting rejected rows right by the browser: export them with the reasons → correct them → hand them back as a batch linked to theirs. */
import { rejectSheets } from "../../../ingest/mend/reject-rows.ts";
import { resubmit } from "../../../ingest/mend/resubmit.ts";
import { rejectWorkbook } from "../../../reports/workbooks/reject-workbook.ts";
import { fault } from "../../domain/faults.ts";
import { batchById, type HeldBatch } from "../../store/batches.ts";
import { permits } from "../access/permission.ts";
import type { ServerContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { asFault } from "../problem.ts";
import { type Ask, fileReply, type Reply, seeOther } from "../route.ts";
import { signedChange } from "../signed.ts";
import { baseName } from "./explain.ts";
import { XLSX } from "./exports.ts";
import { keepUpload } from "./import.ts";

/** The batch of an address. @throws Fault `batch.unknown` */
export async function batchOf({ params, store }: Pick<Ask, "params" | "store">): Promise<HeldBatch> {
  const text = params["id"] ?? "";
  const found = /^\d{1,9}$/.test(text) ? await batchById(store.sql, Number(text)) : undefined;
  if (found === undefined) throw fault("batch.unknown", { given: text });
  return found;
}

/** The way to put a batch's open rejects right; nothing for who may not, or where nothing is open. */
export function mendForm({ actor, csrf }: Ask, batch: HeldBatch, open: number): Html | false {
  if (!permits(actor, "data.import") || batch.kind === "undo" || batch.undoneBy !== undefined || open === 0)
    return false;
  return html`<p><a href="/data/batches/${batch.id}/rejects.xlsx">导出待补正的行（Excel）</a>，在原格里改好，交回后记为新批次。</p>
<form class="fields" method="post" action="/data/batches/${batch.id}/resubmit" enctype="multipart/form-data"><input type="hidden" name="_csrf" value="${csrf}">
<div class="f"><label for="f-fixed">改好的文件（Excel 或 CSV）</label><input id="f-fixed" name="file" type="file" required></div><div><button class="go">交回</button></div></form>`;
}

/** The open rejects as a workbook, each row's own cells beside the reasons. */
export async function rejectsXlsx(ask: Ask): Promise<Reply> {
  const batch = await batchOf(ask);
  const { sheets } = await rejectSheets(ask.store, batch);
  if (sheets.length === 0) throw fault("batch.not-mendable", { batch: batch.id, reason: "没有待补正的行" });
  return fileReply(XLSX, await rejectWorkbook(sheets), `拒收-批次${batch.id}.xlsx`);
}

/**
 * Takes corrected rows in as a batch linked to the one they mend, and writes down who handed them in.
 * @returns what came of it; its `id` is undefined when nothing of it could be used
 */
export async function takeFixes(
  context: ServerContext,
  batch: HeldBatch,
  path: string,
  { actor, now }: Pick<Ask, "actor" | "now">,
): ReturnType<typeof resubmit> {
  return await signedChange({ context, actor, now }, { action: "resubmit", subject: `批次 ${batch.id}` }, (signed) =>
    resubmit(context.store, batch, path, { now, signed }),
  );
}

/** Takes the corrected rows of a form, as a job; ends on the new batch's page. */
export async function resubmitFixes(ask: Ask): Promise<Reply> {
  const { context, actor } = ask;
  const batch = await batchOf(ask);
  const { path, remove } = await keepUpload(ask);
  const job = context.jobs.start(
    `补正批次 #${batch.id}`,
    actor.account,
    async () => {
      const { id } = await takeFixes(context, batch, path, ask).finally(remove);
      if (id === undefined) throw fault("ingest.nothing-usable", { reason: baseName(path) });
      return `/data/batches/${id}`;
    },
    (error) => asFault(error, context.logError, "resubmit"),
  );
  return seeOther(`/data/jobs/${job.id}`);
}
