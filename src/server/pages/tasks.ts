/** 任务: the measures of the plans with deadlines and units, and the figures due. */
import { overdueTallies } from "../../analysis/tally-duty.ts";
import { MEASURE_STATE_ZH, type MeasureState, measureState } from "../../domain/measure-state.ts";
import { monthOf, periodZh } from "../../domain/period.ts";
import { PLAN_AREA_ZH } from "../../domain/plan.ts";
import { dayParts } from "../../domain/time.ts";
import { listTallies } from "../../store/tallies.ts";
import { type Html, html } from "../html.ts";
import { oneOf } from "../query.ts";
import type { Ask, Reply } from "../route.ts";
import { page, state } from "./layout.ts";
import { tagged } from "./marks.ts";
import { AREAS, planYear, seesTarget } from "./targets-data.ts";

const MARKS = {
  not_begun: "notdue",
  running: "on",
  due_soon: "risk",
  expired: "unknown",
  undated: "notdue",
} as const satisfies Readonly<Record<MeasureState, string>>;

export async function tasksPage(ask: Ask): Promise<Reply> {
  const { query, context, today } = ask;
  const year = await planYear(ask);
  const area = query.get("area") === undefined ? undefined : oneOf(query, "area", AREAS, "air");
  const unit = query.get("unit");
  const wantedState = query.get("state") === undefined ? undefined : oneOf(query, "state", STATES, "running");
  const plans = await context.plansOf(year);
  const all = plans.flatMap((plan) =>
    plan.tasks.flatMap((task) =>
      task.measures.map((measure) => ({
        plan,
        task,
        measure,
        state: measureState(measure.deadline, today),
        targets: plan.targets.filter((target) => target.item === measure.no && target.restates === undefined),
      })),
    ),
  );
  const units = [...new Set(all.flatMap(({ measure }) => [...measure.lead, ...measure.main]))].sort((a, b) =>
    a.localeCompare(b, "zh"),
  );
  const rows = all.filter(
    (one) =>
      (area === undefined || one.plan.area === area) &&
      (wantedState === undefined || one.state === wantedState) &&
      (unit === undefined || [...one.measure.lead, ...one.measure.main, ...one.measure.support].includes(unit)),
  );
  const tasks = plans.reduce((sum, plan) => sum + plan.tasks.length, 0);
  return page(ask, {
    title: "任务",
    small: `${year} 年 ${tasks} 项任务、${all.length} 项措施`,
    current: "/tasks",
    lead: html`30 天内到期 <b>${all.filter((one) => one.state === "due_soon").length}</b> 项，已到期 ${all.filter((one) => one.state === "expired").length} 项；到期不等于完成，完成与否看目标的达标状态。`,
    body: html`<form class="filter" action="/tasks" aria-label="选择任务"><input type="hidden" name="plan" value="${year}">
<div class="f"><label for="area">计划</label><select id="area" name="area"><option value="">全部计划</option>${AREAS.map((one) => html`<option value="${one}"${one === area && html` selected`}>${PLAN_AREA_ZH[one]}</option>`)}</select></div>
<div class="f"><label for="unit">单位</label><select id="unit" name="unit"><option value="">全部单位</option>${units.map((one) => html`<option${one === unit && html` selected`}>${one}</option>`)}</select></div>
<div class="f"><label for="state">按期限</label><select id="state" name="state"><option value="">全部</option>${STATES.map((one) => html`<option value="${one}"${one === wantedState && html` selected`}>${MEASURE_STATE_ZH[one]}</option>`)}</select></div>
<div class="f"><button class="go">查看</button></div></form>
${await dueSection(ask, year, unit)}
<section><h2>措施 <small>${rows.length} 项</small></h2>${
      rows.length === 0
        ? state("没有符合条件的措施。")
        : html`<table class="tall"><caption>按计划原文；点目标看达标状态和填报</caption><thead><tr><th scope="col">期限</th><th scope="col">措施</th><th scope="col" class="c2">牵头、主责</th><th scope="col" class="c3">目标</th></tr></thead><tbody>${rows.map(
            ({ plan, task, measure, state: at, targets }) =>
              html`<tr><td>${tagged(MARKS[at], MEASURE_STATE_ZH[at])}<span class="two">${measure.deadline.text ?? "未写"}</span></td><th scope="row">${measure.text}<span class="two">${PLAN_AREA_ZH[plan.area]} ${measure.no}　${task.name}</span></th><td class="c2">${[...new Set([...measure.lead, ...measure.main])].join("、") || "—"}</td><td class="c3">${targets.map((target, k) => html`${k > 0 && "、"}<a class="rowhead" href="/targets/${target.id}">${target.metric}</a>`)}</td></tr>`,
          )}</tbody></table>`
    }</section>`,
  });
}

const STATES = Object.keys(MEASURE_STATE_ZH) as MeasureState[];

/** Who owes which figure for the month that was last over. */
async function dueSection(ask: Ask, year: number, unit: string | undefined): Promise<Html> {
  const { context, store, today } = ask;
  const { month, year: now } = dayParts(today + 1);
  const period = now === year && month > 1 ? monthOf(year, month - 1) : monthOf(year, 12);
  const targets = (await context.plansOf(year))
    .flatMap((plan) => plan.targets)
    .filter((target) => seesTarget(ask, target));
  const owed = overdueTallies(targets, await listTallies(store.sql), period).filter(
    (one) => unit === undefined || one.department === unit,
  );
  const byUnit = new Map<string, (typeof owed)[number][]>();
  for (const one of owed) byUnit.set(one.department, [...(byUnit.get(one.department) ?? []), one]);
  return html`<section><h2>要填报 <small>${periodZh(period)}，${owed.length} 项</small></h2>${
    owed.length === 0
      ? state(`${periodZh(period)}的进展都已填报。`)
      : html`<table><caption>本月数据日期内还没有填报的，按单位</caption><thead><tr><th scope="col">单位</th><th scope="col" class="n">项</th></tr></thead><tbody>${[
          ...byUnit,
        ].map(
          ([department, list]) =>
            html`<tr><th scope="row">${department}<details><summary>列出 ${list.length} 项</summary><ul class="plain">${list.map((one) => html`<li><a class="rowhead" href="/targets/${one.target.id}#tallies">${one.target.metric}</a>${one.part !== "" && html`　${one.part}`}</li>`)}</ul></details></th><td class="n">${list.length}</td></tr>`,
        )}</tbody></table>`
  }</section>`;
}
