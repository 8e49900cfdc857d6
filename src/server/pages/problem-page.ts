/** A fault as a page of its own. It needs neither store nor account, so that it can always be shown. */
import { type Fault, hintOf, messageOf, placeOf } from "../../domain/faults.ts";
import { type Html, html } from "../html.ts";
import { statusOf } from "../problem.ts";

export function problemPage(problem: Fault, simulated: boolean): Html {
  const where = placeOf(problem, "zh");
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>出错了 · 对标</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/tokens.css">
<link rel="stylesheet" href="/static/base.css">
<link rel="stylesheet" href="/static/app.css">
</head>
<body>
<header class="top"><a class="brand" href="/"><b>对标</b></a></header>
<main id="main">
<div class="head">
  <h1>${titleOf(statusOf(problem))}</h1>
  ${simulated && html`<p class="stamp"><span class="sim">模拟数据</span></p>`}
</div>
<div class="state failed" role="alert">
  <p><b>${messageOf(problem, "zh")}</b></p>
  ${where !== "" && html`<p>位置：${where}</p>`}
  <p>办法：${hintOf(problem, "zh")}</p>
  <p class="quiet">[${problem.code}]</p>
</div>
<p class="note"><a href="/">回到今日</a></p>
</main>
</body>
</html>
`;
}

function titleOf(status: number): string {
  if (status === 404) return "没有找到";
  if (status === 401 || status === 403) return "不能查看";
  if (status >= 500) return "服务出错";
  return "没有办成";
}
