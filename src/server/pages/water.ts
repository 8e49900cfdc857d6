/** 水断面: the class of each section over a month and the year so far, against the class it must have. */
import { type SectionPeriod, sectionPeriods } from "../../analysis/water-section.ts";
import { fault } from "../../domain/faults.ts";
import { findIndicator } from "../../domain/indicator.ts";
import { cumulativeOf, type Period, parsePeriod, periodZh } from "../../domain/period.ts";
import type { Place } from "../../domain/place.ts";
import { type DayNumber, dayParts } from "../../domain/time.ts";
import { WATER_CLASS_ZH } from "../../standards/gb3838.ts";
import { decimalText } from "../../standards/gbt8170.ts";
import { DEFAULT_POLICIES } from "../../standards/policy.ts";
import { NOT_ASSESSED_ZH } from "../../standards/water-target.ts";
import { type Html, html } from "../html.ts";
import { link } from "../query.ts";
import type { Ask, Reply } from "../route.ts";
import { page, state } from "./layout.ts";
import { tagged } from "./marks.ts";
import { lastMonth, recentMonths, shifted } from "./periods.ts";

const SECTION_MONTHS = 12;

export async function waterPage(ask: Ask): Promise<Reply> {
  const { facts, query } = ask;
  const sections = sectionsOf(ask);
  if (sections.length === 0) {
    return page(ask, {
      title: "水断面",
      current: "/water",
      body: state(html`还没有登记${facts.home.name}的断面。导入水质数据时登记，或请运维在地点表里加。`),
    });
  }
  const latest = (await lastWaterDay(ask)) ?? ask.today;
  const period = parsePeriod(query.get("period") ?? lastMonth(latest).text);
  const now = await periodsOf(ask, sections, period);
  const { year, month } = dayParts(period.last);
  const soFar = await periodsOf(ask, sections, cumulativeOf(year, month));
  const failing = now.filter((one) => one.reached === false);
  const judged = now.filter((one) => one.reached !== undefined);
  return page(ask, {
    title: "水断面",
    small: periodZh(period),
    current: "/water",
    lead: html`${sections.length} 个断面中 <b>${judged.length - failing.length}</b> 个达到目标类别${
      failing.length > 0 &&
      html`，<b>${failing.length}</b> 个未达到：${failing.map((one) => one.place.name).join("、")}`
    }${judged.length < sections.length && `；${sections.length - judged.length} 个不能判定`}。`,
    body: html`${periodForm(ask, period, latest)}
<table><caption>月均值先平均后定类，主要污染指标按超标倍数；目标类别来自断面登记</caption>
<thead><tr><th scope="col">断面</th><th scope="col" class="c2">考核</th><th scope="col">目标</th><th scope="col">${periodZh(period)}</th><th scope="col">达标</th><th scope="col" class="c2">主要污染指标</th><th scope="col" class="c3">1—${month}月</th><th scope="col" class="n c3">有效<br><span class="unit">个</span></th></tr></thead>
<tbody>${now.map((one, k) => sectionRow(one, soFar[k]))}</tbody></table>`,
  });
}

function sectionsOf({ facts }: Ask): readonly Place[] {
  return facts.places.places.filter((place) => place.kind === "section" && place.parentId === facts.home.id);
}

async function lastWaterDay({ store, today }: Ask): Promise<DayNumber | undefined> {
  const { last } = await store.sql.one<{ last: number | null }>(
    `SELECT max(epoch_ms(r.start)) // 86400000 AS last FROM reading r JOIN place p ON p.id = r.place WHERE p.kind = 'section'`,
  );
  return last === null ? undefined : Math.min(today, Number(last));
}

async function periodsOf(
  { store }: Ask,
  sections: readonly Place[],
  period: Period,
): Promise<readonly SectionPeriod[]> {
  return await sectionPeriods(store, { sections, period, policies: DEFAULT_POLICIES });
}

function periodForm({ today }: Ask, period: Period, latest: DayNumber): Html {
  const previous = shifted(period, -1);
  const next = shifted(period, 1);
  const months = recentMonths(latest, 14).map((one) => one.text);
  return html`<form class="filter" action="/water" aria-label="选择月份"><div class="f" role="group" aria-labelledby="per"><span class="l" id="per">月份</span><div>${
    previous !== undefined &&
    html`<a class="btn" href="${link("/water", { period: previous.text })}"><span aria-hidden="true">‹</span><span class="vh">上一期</span></a>`
  }<select name="period" aria-label="月份">${[...new Set([period.text, ...months])].map(
    (text) => html`<option${text === period.text && html` selected`}>${text}</option>`,
  )}</select>${
    next !== undefined &&
    next.first <= today &&
    html`<a class="btn" href="${link("/water", { period: next.text })}"><span aria-hidden="true">›</span><span class="vh">下一期</span></a>`
  }</div></div><div class="f"><button class="go">查看</button></div></form>`;
}

function sectionRow(now: SectionPeriod, soFar: SectionPeriod | undefined): Html {
  const { place, target } = now;
  return html`<tr><th scope="row"><a class="rowhead" href="/water/${place.code}">${place.name}</a></th><td class="c2">${place.attributes["level"] ?? "—"}</td><td>${target === undefined ? html`<span class="quiet">未登记</span>` : WATER_CLASS_ZH[target]}</td><td>${classText(now)}</td><td>${reachedMark(now)}</td><td class="c2">${mainText(now)}</td><td class="c3">${soFar === undefined ? "—" : classText(soFar)}</td><td class="n c3">${now.valid}</td></tr>`;
}

function classText({ class: rated, notAssessed }: SectionPeriod): Html {
  if (rated !== undefined) return html`${WATER_CLASS_ZH[rated]}`;
  return html`<span class="quiet">${notAssessed === undefined ? "—" : NOT_ASSESSED_ZH[notAssessed]}</span>`;
}

function reachedMark({ reached }: SectionPeriod): Html {
  if (reached === undefined) return tagged("unknown", "不可判定");
  return reached ? tagged("met", "达标") : tagged("missed", "未达标");
}

function mainText({ raw, class: rated }: SectionPeriod): Html {
  if (rated === undefined || raw.main.length === 0) return html`<span class="quiet">—</span>`;
  return html`${raw.main.map((one) => findIndicator(one.item)?.zh ?? one.item).join("、")}`;
}

export async function sectionPage(ask: Ask): Promise<Reply> {
  const code = ask.params["code"] ?? "";
  const place = ask.facts.places.places.find((one) => one.code === code && one.kind === "section");
  if (place === undefined) throw fault("place.unknown", { given: code, near: "" });
  const latest = (await lastWaterDay(ask)) ?? ask.today;
  const months = [];
  for (const month of recentMonths(latest, SECTION_MONTHS)) months.push(...(await periodsOf(ask, [place], month)));
  const items = [...new Set(months.flatMap((one) => [...one.items.keys()]))];
  return page(ask, {
    title: place.name,
    small: `近 ${SECTION_MONTHS} 个月`,
    current: "/water",
    crumb: html`<a href="/water">水断面</a> / ${place.code}`,
    body: html`<dl class="facts"><dt>考核</dt><dd>${place.attributes["level"] ?? "未登记"}</dd><dt>目标类别</dt><dd>${months[0]?.target === undefined ? "未登记" : WATER_CLASS_ZH[months[0].target]}</dd></dl>
<section><h2>逐月类别</h2><table><caption>月均值先平均后定类</caption><thead><tr><th scope="col">月份</th><th scope="col">类别</th><th scope="col">达标</th><th scope="col">主要污染指标</th><th scope="col" class="n c2">有效记录</th><th scope="col" class="n c2">天数</th></tr></thead>
<tbody>${months.map((one) => html`<tr><th scope="row" class="num">${one.period.text}</th><td>${classText(one)}</td><td>${reachedMark(one)}</td><td>${mainText(one)}</td><td class="n c2">${one.valid}</td><td class="n c2">${one.days}</td></tr>`)}</tbody></table></section>
${
  items.length > 0 &&
  html`<section><h2>逐月均值</h2><div class="scroll" tabindex="0" role="region" aria-label="逐月均值表"><table><caption>各项月均值；— 为没有数据</caption><thead><tr><th scope="col">月份</th>${items.map((item) => html`<th scope="col" class="n">${findIndicator(item)?.zh ?? item}<br><span class="unit">${findIndicator(item)?.unit ?? ""}</span></th>`)}</tr></thead>
<tbody>${months.map(
    (one) =>
      html`<tr><th scope="row" class="num">${one.period.text}</th>${items.map((item) => {
        const found = one.items.get(item);
        return html`<td class="n">${found === undefined ? html`<span class="quiet">—</span>` : decimalText(found.mean, findIndicator(item)?.decimals ?? 2)}</td>`;
      })}</tr>`,
  )}</tbody></table></div></section>`
}`,
  });
}
