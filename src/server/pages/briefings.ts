/** 简报: the finished PDFs and their download. */
import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fault } from "../../domain/faults.ts";
import { minuteText } from "../../domain/time.ts";
import { listBriefings, type StoredBriefing } from "../../store/briefings.ts";
import { permits } from "../access/permission.ts";
import { type Html, html } from "../html.ts";
import type { Ask, Reply } from "../route.ts";
import { page, state } from "./layout.ts";
import { whole } from "./numbers.ts";
import { lastMonth } from "./periods.ts";

export async function briefingsPage(ask: Ask): Promise<Reply> {
  const files = await visibleBriefings(ask);
  const makes = permits(ask.actor, "briefing.make");
  const drafts = makes ? (await listBriefings(ask.store.sql)).filter((one) => one.state === "draft") : [];
  return page(ask, {
    title: "简报",
    small: `${files.length} 份`,
    current: "/briefings",
    body: html`${makes && makeForm(ask)}${drafts.length > 0 && draftTable(ask, drafts)}${
      files.length === 0
        ? state(html`还没有做好的简报。命令行生成：duibiao brief district --period 月份。`)
        : html`<table><caption>做好的简报，新的在前</caption><thead><tr><th scope="col">文件</th><th scope="col">做成时间</th><th scope="col" class="n">大小 <span class="unit">KB</span></th><th scope="col" class="c2">SHA-256</th></tr></thead>
<tbody>${files.map(
            (file) =>
              html`<tr><th scope="row"><a class="rowhead" href="/briefings/${encodeURIComponent(file.name)}">${file.name}</a></th><td class="nw num">${minuteText(file.at)}</td><td class="n">${whole(Math.ceil(file.bytes / 1024))}</td><td class="c2 mono">${file.sha256.slice(0, 16)}…</td></tr>`,
          )}</tbody></table>`
    }`,
  });
}

function makeForm({ csrf, today }: Ask): Html {
  return html`<form class="filter" method="post" action="/briefings/make" aria-label="生成简报"><input type="hidden" name="_csrf" value="${csrf}"><div class="f"><label for="period">时段（月、季、半年或年）</label><input id="period" name="period" required maxlength="30" size="12" value="${lastMonth(today).text}"></div><div class="f"><button class="go">生成草稿</button></div></form>`;
}

function draftTable({ csrf, actor }: Ask, drafts: readonly StoredBriefing[]): Html {
  const publishes = permits(actor, "briefing.publish");
  return html`<section><h2>待签发 <small>${drafts.length} 份</small></h2><table><caption>制作人不能签发自己做的；签发后冻结，不再改动</caption><thead><tr><th scope="col">草稿</th><th scope="col">制作</th><th scope="col" class="c2">数据版本</th><th scope="col">签发</th></tr></thead><tbody>${drafts.map(
    (one) =>
      html`<tr><th scope="row"><a class="rowhead" href="/briefings/drafts/${one.id}">${one.name}</a></th><td>${one.madeBy}<span class="two">${minuteText(one.at)}</span></td><td class="c2 mono">${one.dataVersion}</td><td>${
        !publishes
          ? "—"
          : one.madeBy === actor.name
            ? html`<span class="quiet">等另一人</span>`
            : html`<form method="post" action="/briefings/drafts/${one.id}/publish"><input type="hidden" name="_csrf" value="${csrf}"><button>签发<span class="vh">${one.name}</span></button></form>`
      }</td></tr>`,
  )}</tbody></table></section>`;
}

export async function briefingFile(ask: Ask): Promise<Reply> {
  const { context, params } = ask;
  const name = params["file"] ?? "";
  const known = (await visibleBriefings(ask)).find((file) => file.name === name);
  if (known === undefined || context.briefingsDir === undefined) throw fault("page.unknown", { given: name });
  const body = await readFile(join(context.briefingsDir, known.name));
  return {
    type: "application/pdf",
    body,
    headers: { "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(name)}` },
  };
}

/** A township sees the briefings that carry its name. */
export async function visibleBriefings({ context, actor, facts }: Ask): Promise<readonly BriefingFile[]> {
  const files = await briefingFiles(context.briefingsDir);
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
