/** 今日: what needs attention now, the worst first; beside it the air, the sources and the latest corrections. */

import type { AqiDay } from "../../analysis/aqi-days.ts";
import { independentStandings } from "../../analysis/board.ts";
import { countStandings } from "../../analysis/standing/places.ts";
import { reasonOf } from "../../analysis/target-board.ts";
import type { TargetRow } from "../../analysis/target-rows.ts";
import { indicatorOf } from "../../domain/indicator.ts";
import { measureState } from "../../domain/measure-state.ts";
import { PLAN_AREA_ZH } from "../../domain/plan.ts";
import { dayText, minuteText } from "../../domain/time.ts";
import { listBatches } from "../../store/batches.ts";
import { type Html, html } from "../html.ts";
import type { Ask, Reply } from "../route.ts";
import { aqiOf } from "./air-data.ts";
import { seenAlerts } from "./alerts-data.ts";
import { type Attention, alertAttention, attentionOf } from "./attention.ts";
import { longDay, shortDay } from "./dates.ts";
import { page, state } from "./layout.ts";
import { aqiClassOf, aqiSquare, standingMark, tagged } from "./marks.ts";
import { whole } from "./numbers.ts";
import { type SourceState, sourcesOf } from "./sources.ts";
import { soFar, under, wanted } from "./target-words.ts";
import { isIn } from "./targets.ts";
import { judged, planYear } from "./targets-data.ts";

const DAYS_SHOWN = 14;
const DAYS_LISTED = 7;
const BATCHES_SHOWN = 5;

export async function todayPage(ask: Ask): Promise<Reply> {
  const { facts, today } = ask;
  if (facts.lastBatch === 0) return emptyStore(ask);
  const rows = await judged(ask, await planYear(ask), today);
  const sources = await sourcesOf(ask);
  const list = [...alertAttention(await seenAlerts(ask)), ...attentionOf(rows, sources)];
  const atRisk = rows.filter(isIn("missed", "at_risk")).filter((row) => row.target.restates === undefined);
  const last = Math.min(today, facts.lastAirDay ?? today);
  const days = await aqiOf(ask, facts.home, last - DAYS_SHOWN + 1, last);
  return page(ask, {
    title: "今日",
    small: html`<span class="nw">${longDay(today + 1)}</span>`,
    current: "/",
    lead: leadOf(rows, sources),
    body: html`<div class="with-rail"><div>
${attentionTable(list)}
${targetsSection(atRisk)}
${await dueSection(ask)}
</div><aside class="rail" aria-label="空气、来源与更正">
${airSection(days)}
${sourceSection(sources, today)}
${await correctionSection(ask)}
</aside></div>`,
  });
}

function emptyStore(ask: Ask): Reply {
  return page(ask, {
    title: "今日",
    current: "/",
    body: html`${state(html`<b>还没有数据。</b>先导入监测数据：<a href="/data">数据</a> 页上传文件，或在命令行运行 duibiao ingest auto 文件夹。目标清单已就绪，可在 <a href="/targets">目标</a> 查看。`)}`,
  });
}

function leadOf(rows: readonly TargetRow[], sources: readonly SourceState[]): Html {
  const counts = countStandings(
    independentStandings(rows.map(({ target, verdict }) => ({ target, standing: verdict.standing }))),
  );
  const { missed: bad, at_risk: risk, cannot_judge: open } = counts;
  const late = sources.filter((one) => one.late > 0);
  const gaps = sources.filter((one) => one.missing > 0);
  return html`<b>${bad}</b> 项目标未达标，<b>${risk}</b> 项有风险${open > 0 && html`，${open} 项缺数不可判定`}；${
    late.length === 0
      ? gaps.length === 0
        ? "各来源数据按时到齐。"
        : html`各来源按时到数，但 ${gaps.map((one) => `${one.zh} ${one.missing} 个地点`).join("、")}近日停报。`
      : html`${late.length} 类数据未到：${late.map((one) => one.zh).join("、")}。`
  }`;
}

function attentionTable(list: readonly Attention[]): Html {
  return html`<section><div class="bar"><h2>要处理 <small>${list.length} 件</small></h2><a href="/alerts">全部提醒</a></div>${
    list.length === 0
      ? state("没有要处理的事：没有未达标或有风险的硬性目标，也没有缺数的来源。")
      : html`<table class="tall"><caption class="vh">要处理的事，急的在前</caption>
<thead><tr><th scope="col">类别</th><th scope="col">事项</th><th scope="col" class="c2">办理</th></tr></thead>
<tbody>${list.map(
          (one) =>
            html`<tr><td class="nw">${tagged(one.mark, one.kind)}</td><th scope="row"><a class="rowhead" href="${one.href}">${one.what}</a><span class="two">${one.why}</span></th><td class="c2">${one.who}</td></tr>`,
        )}</tbody></table>`
  }</section>`;
}

function targetsSection(rows: readonly TargetRow[]): Html {
  const shown = rows.slice(0, 8);
  return html`<section><div class="bar"><h2>有风险的目标 <small>${rows.length} 项${rows.length > shown.length && `中的 ${shown.length} 项`}</small></h2><a href="/targets">全部目标</a></div>${
    rows.length === 0
      ? state("没有未达标或有风险的目标。不可判定的见目标页。")
      : html`<table class="tall named"><caption class="vh">未达标和有风险的目标</caption>
<thead><tr><th scope="col">状态</th><th scope="col">目标</th><th scope="col" class="n">要求</th><th scope="col" class="n">现值</th><th scope="col" class="c2">说明</th></tr></thead>
<tbody>${shown.map(
          (row) =>
            html`<tr><td>${standingMark(row.verdict.standing)}</td><th scope="row"><a class="rowhead" href="/targets/${row.target.id}">${row.target.metric}</a><span class="two">${under(row.target)}</span></th><td class="n">${wanted(row.target)}</td><td class="n">${soFar(row)}</td><td class="c2">${reasonOf(row) ?? ""}</td></tr>`,
        )}</tbody></table>`
  }</section>`;
}

const DUE_SHOWN = 10;

/** What the plans want done within a month. */
async function dueSection(ask: Ask): Promise<Html> {
  const { context, today } = ask;
  const plans = await context.plansOf(await planYear(ask));
  const due = plans
    .flatMap((plan) => plan.tasks.flatMap((task) => task.measures.map((measure) => ({ plan, task, measure }))))
    .filter(({ measure }) => measureState(measure.deadline, today) === "due_soon")
    .sort((a, b) => (a.measure.deadline.to ?? 0) - (b.measure.deadline.to ?? 0));
  const shown = due.slice(0, DUE_SHOWN);
  return html`<section><div class="bar"><h2>接下来到期 <small>30 天内 ${due.length} 项</small></h2><a href="/tasks?state=due_soon">全部任务</a></div>${
    due.length === 0
      ? state("30 天内没有到期的措施。")
      : html`<table class="tall"><caption class="vh">30 天内到期的措施，早的在前</caption><thead><tr><th scope="col">期限</th><th scope="col">措施</th><th scope="col" class="c2">牵头、主责</th></tr></thead><tbody>${shown.map(
          ({ plan, task, measure }) =>
            html`<tr><td class="nw num">${measure.deadline.to === undefined ? "—" : shortDay(measure.deadline.to)}</td><th scope="row">${measure.text}<span class="two">${PLAN_AREA_ZH[plan.area]} ${measure.no}　${task.name}</span></th><td class="c2">${[...new Set([...measure.lead, ...measure.main])].slice(0, 3).join("、") || "—"}</td></tr>`,
        )}</tbody></table>`
  }</section>`;
}

function airSection(days: readonly AqiDay[]): Html {
  const latest = days.findLast((day) => day.aqi !== undefined);
  return html`<section><div class="bar"><h2>空气</h2><a href="/air">空气页</a></div>${
    latest === undefined
      ? state("近 14 天没有有效的 AQI。")
      : html`<p><span class="num">${shortDay(latest.day)}</span>　AQI <b class="num">${latest.aqi}</b>　${latest.class !== undefined && aqiClassOf(latest.class.class)}　${latest.primary.length > 0 && `首要污染物 ${latest.primary.map((one) => indicatorOf(one).zh).join("、")}`}</p>
<table><caption>近 ${DAYS_LISTED} 日全区 AQI</caption><thead><tr><th scope="col">日</th><th scope="col" class="n">AQI</th><th scope="col">级别</th></tr></thead>
<tbody>${[...days]
          .reverse()
          .slice(0, DAYS_LISTED)
          .map(
            (day) =>
              html`<tr><th scope="row" class="nw num">${shortDay(day.day)}</th><td class="n">${day.aqi ?? "—"}</td><td>${day.class === undefined ? html`<span class="quiet">无有效 AQI</span>` : html`${aqiSquare(day.class.class)}${day.class.class}`}</td></tr>`,
          )}</tbody></table>`
  }</section>`;
}

function sourceSection(sources: readonly SourceState[], today: number): Html {
  return html`<section><div class="bar"><h2>来源</h2><a href="/data">数据页</a></div>
<table><caption>各类数据最近到哪一天</caption><thead><tr><th scope="col">数据</th><th scope="col" class="n">最近</th><th scope="col">状态</th></tr></thead>
<tbody>${sources.map(
    (one) =>
      html`<tr><th scope="row">${one.zh}</th><td class="n">${one.last === undefined ? "—" : shortDay(one.last)}</td><td>${
        one.last === undefined
          ? html`<span class="quiet">没有数据</span>`
          : one.late > 0
            ? tagged("risk", `迟 ${whole(one.late)} 天`)
            : one.missing > 0
              ? html`缺 ${whole(one.missing)} 个地点`
              : "正常"
      }</td></tr>`,
  )}</tbody></table><p class="note">以 ${dayText(today)} 为应到日。</p></section>`;
}

async function correctionSection({ store }: Ask): Promise<Html> {
  const all = await listBatches(store.sql);
  const corrected = all.filter((batch) => batch.account.corrected > 0 || batch.kind === "undo").slice(0, BATCHES_SHOWN);
  return html`<section><div class="bar"><h2>新的更正</h2><a href="/changes">变更页</a></div>${
    corrected.length === 0
      ? state(
          html`没有更正过的读数。最近一次导入：${all[0] === undefined ? "无" : html`批次 <a href="/data/batches/${all[0].id}">#${all[0].id}</a>`}。`,
        )
      : html`<table><caption class="vh">更正过读数的批次</caption><thead><tr><th scope="col">批次</th><th scope="col">时间</th><th scope="col" class="n">更正</th></tr></thead><tbody>${corrected.map(
          (batch) =>
            html`<tr><th scope="row"><a class="rowhead" href="/data/batches/${batch.id}">#${batch.id}</a></th><td class="nw num">${minuteText(batch.at.getTime()).slice(5)}</td><td class="n">${batch.kind === "undo" ? "撤销" : whole(batch.account.corrected)}</td></tr>`,
        )}</tbody></table>`
  }</section>`;
}
