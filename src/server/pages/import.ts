/** Taking files in by the browser: hand in → dry run with reasons → import → the batch. */
import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { FORMATS } from "../../../ingest/formats.ts";
import { type BatchResult, ingestPath } from "../../../ingest/pipeline.ts";
import { undoBatch } from "../../../ingest/undo.ts";
import { fault } from "../../domain/faults.ts";
import { onDisk } from "../../store/disk.ts";
import { choiceField, field } from "../form.ts";
import { html } from "../html.ts";
import { asFault } from "../problem.ts";
import { link } from "../query.ts";
import { type Ask, type Reply, seeOther } from "../route.ts";
import { signedChange } from "../signed.ts";
import { baseName } from "./explain.ts";
import { formatZh } from "./format-words.ts";
import { page, state } from "./layout.ts";
import { confirmedMap, keptMap, keptMaps, mappingPage, tablesAt } from "./mapping.ts";
import { sheetsLacking } from "./mapping-sheets.ts";
import { resultTable } from "./tried.ts";

export const UPLOAD_BYTES = 64 * 1024 * 1024;
const LONGEST_NAME = 120;
const LONGEST_MAP = 50_000;
/** A file nobody decided about is gone after this long: it may hold facts about persons. */
const UNDECIDED_MS = 60 * 60_000;

export async function uploadPage(ask: Ask): Promise<Reply> {
  const maps = await keptMaps(ask.context.store.dir);
  return page(ask, {
    title: "上传",
    current: "/data",
    crumb: html`<a href="/data">数据</a>`,
    lead: "先演算：逐格检查，列出会新增、更正和拒收多少、为什么；确认后才入库。",
    body: html`<form class="fields" method="post" action="/data/upload" enctype="multipart/form-data"><input type="hidden" name="_csrf" value="${ask.csrf}">
<div class="f"><label for="f-file">文件（CSV、XLSX、gz、zip、tar.gz，最多 64 MB）</label><input id="f-file" name="file" type="file" required></div>
${choiceField("format", "格式", [["auto", "自动识别；认不出的表逐列核对"], ...maps.map((name) => [`map:${name}`, `自己的表：${name}`] as const), ...FORMATS.map(({ name }) => [name, formatZh(name)] as const)])}
<div><button class="go">演算</button></div></form>`,
  });
}

/** Keeps the file aside and tries it without keeping anything of it; a table of no known format is asked about. */
export async function dryRun(ask: Ask): Promise<Reply> {
  const { body, context } = ask;
  const format = field(body, "format", 80) || "auto";
  const upload = await keepUpload(ask);
  try {
    if (format === "generic") return seeOther(link("/data/map", { upload: upload.id }));
    const kept = format.startsWith("map:") ? await keptMap(context.store.dir, format.slice("map:".length)) : undefined;
    const results = await tried(ask, upload.path, kept === undefined ? format : "generic", kept);
    if (isUnknownTable(results, upload.path)) return seeOther(link("/data/map", { upload: upload.id }));
    return await triedPage(ask, upload, results, kept === undefined ? format : "generic", kept);
  } catch (error) {
    await upload.remove();
    throw error;
  }
}

/** Whether nothing of one file was recognised, whatever sheets it has; an archive is of many files. */
function isUnknownTable(results: readonly BatchResult[], path: string): boolean {
  const name = basename(path);
  return results
    .flatMap((one) => one.files)
    .every(({ file, reason }) => reason === "file.unknown-format" && (file === name || file.startsWith(`${name}#`)));
}

/** Asks what the columns of a kept file are, or of another of its sheets. @throws Fault `upload.missing` */
export async function mapPage(ask: Ask): Promise<Reply> {
  const upload = await keptUpload(ask, ask.query.get("upload") ?? "");
  return await mappingPage(ask, upload.id, upload.path, ask.query.get("sheet"));
}

/** Tries a file that was asked about with the columns as confirmed; it stays aside when they are wrong. */
export async function mapUpload(ask: Ask): Promise<Reply> {
  const upload = await keptUpload(ask, field(ask.body, "upload", 36));
  const map = await confirmedMap(ask);
  return await triedPage(ask, upload, await tried(ask, upload.path, "generic", map), "generic", map, true);
}

async function tried(
  { context, now }: Ask,
  path: string,
  format: string,
  map: string | undefined,
): Promise<readonly BatchResult[]> {
  const options = map === undefined ? {} : { options: { map } };
  return await context.change(() =>
    ingestPath(context.store, format, path, { now, dryRun: true, readers: context.readers, ...options }),
  );
}

async function triedPage(
  ask: Ask,
  { id, path, remove }: Upload,
  results: readonly BatchResult[],
  format: string,
  map: string | undefined,
  asked = false,
): Promise<Reply> {
  const usable = results.some((one) => one.read > one.rejected);
  // Who told what the columns are can tell it otherwise.
  if (!usable && !asked) await remove();
  const lacks = map === undefined ? undefined : sheetsLacking(basename(path), await tablesAt(ask, path), map);
  const back = asked && html`<a class="btn" href="${link("/data/map", { upload: id })}">改列的含义</a>　`;
  return page(ask, {
    title: "演算结果",
    small: baseName(path),
    current: "/data",
    crumb: html`<a href="/data">数据</a> / <a href="/data/upload">上传</a>`,
    body: html`${results.map((one) => resultTable(one, lacks))}${
      usable
        ? html`<form class="fields" method="post" action="/data/import"><input type="hidden" name="_csrf" value="${ask.csrf}"><input type="hidden" name="upload" value="${id}"><input type="hidden" name="format" value="${format}">${map !== undefined && html`<input type="hidden" name="map" value="${map}">`}<div><button class="go">导入</button>　${back}<a class="btn" href="/data/upload">放弃</a></div></form>`
        : html`${state(html`没有可用的数据，没有入库。改好后<a href="/data/upload">再传一次</a>。`, "failed")}${asked && html`<p>${back}</p>`}`
    }`,
  });
}

type Upload = { readonly id: string; readonly path: string; readonly remove: () => Promise<void> };

/** A file kept aside, by its number. @throws Fault `upload.missing` */
async function keptUpload({ store }: Pick<Ask, "store">, id: string): Promise<Upload> {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw fault("upload.missing");
  const folder = join(store.dir, "uploads", id);
  const [name] = await readdir(folder).catch(() => []);
  if (name === undefined) throw fault("upload.missing");
  return { id, path: join(folder, name), remove: removerOf(folder) };
}

/** What the disk does not let go of now goes when the store is served the next time: it undoes nothing that was done. */
function removerOf(folder: string): Upload["remove"] {
  return () => rm(folder, { recursive: true, force: true }).catch(() => undefined);
}

/** Keeps the file of a form aside, in the store's folder. @throws Fault `upload.missing` */
export async function keepUpload({ body, store, now }: Pick<Ask, "body" | "store" | "now">): Promise<Upload> {
  const file = body["file"];
  if (!(file instanceof File) || file.size === 0) throw fault("upload.missing");
  await dropUndecided(store.dir, now.getTime() - UNDECIDED_MS);
  const id = randomUUID();
  const folder = join(store.dir, "uploads", id);
  const path = join(folder, safeName(file.name));
  const remove = removerOf(folder);
  try {
    await onDisk(async () => {
      await mkdir(folder, { recursive: true });
      await writeFile(path, Buffer.from(await file.arrayBuffer()));
    });
  } catch (error) {
    await remove();
    throw error;
  }
  return { id, path, remove };
}

async function dropUndecided(dir: string, before: number): Promise<void> {
  const uploads = join(dir, "uploads");
  for (const id of await readdir(uploads).catch(() => [])) {
    const { mtimeMs } = await stat(join(uploads, id)).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (mtimeMs < before) await rm(join(uploads, id), { recursive: true, force: true });
  }
}

/** A name that cannot lead elsewhere. */
function safeName(name: string): string {
  const plain = baseName(name)
    .replaceAll(/[\p{C}\\/:*?"<>|]/gu, "_")
    .replace(/^\.+/, "_");
  return plain === "" ? "upload" : plain.slice(-LONGEST_NAME);
}

/** Imports a file that was tried, as a job with progress. */
export async function importUpload(ask: Ask): Promise<Reply> {
  const { body, context, actor, now } = ask;
  const upload = await keptUpload(ask, field(body, "upload", 36));
  const name = basename(upload.path);
  const format = field(body, "format", 50) || "auto";
  const map = field(body, "map", LONGEST_MAP);
  const job = context.jobs.start(
    `导入 ${name}`,
    actor.account,
    async (tell) => {
      const results = await signedChange(ask, { action: "import", subject: name }, (signed) =>
        ingestPath(context.store, format, upload.path, {
          now,
          signed,
          readers: context.readers,
          ...(map === "" ? {} : { options: { map } }),
          progress: ({ files, of, name: file }) => tell({ done: files, of, words: file }),
        }),
      ).finally(upload.remove);
      const batch = results.find((one) => one.id !== undefined)?.id;
      if (batch === undefined) throw fault("ingest.nothing-usable", { reason: name });
      return `/data/batches/${batch}`;
    },
    (error) => asFault(error, context.logError, "import"),
  );
  return seeOther(`/data/jobs/${job.id}`);
}

const HOMES = [
  { path: "/data", zh: "数据" },
  { path: "/briefings", zh: "简报" },
  { path: "/admin", zh: "管理" },
] as const;

export async function jobPage(ask: Ask): Promise<Reply> {
  const job = ask.context.jobs.find(ask.params["id"] ?? "");
  if (job === undefined) throw fault("job.unknown", { given: ask.params["id"] });
  if (job.state === "done" && job.href !== undefined) return seeOther(job.href);
  if (job.problem !== undefined) throw job.problem;
  const { progress } = job;
  const home = HOMES.find(({ path }) => ask.url.startsWith(`${path}/`)) ?? HOMES[0];
  return page(ask, {
    title: job.zh,
    current: home.path,
    crumb: html`<a href="${home.path}">${home.zh}</a>`,
    refresh: 3,
    scripts: ["job.js"],
    body: html`<div class="state busy" role="status" data-job="${home.path}/jobs/${job.id}/events"><p>${progress === undefined ? "正在准备" : `第 ${progress.done} / ${progress.of} 步：${progress.words}`}</p><progress max="${progress?.of ?? 1}" value="${progress?.done ?? 0}" aria-label="进度"></progress></div><p class="note">可以离开本页，作业会继续。</p>`,
  });
}

/** Takes a batch back. */
export async function undo(ask: Ask): Promise<Reply> {
  const { params, context, now } = ask;
  const text = params["id"] ?? "";
  if (!/^\d{1,9}$/.test(text)) throw fault("batch.unknown", { given: text });
  const made = await signedChange(ask, { action: "undo", subject: `批次 ${text}` }, (signed) =>
    undoBatch(context.store, Number(text), now, signed),
  );
  return seeOther(`/data/batches/${made.id}`);
}
