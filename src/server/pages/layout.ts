/** The frame of every page: head, menu, search, stamp of what the data are, foot. No inline script or style. */

import { dayText } from "../../domain/time.ts";
import { ROLE_ZH } from "../access/actor.ts";
import { type Action, permitsSome } from "../access/permission.ts";
import { type Html, html } from "../html.ts";
import { type Ask, pageReply, type Reply } from "../route.ts";
import { version } from "../version.ts";
import { SYMBOLS } from "./marks.ts";

export type Frame = {
  readonly title: string;
  /** Beside the title: period, date. */
  readonly small?: Html | string;
  /** The one sentence that says what matters. */
  readonly lead?: Html | string;
  /** More of the stamp line. */
  readonly stamp?: readonly (Html | string)[];
  /** Path of the menu entry this page belongs to. */
  readonly current?: string;
  /** Links upward, before the head. */
  readonly crumb?: Html;
  readonly body: Html;
  readonly scripts?: readonly string[];
  readonly status?: number;
  /** Seconds after which the page asks for itself again: for running jobs without script. */
  readonly refresh?: number;
};

type MenuEntry = { readonly path: string; readonly zh: string; readonly needs: Action; readonly gap?: boolean };

export const MENU: readonly MenuEntry[] = [
  { path: "/", zh: "今日", needs: "view" },
  { path: "/air", zh: "空气", needs: "view" },
  { path: "/rank", zh: "街乡排名", needs: "view" },
  { path: "/townships", zh: "街乡", needs: "view" },
  { path: "/water", zh: "水断面", needs: "view" },
  { path: "/noise", zh: "噪声与投诉", needs: "view.complaints" },
  { path: "/targets", zh: "目标", needs: "view" },
  { path: "/tasks", zh: "任务", needs: "view" },
  { path: "/briefings", zh: "简报", needs: "briefing.view", gap: true },
  { path: "/changes", zh: "变更", needs: "changes.view" },
  { path: "/data", zh: "数据", needs: "data.view" },
  { path: "/methods", zh: "方法", needs: "view", gap: true },
  { path: "/admin", zh: "管理", needs: "operate" },
];

const LOGO = html`<svg viewBox="0 0 22 22" aria-hidden="true"><path class="others" d="M1 8h20v6H1z"/><path class="ours" d="M1 9.5h12v3H1z"/><path class="cutl" d="M16 4v14"/></svg>`;

/** A whole page in its frame. */
export function page(ask: Ask, frame: Frame): Reply {
  const { facts, actor } = ask;
  const menu = MENU.filter((entry) => permitsSome(actor, entry.needs));
  const bureau = `${facts.home.name}生态环境局`;
  const body = html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${frame.title} · 对标</title>
${frame.refresh !== undefined && html`<meta http-equiv="refresh" content="${frame.refresh}">`}
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/tokens.css?${version()}">
<link rel="stylesheet" href="/static/base.css?${version()}">
<link rel="stylesheet" href="/static/app.css?${version()}">
${facts.simulated && html`<link rel="stylesheet" href="/static/simulated.css?${version()}">`}
${["search.js", ...(frame.scripts ?? [])].map((name) => html`<script src="/static/${name}?${version()}" defer></script>`)}
</head>
<body>
<a class="skip" href="#main">跳到正文</a>
${SYMBOLS}
<header class="top">
  <a class="brand" href="/">${LOGO}<b>对标</b><span>${bureau}</span></a>
  <nav class="nav" aria-label="主导航"><ul>${menu.map(
    ({ path, zh, gap }) =>
      html`<li${gap === true && html` class="gap"`}><a href="${path}"${path === frame.current && html` aria-current="page"`}>${zh}</a></li>`,
  )}</ul></nav>
  <form class="tools" role="search" action="/search"><label class="vh" for="q">查找街乡、目标、页面</label><input id="q" name="q" type="search" placeholder="查找" aria-keyshortcuts="Control+K" maxlength="100"><kbd>Ctrl K</kbd>${whoLink(ask)}</form>
</header>
<main id="main">
${frame.crumb !== undefined && html`<p class="crumb">${frame.crumb}</p>`}
<div class="head">
  <h1>${frame.title}${frame.small !== undefined && html` <small>${frame.small}</small>`}</h1>
  ${frame.lead !== undefined && html`<p class="lead">${frame.lead}</p>`}
  <p class="stamp">${facts.simulated && html`<span class="sim">模拟数据</span>`}${[...dataStamp(ask), ...(frame.stamp ?? [])].map((one) => html`<span>${one}</span>`)}</p>
</div>
${frame.body}
</main>
<footer class="foot"><p>对标 ${version()} · ${facts.lastBatch === 0 ? "还没有数据" : `批次 #${facts.lastBatch}`}${facts.simulated && " · 模拟数据：数字均为程序生成，不代表任何地方的实际情况"}</p></footer>
</body>
</html>
`;
  return pageReply(body, frame.status ?? 200);
}

function whoLink({ actor }: Ask): Html {
  if (actor.kind === "guest") return html`<a class="who" href="/login">登录</a>`;
  if (actor.kind === "visitor" || actor.kind === "local") return html`<span class="who quiet">演示（只读）</span>`;
  return html`<a class="who" href="/account">${ROLE_ZH[actor.kind]}${actor.kind === "department" && `　${actor.bound}`}</a>`;
}

function dataStamp({ facts }: Ask): readonly string[] {
  if (facts.lastBatch === 0) return ["还没有数据"];
  const last = Math.max(facts.lastAirDay ?? 0, facts.lastTownshipDay ?? 0);
  return [...(last === 0 ? [] : [`日数据截至 ${dayText(last)} 24:00`]), `批次 #${facts.lastBatch}`];
}

/** A state in words: empty, busy, failed. */
export function state(words: Html | string, kind: "" | "failed" | "busy" = ""): Html {
  return html`<div class="state ${kind}"${kind !== "" && html` role="status"`}><p>${words}</p></div>`;
}
