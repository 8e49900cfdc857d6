/** One target: where it stands and why, what the rest of the year must hold, the plan's words, what was reported. */
import { behindZh } from "../../analysis/behind.ts";
import { exceedanceZh } from "../../analysis/exceedance.ts";
import { outlookOf, outlookWords } from "../../analysis/outlook-answer.ts";
import { reasonOf } from "../../analysis/target-board.ts";
import type { TargetRow } from "../../analysis/target-rows.ts";
import { fault } from "../../domain/faults.ts";
import { placeFinder } from "../../domain/place-finder.ts";
import { FIRMNESS_ZH, PLAN_AREA_ZH, type Plan, type Target } from "../../domain/plan.ts";
import { currentTallies, type StoredTally, takesTallies } from "../../domain/tally.ts";
import { dayParts, dayText, minuteText, parseDay } from "../../domain/time.ts";
import { DEFAULT_POLICIES, POLICIES, type PolicyName, policyTexts } from "../../standards/policy.ts";
import { listTallies } from "../../store/tallies.ts";
import { permits } from "../access/permission.ts";
import { type Html, html } from "../html.ts";
import { link } from "../query.ts";
import type { Ask, Reply } from "../route.ts";
import { page, state } from "./layout.ts";
import { standingMark } from "./marks.ts";
import { figure } from "./numbers.ts";
import { tallyForm } from "./tally-form.ts";
import { soFar, targetFigure, under, wanted } from "./target-words.ts";
import { judged, seesTarget } from "./targets-data.ts";

const PLACES_SHOWN = 60;

export async function targetPage(ask: Ask): Promise<Reply> {
  const { plan, target } = await findTarget(ask);
  const atText = ask.query.get("at");
  const at = atText === undefined ? ask.today : parseDay(atText);
  const row = (await judged(ask, plan.year, at)).find((one) => one.target.id === target.id);
  if (row === undefined) throw fault("access.denied");
  const { verdict } = row;
  const why = reasonOf(row);
  return page(ask, {
    title: target.metric,
    small: html`<span class="nw">${under(target)}</span>`,
    current: "/targets",
    crumb: html`<a href="${link("/targets", { plan: plan.year })}">目标</a> / ${plan.year} ${PLAN_AREA_ZH[plan.area]} / <span class="mono">${target.id}</span>`,
    lead: html`${standingMark(verdict.standing)}　要求 <b>${wanted(target)}</b>${target.value !== undefined && ` ${target.unit}`}，现值 <b>${soFar(row)}</b>${target.value === undefined && row.evidence?.value !== undefined && ` ${target.unit}`}${baseWords(row)}${why !== undefined && html`。${why}`}`,
    stamp: [`截至 ${dayText(at)}`, ...behindWords(row), ...(row.trial ? ["试算"] : [])],
    body: html`<div class="cols"><div>
${expectedNote(row)}
${await outlookSection(ask, plan, row, at)}
${placesSection(row)}
${await tallySection(ask, target)}
</div><div>
${wordsSection(target, row)}
</div></div>`,
  });
}

/** A target of any year's plans by its id. @throws Fault `page.unknown` */
export async function findTarget({
  context,
  params,
}: Pick<Ask, "context" | "params">): Promise<{ readonly plan: Plan; readonly target: Target }> {
  const id = params["id"] ?? "";
  for (const year of await context.planYears()) {
    for (const plan of await context.plansOf(year)) {
      const target = plan.targets.find((one) => one.id === id);
      if (target !== undefined) return { plan, target };
    }
  }
  throw fault("page.unknown", { given: `/targets/${id}` });
}

/** What a rise or fall is measured against. */
function baseWords({ evidence, target }: TargetRow): Html | false {
  return evidence?.base !== undefined && html`，上年同期 <b>${targetFigure(evidence.base, target)}</b>`;
}

/** What stands behind the figure and the one it is measured against, of what there should be. */
function behindWords({ evidence }: TargetRow): readonly string[] {
  const { behind, baseBehind } = evidence ?? {};
  return [
    ...(behind === undefined ? [] : [`现值 ${behindZh(behind)}`]),
    ...(baseBehind === undefined ? [] : [`上年同期 ${behindZh(baseBehind)}`]),
  ];
}

/** Of counts of AQI days, where days are missing. */
function expectedNote({ evidence }: TargetRow): Html | false {
  const text = evidence?.counts === undefined ? undefined : exceedanceZh(evidence.counts);
  return text !== undefined && html`<p class="note">AQI 超过 100 的日子：${text}</p>`;
}

async function outlookSection(ask: Ask, plan: Plan, row: TargetRow, at: number): Promise<Html | false> {
  const { target } = row;
  const place = placeFinder(ask.facts.places).byCode(plan.place);
  if (target.decidedBy !== "reading" || place === undefined) return false;
  const answer = await outlookOf(ask.store, {
    target,
    place,
    at,
    policies: DEFAULT_POLICIES,
    tolerance: row.setting.tolerance,
  });
  const words = outlookWords(answer);
  const { probability, probabilityReason, reason } = answer;
  return html`<section><h2>展望</h2>${
    words.length === 0
      ? state(reason ?? "这个目标没有展望。")
      : html`<ul class="plain">${words.map((one) => html`<li>${one}</li>`)}<li>${
          probability !== undefined
            ? `达到的可能性约 ${Math.floor(probability.value * 100)}%（取 ${probability.years.join("、")} 年同日重取样）`
            : `不给概率：${probabilityReason ?? "数据不足"}`
        }</li></ul>`
  }${target.indicator === "pm25" && html`<figure class="chart"><img src="${link("/charts/cumulative.svg", { place: plan.place, year: dayParts(at).year })}" alt="PM2.5 逐日与累计均值，同上年和目标值对照；数字见空气页各表" width="960" height="380" loading="lazy"></figure>`}${target.indicator !== undefined && html`<p class="note"><a href="${link(`/explain/${target.indicator}`, { place: plan.place, period: String(dayParts(at).year) })}">看依据</a></p>`}</section>`;
}

function placesSection({ places }: TargetRow): Html | false {
  if (places.length === 0) return false;
  return html`<section><h2>逐个 <small>${places.length} 个</small></h2><table><caption class="vh">每个地点的状态</caption><thead><tr><th scope="col">状态</th><th scope="col">地点</th><th scope="col" class="c2">说明</th></tr></thead><tbody>${places
    .slice(0, PLACES_SHOWN)
    .map(
      ({ place, verdict }) =>
        html`<tr><td>${standingMark(verdict.standing)}</td><th scope="row">${place}</th><td class="c2">${verdict.reason ?? ""}</td></tr>`,
    )}</tbody></table></section>`;
}

async function tallySection(ask: Ask, target: Target): Promise<Html | false> {
  if (!takesTallies(target)) return false;
  const { actor, store } = ask;
  const all = await listTallies(store.sql);
  const mine = all.filter((one) => one.target === target.id && seesTarget(ask, target));
  const current = new Set(currentTallies(mine).map((one) => one.id));
  const enters = permits(actor, "tally.enter", ownerOf(ask, target));
  return html`<section id="tallies"><h2>填报 <small>${current.size} 条</small></h2>${
    mine.length === 0
      ? state("还没有填报过。")
      : html`<table class="tall"><caption>新的在前；被更正的旧数保留</caption><thead><tr><th scope="col">数据日期</th><th scope="col" class="n">数值</th><th scope="col">填报</th></tr></thead><tbody>${[...mine].reverse().map((one) => tallyRow(one, target, current.has(one.id)))}</tbody></table>`
  }${enters && tallyForm(ask, target, mine)}</section>`;
}

function tallyRow(one: StoredTally, target: Target, current: boolean): Html {
  const share =
    one.numerator === undefined || one.denominator === undefined
      ? ""
      : `　${figure(one.numerator, 0)} / ${figure(one.denominator, 0)}`;
  return html`<tr><th scope="row" class="num">${dayText(one.date)}${one.part !== "" && html`<span class="two">${one.part}</span>`}</th><td class="n">${targetFigure(one.value, target)}<span class="two">${one.unit}${share}</span></td><td>${one.reporter}，${one.department}${!current && html` <span class="tag">已被更正</span>`}<span class="two">${minuteText(one.enteredAt)}　${one.note}</span></td></tr>`;
}

/** Whose a target's tallies are, as far as the actor is concerned: its own department or township among those that answer. */
export function ownerOf(
  { actor, facts }: Pick<Ask, "actor" | "facts">,
  target: Target,
): { township?: string; department?: string } {
  if (actor.bound === undefined) return {};
  if (actor.kind === "department")
    return [...target.lead, ...target.main].includes(actor.bound) ? { department: actor.bound } : {};
  const name = facts.places.places.find((one) => one.code === actor.bound)?.name;
  return name !== undefined && target.scope.names.includes(name) ? { township: actor.bound } : {};
}

function wordsSection(target: Target, row: TargetRow): Html {
  const policies = Object.entries(policyTexts(DEFAULT_POLICIES, row.verdict.policies));
  const units = (list: readonly string[]) => (list.length === 0 ? "—" : list.join("、"));
  return html`<section><h2>计划原文</h2><p>${target.phrase}</p><dl class="facts">
<dt>任务</dt><dd>${PLAN_AREA_ZH[target.area]} ${target.item}</dd>
<dt>范围</dt><dd>${target.scope.zh}</dd>
<dt>性质</dt><dd>${FIRMNESS_ZH[target.firmness]}</dd>
<dt>期限</dt><dd>${target.deadline.text ?? "未写"}</dd>
<dt>牵头</dt><dd>${units(target.lead)}</dd>
<dt>主责</dt><dd>${units(target.main)}</dd>
<dt>协办</dt><dd>${units(target.support)}</dd>
<dt>考核期</dt><dd class="num">${dayText(row.window.first)} 至 ${dayText(row.window.last)}</dd>
${policies.length > 0 && html`<dt>口径</dt><dd>${policies.map(([name, value]) => html`<span class="mono">${name}=${value}</span><span class="two">${POLICIES[name as PolicyName].zh}</span>`)}</dd>`}
${target.notes.length > 0 && html`<dt>说明</dt><dd>${target.notes.join("；")}</dd>`}
</dl></section>`;
}
