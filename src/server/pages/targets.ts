/** 目标: the board of a year's plans, what is in danger first, what cannot be judged by what is missing. */
import { type BoardRow, boardOf } from "../../analysis/board.ts";
import { reasonOf } from "../../analysis/target-board.ts";
import type { TargetRow } from "../../analysis/target-rows.ts";
import { FIRMNESS_ZH, PLAN_AREA_ZH, STANDING_ZH, type Standing } from "../../domain/plan.ts";
import { dayNumber, daysInYear, dayText } from "../../domain/time.ts";
import { type Html, html } from "../html.ts";
import { link } from "../query.ts";
import type { Ask, Reply } from "../route.ts";
import { page, state } from "./layout.ts";
import { mark, STANDING_MARK, standingMark } from "./marks.ts";
import { quietZero } from "./numbers.ts";
import { responsible, soFar, under, wanted } from "./target-words.ts";
import { AREAS, type TargetView, targetView } from "./targets-data.ts";

/** Worst first; what cannot be judged stands apart. */
const ORDER = [
  "missed",
  "at_risk",
  "on_track",
  "met",
  "not_due",
  "cannot_judge",
] as const satisfies readonly Standing[];

export async function targetsPage(ask: Ask): Promise<Reply> {
  const view = await targetView(ask);
  const { year, at, rows } = view;
  const trial = rows.some((row) => row.trial);
  const binding = rows.filter((row) => row.target.kind === "criterion" && row.target.firmness !== "strive");
  const strive = rows.filter((row) => row.target.kind === "criterion" && row.target.firmness === "strive");
  const directions = rows.filter((row) => row.target.kind === "direction");
  return page(ask, {
    title: "目标",
    small: html`<span class="nw">${year} 年行动计划</span> <span class="nw">截至 ${dayText(at)}</span>`,
    current: "/targets",
    lead: leadOf(rows),
    stamp: [
      ...(trial ? [html`<b>试算</b>：按 ${year} 年计划演算其他年份的数据`] : [elapsed(year, at)]),
      html`<a href="/methods#standings">怎样判定</a>`,
    ],
    body: html`${filterForm(view)}
${rollUpTable(view)}
${section("未达标与有风险", binding.filter(isIn("missed", "at_risk")), "没有未达标或有风险的目标。")}
${section("进度正常与已达标", binding.filter(isIn("on_track", "met")), "没有进度正常或已达标的目标。")}
${section("未到期", binding.filter(isIn("not_due")))}
${unjudged(binding.filter(isIn("cannot_judge")))}
${strive.length > 0 && html`<div class="apart">${section("力争类", strive, "", "与硬性目标同样判定，另列；上面的合计含这些")}</div>`}
${section("方向性要求", directions, "", "计划只写方向、没有数值，另列；上面的合计含这些")}`,
  });
}

export function isIn(...standings: readonly Standing[]): (row: TargetRow) => boolean {
  return (row) => standings.includes(row.verdict.standing);
}

function elapsed(year: number, at: number): string {
  const first = dayNumber(year, 1, 1) ?? at;
  const days = daysInYear(year);
  const gone = Math.max(0, Math.min(days, at - first + 1));
  return `全年已过 ${gone} / ${days} 天`;
}

function leadOf(rows: readonly TargetRow[]): Html {
  const { all, byFirmness } = boardOf(
    rows.map(({ target, verdict }) => ({ target, standing: verdict.standing })),
  ).total;
  const { counts } = all;
  const n = (standing: Standing) => counts[standing];
  const strive = (standing: Standing) =>
    byFirmness.strive.counts[standing] > 0 && `（力争类 ${byFirmness.strive.counts[standing]} 项）`;
  return html`计入的 ${all.targets} 项中，<b>${n("missed")}</b> 项未达标${strive("missed")}、<b>${n("at_risk")}</b> 项有风险${strive("at_risk")}，${n("on_track") + n("met")} 项进度正常或已达标，${n("not_due")} 项未到期${
    n("cannot_judge") > 0 ? html`；<b>${n("cannot_judge")} 项不可判定</b>，故不给总达标率。` : "。"
  }含力争类与方向性要求；相互重复的和二选一的各计一次。`;
}

function filterForm({ year, at, area, unit, standing, all }: TargetView): Html {
  const units = [...new Set(all.flatMap(({ target }) => [...target.lead, ...target.main]))].sort((a, b) =>
    a.localeCompare(b, "zh"),
  );
  const same = { plan: year, at: dayText(at), area, unit, standing };
  return html`<form class="filter" action="/targets" aria-label="选择目标">
  <input type="hidden" name="plan" value="${year}">
  <div class="f"><label for="area">计划</label><select id="area" name="area"><option value="">全部计划</option>${AREAS.map(
    (one) => html`<option value="${one}"${one === area && html` selected`}>${PLAN_AREA_ZH[one]}</option>`,
  )}</select></div>
  <div class="f"><label for="unit">单位</label><select id="unit" name="unit"><option value="">全部单位</option>${units.map(
    (one) => html`<option${one === unit && html` selected`}>${one}</option>`,
  )}</select></div>
  <div class="f"><label for="std">状态</label><select id="std" name="standing"><option value="">全部状态</option><option value="attention"${standing === "attention" && html` selected`}>未达标与有风险</option>${ORDER.map(
    (one) => html`<option value="${one}"${one === standing && html` selected`}>${STANDING_ZH[one]}</option>`,
  )}</select></div>
  <div class="f"><label for="at">判定日</label><input id="at" name="at" inputmode="numeric" pattern="[0-9]{4}-[0-9]{2}-[0-9]{2}" size="10" value="${dayText(at)}"></div>
  <div class="f"><button class="go">查看</button></div>
  <div class="f out" role="group" aria-labelledby="exp"><span class="l" id="exp">导出本页所见</span><div><a class="btn" href="${link("/targets.xlsx", same)}">XLSX</a><a class="btn" href="${link("/targets.csv", same)}">CSV</a></div></div>
</form>`;
}

function rollUpTable({ rows, year, at }: TargetView): Html {
  const board = boardOf(rows.map(({ target, verdict }) => ({ target, standing: verdict.standing })));
  if (board.plans.length === 0) return state("没有符合条件的目标。换一个计划、单位或状态再看。");
  const cells = (row: BoardRow): Html =>
    html`${ORDER.map((standing) => html`<td class="n">${quietZero(row.all.counts[standing])}</td>`)}<td class="n">${row.all.targets}</td>`;
  return html`<section aria-labelledby="h-roll"><h2 id="h-roll" class="vh">各计划</h2>
<table class="rollup">
<caption>按计划计数，含力争类与方向性要求；相互重复的和二选一的各计一次</caption>
<thead><tr><th scope="col">计划</th>${ORDER.map(
    (standing) =>
      html`<th scope="col" class="n std">${mark(STANDING_MARK[standing])} <span>${STANDING_ZH[standing]}</span></th>`,
  )}<th scope="col" class="n">合计</th></tr></thead>
<tbody>${board.plans.map(
    (row) =>
      html`<tr><th scope="row" class="nw"><a class="rowhead" href="${link("/targets", { plan: year, at: dayText(at), area: row.key })}">${PLAN_AREA_ZH[row.key]}</a></th>${cells(row)}</tr>`,
  )}<tr class="sum"><th scope="row" class="nw">合计</th>${cells(board.total)}</tr></tbody>
</table></section>`;
}

function section(title: string, rows: readonly TargetRow[], empty = "", caption = ""): Html | false {
  if (rows.length === 0) return empty === "" ? false : html`<section><h2>${title}</h2>${state(empty)}</section>`;
  return html`<section><h2>${title} <small>${rows.length} 项</small></h2>${targetTable(sorted(rows), caption)}</section>`;
}

function sorted(rows: readonly TargetRow[]): readonly TargetRow[] {
  return [...rows].sort((a, b) => ORDER.indexOf(a.verdict.standing) - ORDER.indexOf(b.verdict.standing));
}

/** Targets with their state, what is wanted, the figure so far, why, and who. */
export function targetTable(rows: readonly TargetRow[], caption = ""): Html {
  return html`<table class="tall board">
<caption class="${caption === "" && "vh"}">${caption === "" ? "目标、要求、现值与说明" : caption}</caption>
<thead><tr><th scope="col">状态</th><th scope="col">目标</th><th scope="col" class="n">要求</th><th scope="col" class="n">现值</th><th scope="col" class="c2">说明</th><th scope="col" class="c3">期限</th><th scope="col" class="c3">主责</th></tr></thead>
<tbody>${rows.map((row) => {
    const { target, verdict } = row;
    const why = reasonOf(row);
    return html`<tr><td>${standingMark(verdict.standing)}</td><th scope="row"><a class="rowhead" href="/targets/${target.id}">${target.metric}</a>${
      target.firmness !== "binding" && html` <span class="tag">${FIRMNESS_ZH[target.firmness]}</span>`
    }${target.restates !== undefined && html` <span class="tag">重复，不另计</span>`}<span class="two">${under(target)}${
      target.scope.kind === "whole" ? "" : `　${target.scope.zh}`
    }</span>${why !== undefined && html`<span class="two only-narrow">${why}</span>`}</th><td class="n">${wanted(target)}</td><td class="n">${soFar(row)}</td><td class="c2">${why ?? ""}</td><td class="c3">${target.deadline.text ?? html`<span class="quiet">未写</span>`}</td><td class="c3">${responsible(target)}</td></tr>`;
  })}</tbody></table>`;
}

function unjudged(rows: readonly TargetRow[]): Html | false {
  if (rows.length === 0) return false;
  const groups = new Map<string, TargetRow[]>();
  for (const row of rows) {
    const reason = reasonOf({ ...row, trial: false }) ?? "数据不足";
    groups.set(reason, [...(groups.get(reason) ?? []), row]);
  }
  const list = [...groups].sort((a, b) => b[1].length - a[1].length);
  return html`<section><h2>不可判定 <small>${rows.length} 项</small></h2>
<table class="tall"><caption>不可判定不是未达标，也不算进度正常；补上缺的就能判</caption>
<thead><tr><th scope="col">缺什么</th><th scope="col" class="n">项</th></tr></thead>
<tbody>${list.map(
    ([reason, some]) =>
      html`<tr><th scope="row">${reason}<details><summary>列出 ${some.length} 项</summary><ul class="plain">${some.map(
        ({ target }) =>
          html`<li><a class="rowhead" href="/targets/${target.id}">${target.metric}</a>　<span class="quiet">${under(target)}</span></li>`,
      )}</ul></details></th><td class="n">${some.length}</td></tr>`,
  )}</tbody></table></section>`;
}
