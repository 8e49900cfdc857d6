/** What was taken in once becomes a source: a folder the service watches, read as the upload was. */
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { batchOptions } from "../../../ingest/pipeline.ts";
import { withSource } from "../../../ingest/sources/add-source.ts";
import { dueAfter, parseCron } from "../../domain/cron.ts";
import { fault } from "../../domain/faults.ts";
import { recordAudit } from "../../store/audit.ts";
import type { HeldBatch } from "../../store/batches.ts";
import { permits } from "../access/permission.ts";
import { field, textField } from "../form.ts";
import { type Html, html } from "../html.ts";
import { type Ask, type Reply, seeOther } from "../route.ts";
import { batchOf } from "./mend.ts";

/** Every quarter of an hour: what somebody puts into the folder is there before they have asked for it. */
const USUAL = "*/15 * * * *";
/** Told to a batch by the program, not by a person. */
const NOT_OF_A_SOURCE = ["mends"];

/** The offer on a batch's page to take such files by itself from now on; nothing for who may not. */
export function sourceForm({ actor, csrf }: Ask, batch: HeldBatch): Html | false {
  if (!permits(actor, "operate") || batch.kind === "undo" || batch.undoneBy !== undefined) return false;
  return html`<section><h2>保存为来源</h2><p>以后同样的文件放进库文件夹的 <span class="mono">inbox/名称</span>，按这次的格式和对应自动导入；导入后移到其中的 done，读不了的移到 failed 并附原因。</p>
<form class="fields" method="post" action="/data/batches/${batch.id}/source"><input type="hidden" name="_csrf" value="${csrf}">${textField("name", "名称：小写字母、数字和连字符", { required: true })}${textField("cron", "时刻：分 时 日 月 周，北京时间", { value: USUAL, required: true })}<div><button class="go">保存</button></div></form></section>`;
}

/**
 * Writes the source into `sources.yaml`, makes its folder and begins to watch it.
 * @throws Fault `sources.config` for a name that is taken or no name, `schedule.cron`, `batch.not-mendable`
 */
export async function saveSource(ask: Ask): Promise<Reply> {
  const { body, context, store, actor, now } = ask;
  const batch = await batchOf(ask);
  if (batch.kind === "undo" || batch.undoneBy !== undefined)
    throw fault("batch.not-mendable", { batch: batch.id, reason: "它已撤销，或本身是一次撤销" });
  const name = field(body, "name", 60);
  const schedule = field(body, "cron", 100);
  if (dueAfter(parseCron(schedule), now.getTime()) === undefined)
    throw fault("schedule.cron", { given: schedule, part: "没有这样的日子" }, { parameter: "cron" });
  const told = Object.entries(await batchOptions(store, batch.id));
  const options = Object.fromEntries(told.filter(([key]) => !NOT_OF_A_SOURCE.includes(key)));
  const path = join(store.dir, "inbox", name);
  const file = context.sourcesFile;
  const at = now.getTime();
  const added = await context.write(async (sql) => {
    const before = existsSync(file) ? await readFile(file, "utf8") : "";
    const { text, source } = withSource(before, { name, format: batch.format, path, schedule, options }, file);
    const entry = { at, who: actor.name, role: actor.kind, action: "source.add", subject: `source:${name}` };
    await recordAudit(sql, { ...entry, after: `${batch.format}，${path}，${schedule}，照批次 ${batch.id}` });
    await mkdir(path, { recursive: true });
    await writeFile(`${file}.part`, text);
    await rename(`${file}.part`, file);
    return source;
  });
  context.addSource(added);
  return seeOther(`/admin/schedules/${encodeURIComponent(`source:${name}`)}`);
}
