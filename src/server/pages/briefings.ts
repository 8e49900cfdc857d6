/** 简报: the finished PDFs and their download. */
import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fault } from "../../domain/faults.ts";
import { minuteText } from "../../domain/time.ts";
import { permits } from "../access/permission.ts";
import { html } from "../html.ts";
import type { Ask, Reply } from "../route.ts";
import { page, state } from "./layout.ts";
import { whole } from "./numbers.ts";

export async function briefingsPage(ask: Ask): Promise<Reply> {
  const files = await visibleBriefings(ask);
  return page(ask, {
    title: "简报",
    small: `${files.length} 份`,
    current: "/briefings",
    body:
      files.length === 0
        ? state(html`还没有做好的简报。命令行生成：duibiao brief district --period 月份。`)
        : html`<table><caption>做好的简报，新的在前</caption><thead><tr><th scope="col">文件</th><th scope="col">做成时间</th><th scope="col" class="n">大小 <span class="unit">KB</span></th><th scope="col" class="c2">SHA-256</th></tr></thead>
<tbody>${files.map(
            (file) =>
              html`<tr><th scope="row"><a class="rowhead" href="/briefings/${encodeURIComponent(file.name)}">${file.name}</a></th><td class="nw num">${minuteText(file.at)}</td><td class="n">${whole(Math.ceil(file.bytes / 1024))}</td><td class="c2 mono">${file.sha256.slice(0, 16)}…</td></tr>`,
          )}</tbody></table>`,
  });
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
