/** 简报: drafts that wait, what was published, and the loose files of the briefings' folder. */
import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fault } from "../../domain/faults.ts";
import { minuteText } from "../../domain/time.ts";
import { allBriefings, type Briefing, newestOf } from "../../store/briefings.ts";
import { permits } from "../access/permission.ts";
import { type Html, html } from "../html.ts";
import type { Ask, Reply } from "../route.ts";
import { page, state } from "./layout.ts";
import { whole } from "./numbers.ts";
import { lastMonth } from "./periods.ts";

const LISTED = 200;

export async function briefingsPage(ask: Ask): Promise<Reply> {
  const all = await allBriefings(ask.store.sql);
  const published = all.filter((one) => one.state === "published" && seesBriefing(ask, one));
  const files = await looseFiles(ask, new Set(published.map((one) => one.sha256)));
  const makes = permits(ask.actor, "briefing.make");
  const drafts = makes ? all.filter((one) => one.state === "draft") : [];
  return page(ask, {
    title: "简报",
    small: `公布 ${whole(published.length)} 份`,
    current: "/briefings",
    body: html`${makes && makeForm(ask)}${drafts.length > 0 && draftTable(ask, drafts)}
<section><div class="bar"><h2>已公布</h2><a href="/briefings/verify">核对一个文件</a></div>${
      published.length === 0
        ? state("还没有公布过的简报。")
        : html`<table><caption>公布后冻结；数据更正后另出新版，旧版保留${published.length > LISTED && `；列新的 ${LISTED} 份`}</caption><thead><tr><th scope="col">简报</th><th scope="col">版本</th><th scope="col">公布</th><th scope="col" class="c2">SHA-256</th></tr></thead>
<tbody>${published.slice(0, LISTED).map((one) => publishedRow(one, newestOf(all, one)))}</tbody></table>`
    }</section>${files.length > 0 && fileTable(files)}${
      published.length + files.length === 0 &&
      makes &&
      html`<p class="note">命令行也能生成：duibiao brief district --period 月份。</p>`
    }`,
  });
}

function publishedRow(one: Briefing, newest: Briefing | undefined): Html {
  const old = newest !== undefined && newest.id !== one.id;
  return html`<tr><th scope="row"><a class="rowhead" href="/briefings/published/${one.id}">${one.name}</a><span class="two">${one.issue}</span></th><td>第 ${one.version} 版${old && html` <span class="tag">已被第 ${newest.version} 版取代</span>`}</td><td class="nw">${minuteText(one.at)}<span class="two">${one.madeBy} 制${one.publishedBy !== "" && one.publishedBy !== one.madeBy && `，${one.publishedBy} 签发`}</span></td><td class="c2 mono">${one.sha256.slice(0, 16)}…</td></tr>`;
}

function fileTable(files: readonly BriefingFile[]): Html {
  return html`<section><h2>未公布的文件 <small>${files.length} 个</small></h2><table><caption>简报文件夹里的 PDF，新的在前</caption><thead><tr><th scope="col">文件</th><th scope="col">做成时间</th><th scope="col" class="n">大小 <span class="unit">KB</span></th><th scope="col" class="c2">SHA-256</th></tr></thead>
<tbody>${files.map(
    (file) =>
      html`<tr><th scope="row"><a class="rowhead" href="/briefings/${encodeURIComponent(file.name)}">${file.name}</a></th><td class="nw num">${minuteText(file.at)}</td><td class="n">${whole(Math.ceil(file.bytes / 1024))}</td><td class="c2 mono">${file.sha256.slice(0, 16)}…</td></tr>`,
  )}</tbody></table></section>`;
}

function makeForm({ csrf, today }: Ask): Html {
  return html`<form class="filter" method="post" action="/briefings/make" aria-label="生成简报"><input type="hidden" name="_csrf" value="${csrf}"><div class="f"><label for="kind">种类</label><select id="kind" name="kind"><option value="district">全区</option><option value="township">各街乡</option></select></div><div class="f"><label for="period">时段（月、季、半年或年）</label><input id="period" name="period" required maxlength="30" size="12" value="${lastMonth(today).text}"></div><div class="f"><label for="reason">更正原因（公布过的才填）</label><input id="reason" name="reason" maxlength="200" size="20"></div><div class="f"><button class="go">生成草稿</button></div></form>`;
}

function draftTable({ csrf, actor }: Ask, drafts: readonly Briefing[]): Html {
  const publishes = permits(actor, "briefing.publish");
  const sets = [...new Set(drafts.map((one) => one.madeWith))].map((id) =>
    drafts.filter((one) => one.madeWith === id).sort((a, b) => a.id - b.id),
  );
  return html`<section><h2>待签发 <small>${sets.length} 件</small></h2><table><caption>制作人不能签发自己做的；一起做的一起签发；签发后冻结，不再改动</caption><thead><tr><th scope="col">草稿</th><th scope="col">制作</th><th scope="col" class="c2">输入摘要</th><th scope="col">签发</th></tr></thead><tbody>${sets.map(
    (set) => {
      const [one] = set;
      if (one === undefined) return "";
      return html`<tr><th scope="row">${draftLinks(set)}</th><td>${one.madeBy}<span class="two">${minuteText(one.at)}</span></td><td class="c2 mono">${one.digest.slice(0, 12)}</td><td>${
        !publishes
          ? "—"
          : one.madeBy === actor.name
            ? html`<span class="quiet">等另一人</span>`
            : html`<form method="post" action="/briefings/drafts/${one.madeWith}/publish"><input type="hidden" name="_csrf" value="${csrf}"><button>签发<span class="vh">${one.name}${set.length > 1 && `等 ${set.length} 份`}</span></button></form>`
      }</td></tr>`;
    },
  )}</tbody></table></section>`;
}

function draftLinks(set: readonly Briefing[]): Html {
  const link = (one: Briefing) => html`<a class="rowhead" href="/briefings/drafts/${one.id}">${one.name}</a>`;
  const why = set[0]?.reason ? html`<span class="two">更正：${set[0].reason}</span>` : "";
  if (set.length === 1) return html`${set.map(link)}${why}`;
  return html`<details><summary>街乡简报 ${set[0]?.period} <small>${set.length} 份</small></summary><ul class="plain">${set.map((one) => html`<li>${link(one)}</li>`)}</ul></details>${why}`;
}

/** A loose file of the folder. */
export async function briefingFile(ask: Ask): Promise<Reply> {
  const { context, params } = ask;
  const name = params["file"] ?? "";
  const known = (await looseFiles(ask, new Set())).find((file) => file.name === name);
  if (known === undefined || context.briefingsDir === undefined) throw fault("page.unknown", { given: name });
  return pdfReply(name, await readFile(join(context.briefingsDir, known.name)));
}

export function pdfReply(name: string, body: Uint8Array): Reply {
  const disposition = `inline; filename*=UTF-8''${encodeURIComponent(name)}`;
  return { type: "application/pdf", body, headers: { "content-disposition": disposition } };
}

/** A township sees its own briefings. */
export function seesBriefing(
  { actor }: Pick<Ask, "actor">,
  { kind, place }: Pick<Briefing, "kind" | "place">,
): boolean {
  return permits(actor, "briefing.view", kind === "township" ? { township: place } : {});
}

/** The folder's files but those known by their digest; a township sees the ones that carry its name. */
export async function looseFiles(
  { context, actor, facts }: Pick<Ask, "context" | "actor" | "facts">,
  known: ReadonlySet<string>,
): Promise<readonly BriefingFile[]> {
  const files = (await briefingFiles(context.briefingsDir)).filter((file) => !known.has(file.sha256));
  if (permits(actor, "briefing.view")) return files;
  const own = facts.places.places.find((one) => one.code === actor.bound);
  return own === undefined ? [] : files.filter(({ name }) => name.includes(own.name) || name.includes(own.code));
}

export type BriefingFile = {
  readonly name: string;
  readonly at: number;
  readonly bytes: number;
  readonly sha256: string;
};

/** Only what lies in the folder itself and ends in .pdf: a name from outside is compared, never made into a path. */
async function briefingFiles(dir: string | undefined): Promise<readonly BriefingFile[]> {
  if (dir === undefined) return [];
  const names = await readdir(dir).catch(() => []);
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith(".pdf"))
      .map(async (name) => {
        const path = join(dir, name);
        const { mtimeMs, size } = await stat(path);
        const sha256 = createHash("sha256")
          .update(await readFile(path))
          .digest("hex");
        return { name, at: mtimeMs, bytes: size, sha256 };
      }),
  );
  return files.sort((a, b) => b.at - a.at || a.name.localeCompare(b.name));
}
