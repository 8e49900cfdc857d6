/** 方法: how figures are made, printed from the standards' own tables, and how a target is judged. */
import { STANDING_ZH, type Standing } from "../../domain/plan.ts";
import { METHOD_SHEETS, methodSheet } from "../../standards/methods/registry.ts";
import type { Both, MethodTable } from "../../standards/methods/sheet.ts";
import { POLICIES, policyValues } from "../../standards/policy.ts";
import { type Html, html } from "../html.ts";
import type { Ask, Reply } from "../route.ts";
import { page } from "./layout.ts";
import { standingMark } from "./marks.ts";

const STANDING_RULES: Readonly<Record<Standing, string>> = {
  missed: "期满后不达标；或期中已无法达到",
  at_risk: "期中，按现值或应有进度看不达标",
  on_track: "期中，按现值或应有进度看达标",
  met: "期满后达标；或期中已不会改变结论",
  not_due: "还没有到起算日期",
  cannot_judge: "缺数据、缺填报或缺外部数值；缺测日按两种情形算结论不同",
};

export async function methodsPage(ask: Ask): Promise<Reply> {
  return page(ask, {
    title: "方法",
    small: `${METHOD_SHEETS.length} 页`,
    current: "/methods",
    body: html`<table><caption>每个指标的定义、公式、有效性、修约、版本、口径和可靠程度</caption><thead><tr><th scope="col">指标</th><th scope="col">代码</th><th scope="col" class="c2">同页还有</th></tr></thead>
<tbody>${METHOD_SHEETS.map((sheet) => html`<tr><th scope="row"><a class="rowhead" href="/methods/${sheet.indicator}">${sheet.title.zh}</a></th><td class="mono">${sheet.indicator}</td><td class="c2 mono">${sheet.also.join(" ")}</td></tr>`)}</tbody></table>
<section id="standings"><h2>目标怎样判定</h2><table><caption>达标状态的含义</caption><thead><tr><th scope="col">状态</th><th scope="col">规则</th></tr></thead>
<tbody>${(Object.keys(STANDING_RULES) as Standing[]).map((one) => html`<tr><td>${standingMark(one)}<span class="vh">${STANDING_ZH[one]}</span></td><td>${STANDING_RULES[one]}</td></tr>`)}</tbody></table>
<p class="note">计数类按全年已过的比例比较进度；缺测日两种情形都算，结论一致才给结论；在计划年份以外判定的为试算，逐处注明。</p></section>`,
  });
}

export async function methodPage(ask: Ask): Promise<Reply> {
  const sheet = methodSheet(ask.params["indicator"] ?? "");
  const list = (title: string, texts: readonly Both[]): Html | false =>
    texts.length > 0 &&
    html`<section><h2>${title}</h2><ul>${texts.map((one) => html`<li>${one.zh}</li>`)}</ul></section>`;
  return page(ask, {
    title: sheet.title.zh,
    small: html`<span class="mono">${sheet.indicator}</span>${sheet.unit !== "" && ` ${sheet.unit}`}`,
    current: "/methods",
    crumb: html`<a href="/methods">方法</a>`,
    body: html`<div class="prose">${list("定义", sheet.definition)}${list("计算", sheet.formula)}</div>
${sheet.tables.map(methodTable)}
<div class="prose">${list("有效性", sheet.validity)}${list("修约", sheet.rounding)}${list("版本", sheet.editions)}</div>
${
  sheet.policies.length > 0 &&
  html`<section><h2>口径与默认值</h2><table class="tall"><caption class="vh">口径</caption><thead><tr><th scope="col">口径</th><th scope="col">默认</th><th scope="col" class="c2">可取</th><th scope="col">含义与理由</th></tr></thead><tbody>${sheet.policies.map(
    (name) => {
      const spec = POLICIES[name];
      return html`<tr><th scope="row" class="mono">${name}</th><td class="mono">${String(spec.default)}</td><td class="c2 mono">${policyValues(spec)}</td><td>${spec.zh}<span class="two">${spec.reasonZh}</span></td></tr>`;
    },
  )}</tbody></table></section>`
}
<div class="prose">${list("依据的可靠程度", sheet.confidence)}${list("尚不清楚", sheet.unknown)}</div>`,
  });
}

function methodTable({ title, clause, head, rows }: MethodTable): Html {
  const text = (one: string | Both) => (typeof one === "string" ? one : one.zh);
  return html`<section><h2>${title.zh}</h2><div class="scroll" tabindex="0" role="region" aria-label="${title.zh}"><table><caption>${clause}</caption><thead><tr>${head.map((one) => html`<th scope="col">${text(one)}</th>`)}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map((cell, k) => (k === 0 ? html`<th scope="row">${text(cell)}</th>` : html`<td>${text(cell)}</td>`))}</tr>`)}</tbody></table></div></section>`;
}
