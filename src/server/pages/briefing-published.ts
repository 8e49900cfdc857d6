/** A published briefing: who let it out, what changed since the version before, its file; and whether a file is one. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { changesSince } from "../../../reports/briefings/facts.ts";
import { verdictLines, verdictOf } from "../../../reports/briefings/verdict.ts";
import { Fault, fault } from "../../domain/faults.ts";
import { minuteText } from "../../domain/time.ts";
import { type Briefing, frozenBytes, newestOf, publishedBriefings } from "../../store/briefings.ts";
import { type Html, html } from "../html.ts";
import type { Ask, Reply } from "../route.ts";
import { pdfReply, seesBriefing } from "./briefings.ts";
import { page, state } from "./layout.ts";

export async function publishedPage(ask: Ask): Promise<Reply> {
  const all = await publishedBriefings(ask.store.sql);
  const one = publishedOf(ask, all);
  const newest = newestOf(all, one);
  const before = all.find(
    (other) =>
      other.kind === one.kind &&
      other.place === one.place &&
      other.period === one.period &&
      other.version === one.version - 1,
  );
  const rows: readonly (readonly [string, Html | string])[] = [
    ["制作", one.madeBy || "—"],
    ["签发", html`${one.publishedBy || "—"}，${minuteText(one.at)}`],
    ...(one.reason === "" ? [] : [["更正原因", one.reason] as const]),
    ["SHA-256", html`<span class="mono">${one.sha256}</span>`],
    ["输入摘要", html`<span class="mono">${one.digest || "—"}</span>`],
  ];
  return page(ask, {
    title: one.name,
    small: `第 ${one.version} 版`,
    current: "/briefings",
    crumb: html`<a href="/briefings">简报</a>`,
    lead:
      newest === undefined || newest.id === one.id
        ? html`现行版本。<a href="/briefings/published/${one.id}/file">打开 PDF</a>`
        : html`已被<a href="/briefings/published/${newest.id}">第 ${newest.version} 版</a>取代。<a href="/briefings/published/${one.id}/file">打开旧版 PDF</a>`,
    body: html`<table class="tall"><caption class="vh">出处</caption><tbody>${rows.map(([zh, value]) => html`<tr><th scope="row">${zh}</th><td>${value}</td></tr>`)}</tbody></table>${
      before !== undefined && changesSection(before, one)
    }`,
  });
}

function changesSection(before: Briefing, one: Briefing): Html {
  const { rows } = changesSince(before, one.facts, one.period);
  return html`<section><h2>与<a href="/briefings/published/${before.id}">第 ${before.version} 版</a>相比 <small>${rows.length} 处变化</small></h2>${
    before.digest === ""
      ? state("上一版由旧程序做成，没有留下可比的内容。")
      : rows.length === 0
        ? state("各项结论和数字没有变化，变的是输入或程序。")
        : html`<table><caption class="vh">变化</caption><thead><tr><th scope="col">项目</th><th scope="col" class="n">上一版</th><th scope="col" class="n">本版</th></tr></thead><tbody>${rows.map((row) => html`<tr><th scope="row">${row.zh}</th><td class="n">${row.before}</td><td class="n">${row.now}</td></tr>`)}</tbody></table>`
  }</section>`;
}

/** The bytes as published. Those of an older program lie in the folder only. */
export async function publishedFile(ask: Ask): Promise<Reply> {
  const one = publishedOf(ask, await publishedBriefings(ask.store.sql));
  const { briefingsDir } = ask.context;
  const bytes = await frozenBytes(ask.store, one.sha256).catch(async (error: unknown) => {
    if (!(error instanceof Fault) || briefingsDir === undefined || one.digest !== "") throw error;
    const found = await readFile(join(briefingsDir, one.name)).catch(() => undefined);
    if (found === undefined || sha256Of(found) !== one.sha256) throw error;
    return found;
  });
  return pdfReply(one.name, bytes);
}

function publishedOf(ask: Ask, all: readonly Briefing[]): Briefing {
  const found = all.find((one) => String(one.id) === ask.params["id"]);
  if (found === undefined || !seesBriefing(ask, found)) throw fault("page.unknown", { given: ask.url });
  return found;
}

export async function verifyPage(ask: Ask): Promise<Reply> {
  return page(ask, verifyFrame(ask, undefined));
}

/** @throws Fault `upload.missing` */
export async function verifyFile(ask: Ask): Promise<Reply> {
  const file = ask.body["file"];
  if (!(file instanceof File) || file.size === 0) throw fault("upload.missing");
  const sha256 = sha256Of(Buffer.from(await file.arrayBuffer()));
  const all = (await publishedBriefings(ask.store.sql)).filter((one) => seesBriefing(ask, one));
  const verdict = verdictOf(all, sha256, file.name);
  const good = verdict.state === "published";
  return page(
    ask,
    verifyFrame(
      ask,
      html`<div class="state ${!good && "failed"}" role="status">${verdictLines(verdict, sha256).map((line) => html`<p>${line}</p>`)}</div>`,
    ),
  );
}

function verifyFrame({ csrf }: Ask, result: Html | undefined) {
  return {
    title: "核对",
    current: "/briefings",
    crumb: html`<a href="/briefings">简报</a>`,
    lead: "交来的 PDF 是不是公布的那一份：公布一致、已改动，或已被新版取代。文件不保存。",
    body: html`${result}<form class="fields" method="post" action="/briefings/verify" enctype="multipart/form-data"><input type="hidden" name="_csrf" value="${csrf}"><div class="f"><label for="f-file">PDF 文件（最多 64 MB）</label><input id="f-file" name="file" type="file" required></div><div><button class="go">核对</button></div></form>`,
  };
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
