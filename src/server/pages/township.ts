/** One township: its ranks, its neighbours in the list, its days, its tallies, its complaints, what is missing. */
import { daySeries } from "../../analysis/day-series.ts";
import { statIndicator } from "../../analysis/stat-indicators.ts";
import { compare, type Exact } from "../../domain/exact.ts";
import { fault } from "../../domain/faults.ts";
import { indicatorOf } from "../../domain/indicator.ts";
import { type Period, parsePeriod, periodZh } from "../../domain/period.ts";
import type { Place } from "../../domain/place.ts";
import { currentTallies } from "../../domain/tally.ts";
import { type DayNumber, dayText } from "../../domain/time.ts";
import { DEFAULT_POLICIES } from "../../standards/policy.ts";
import { listTallies } from "../../store/tallies.ts";
import { permits } from "../access/permission.ts";
import { type Html, html } from "../html.ts";
import { link } from "../query.ts";
import type { Ask, Reply } from "../route.ts";
import { complaintsOf } from "./complaints-data.ts";
import { shortDay } from "./dates.ts";
import { page, state } from "./layout.ts";
import { figure, whole } from "./numbers.ts";
import { lastMonth, shifted } from "./periods.ts";
import { CUTS, cityRanking, RANK_INDICATORS, stepsTo } from "./rank-data.ts";

const NEIGHBOURS = 2;
const WORST_SHOWN = 3;

export async function townshipPage(ask: Ask): Promise<Reply> {
  const { facts, query, today, actor } = ask;
  const place = townshipOf(ask);
  const period = parsePeriod(query.get("period") ?? lastMonth(facts.lastTownshipDay ?? today).text);
  const before = shifted(period, -1);
  const district = facts.places.places.find((one) => one.id === place.parentId);
  const own = permits(actor, "view.complaints", { township: place.code });
  const previous = shifted(period, -1);
  const next = shifted(period, 1);
  return page(ask, {
    title: place.name,
    small: periodZh(period),
    current: "/townships",
    crumb: html`<a href="/townships">街乡</a> / ${district?.name ?? ""} / ${place.code}`,
    lead: await leadOf(ask, place, period),
    body: html`<nav class="on-page" aria-label="本页"><a href="#ranks">名次</a><a href="#days">逐日</a><a href="#tallies">填报</a>${own && html`<a href="#noise">投诉</a>`}${
      previous !== undefined && html`<a href="${link(`/township/${place.code}`, { period: previous.text })}">上一期</a>`
    }${next !== undefined && next.first <= today && html`<a href="${link(`/township/${place.code}`, { period: next.text })}">下一期</a>`}</nav>
<div class="cols"><div>
${await ranksSection(ask, place, period, before)}
${await daysSection(ask, place, period)}
</div><div>
${await neighbours(ask, place, period)}
${await tallySection(ask, place)}
${own && (await complaintSection(ask, place, period))}
</div></div>`,
  });
}

export function townshipOf({ params, facts }: Pick<Ask, "params" | "facts">): Place {
  const code = params["code"] ?? "";
  const place = facts.places.places.find(
    (one) => one.code === code && (one.kind === "township" || one.kind === "zone"),
  );
  if (place === undefined) throw fault("place.unknown", { given: code, near: "" });
  return place;
}

async function leadOf(ask: Ask, place: Place, period: Period): Promise<Html> {
  const { rows, n } = await cityRanking(ask, statIndicator("tsp"), period);
  const row = rows.find((one) => one.item.place.id === place.id);
  if (row === undefined) return html`${periodZh(period)} TSP 没有参加全市排名。`;
  const inside = row.fromWorst <= CUTS.inner ? "，在后10名" : row.fromWorst <= CUTS.outer ? "，在后30名" : "";
  return html`${periodZh(period)} TSP 全市倒排<b>第 ${row.fromWorst}</b>（推算，共 ${n} 个）${inside}。`;
}

async function ranksSection(ask: Ask, place: Place, period: Period, before: Period | undefined): Promise<Html> {
  const rows = [];
  for (const code of RANK_INDICATORS) {
    const indicator = statIndicator(code);
    const ranking = await cityRanking(ask, indicator, period);
    const row = ranking.rows.find((one) => one.item.place.id === place.id);
    const last =
      before === undefined
        ? undefined
        : (await cityRanking(ask, indicator, before)).rows.find((one) => one.item.place.id === place.id);
    const missing = ranking.missing.find((one) => one.place.id === place.id);
    const line = ranking.n > CUTS.outer ? ranking.rows.findLast((one) => one.fromWorst <= CUTS.outer) : undefined;
    const gap = row === undefined || line === undefined ? undefined : stepsTo(row, line, ranking.decimals);
    rows.push(
      row === undefined
        ? html`<tr><th scope="row">${indicator.zh}<span class="two">${ranking.unit}</span></th><td class="n">—</td><td class="n"><span class="quiet">未排</span></td><td colspan="2">${missing === undefined || missing.valid === true ? "没有数据" : missing.valid.zh}</td></tr>`
        : html`<tr><th scope="row">${indicator.zh}<span class="two">推算　${ranking.unit}</span></th><td class="n"><a class="n" href="${link(`/explain/${code}`, { place: place.code, period: period.text })}">${figure(row.rounded, ranking.decimals)}</a></td><td class="n"><b>${row.fromWorst}</b>${row.tied && html` <small class="quiet">并列</small>`}</td><td class="n">${last === undefined ? "—" : last.fromWorst}</td><td class="n">${gap === undefined ? "—" : gap >= 0 ? html`<b>降 ${gap + 1}</b>` : `余 ${-gap}`}</td></tr>`,
    );
  }
  return html`<section id="ranks"><h2>名次</h2><table class="tall"><caption>全市倒排，第 1 名最差；距线为距后30名线</caption>
<thead><tr><th scope="col">${periodZh(period)}</th><th scope="col" class="n">浓度</th><th scope="col" class="n">名次</th><th scope="col" class="n">上期</th><th scope="col" class="n">距线</th></tr></thead><tbody>${rows}</tbody></table></section>`;
}

async function daysSection(ask: Ask, place: Place, period: Period): Promise<Html> {
  const { store, today } = ask;
  const last = Math.min(period.last, today);
  if (last < period.first) return html`<section id="days"><h2>逐日</h2>${state("这个时段还没有开始。")}</section>`;
  const subject = { place, isSet: false, members: [{ placeId: place.id, from: undefined, to: undefined, size: 1 }] };
  const series = async (code: "tsp" | "pm25") =>
    (
      await daySeries(store, {
        indicator: indicatorOf(code),
        subjects: [subject],
        first: period.first,
        last,
        policies: DEFAULT_POLICIES,
      })
    )[0] ?? [];
  const tsp = await series("tsp");
  const pm25 = await series("pm25");
  const days = tsp.map((value, k) => ({ day: period.first + k, tsp: value, pm25: pm25[k] }));
  const worst = days
    .filter((one): one is typeof one & { tsp: Exact } => one.tsp !== undefined)
    .sort((a, b) => compare(b.tsp, a.tsp))
    .slice(0, WORST_SHOWN);
  const cell = (code: string, day: DayNumber, value: Exact | undefined): Html =>
    value === undefined
      ? html`<td class="n"><span class="quiet">—</span></td>`
      : html`<td class="n"><a class="n" href="${link(`/explain/${code}`, { place: place.code, period: dayText(day) })}">${figure(value, 0)}</a></td>`;
  return html`<section id="days"><h2>逐日</h2><table><caption>日均，µg/m³；— 为没有有效日均，不计入${
    worst.length > 0 && `。TSP 最高：${worst.map((one) => `${shortDay(one.day)} 为 ${figure(one.tsp, 0)}`).join("，")}`
  }</caption>
<thead><tr><th scope="col">日</th><th scope="col" class="n">TSP</th><th scope="col" class="n">PM2.5</th></tr></thead>
<tbody>${[...days].reverse().map((one) => html`<tr><th scope="row" class="num">${shortDay(one.day)}</th>${cell("tsp", one.day, one.tsp)}${cell("pm25", one.day, one.pm25)}</tr>`)}</tbody></table></section>`;
}

async function neighbours(ask: Ask, place: Place, period: Period): Promise<Html | false> {
  const { rows, decimals } = await cityRanking(ask, statIndicator("tsp"), period);
  const at = rows.findIndex((one) => one.item.place.id === place.id);
  if (at < 0) return false;
  const some = rows.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1);
  return html`<section><h2>前后街乡 <small>TSP，推算</small></h2><table><caption class="vh">名次前后的街乡</caption>
<thead><tr><th scope="col" class="n">名次</th><th scope="col">街乡</th><th scope="col" class="n">浓度 <span class="unit">µg/m³</span></th></tr></thead>
<tbody>${some.map(
    (one) =>
      html`<tr class="${one.item.place.id === place.id && "sum self"}"><td class="n">${one.fromWorst}</td><th scope="row">${one.item.place.name}</th><td class="n">${figure(one.rounded, decimals)}</td></tr>`,
  )}</tbody></table></section>`;
}

async function tallySection({ store, actor }: Ask, place: Place): Promise<Html | false> {
  if (!permits(actor, "view.tallies", { township: place.code })) return false;
  const mine = currentTallies(await listTallies(store.sql)).filter(
    (one) => one.part === place.name || one.department === place.name,
  );
  return html`<section id="tallies"><h2>填报 <small>${mine.length} 条</small></h2>${
    mine.length === 0
      ? state(html`这个街乡还没有填报过进展。要填的目标在 <a href="/targets">目标</a> 里按单位查。`)
      : html`<table><caption class="vh">本街乡填报的进展</caption><thead><tr><th scope="col">目标</th><th scope="col" class="n">数值</th><th scope="col" class="n">日期</th></tr></thead><tbody>${mine.map(
          (one) =>
            html`<tr><th scope="row"><a class="rowhead" href="/targets/${one.target}">${one.target}</a></th><td class="n">${figure(one.value, 0)} ${one.unit}</td><td class="n">${shortDay(one.date)}</td></tr>`,
        )}</tbody></table>`
  }</section>`;
}

async function complaintSection(ask: Ask, place: Place, period: Period): Promise<Html> {
  const [found] = await complaintsOf(ask, [place], period);
  return html`<section id="noise"><h2>噪声投诉 <small>${periodZh(period)}</small></h2>${
    found?.days === 0 || found === undefined
      ? state("没有读到这个时段的投诉数：是没有数据，不是 0 件。")
      : html`<p>${whole(found.count)} 件，来自 ${found.days} 天的日表。</p>`
  }</section>`;
}
