/** 噪声与投诉: the automatic points against the limits of their zones, and the complaints by township. */
import { pointPeriods } from "../../analysis/noise-period.ts";
import { zoneRates } from "../../analysis/noise-zones.ts";
import { placesBelow } from "../../analysis/rank.ts";
import type { Exact } from "../../domain/exact.ts";
import { type Period, parsePeriod, periodZh } from "../../domain/period.ts";
import { NOISE_ZONES } from "../../standards/gb3096.ts";
import { decimalText } from "../../standards/gbt8170.ts";
import { NOISE_PART_ZH } from "../../standards/noise-day.ts";
import { DEFAULT_POLICIES } from "../../standards/policy.ts";
import { permits } from "../access/permission.ts";
import { type Html, html } from "../html.ts";
import type { Ask, Reply } from "../route.ts";
import { complaintsOf } from "./complaints-data.ts";
import { page, state } from "./layout.ts";
import { quietZero, whole } from "./numbers.ts";
import { lastMonth, recentMonths } from "./periods.ts";

export async function noisePage(ask: Ask): Promise<Reply> {
  const { query, today } = ask;
  const period = parsePeriod(query.get("period") ?? lastMonth(today).text);
  return page(ask, {
    title: "噪声与投诉",
    small: periodZh(period),
    current: "/noise",
    body: html`<form class="filter" action="/noise" aria-label="选择月份"><div class="f"><label for="per">月份</label><select id="per" name="period">${[
      ...new Set([period.text, ...recentMonths(today, 14).map((one) => one.text)]),
    ].map(
      (text) => html`<option${text === period.text && html` selected`}>${text}</option>`,
    )}</select></div><div class="f"><button class="go">查看</button></div></form>
${await pointSection(ask, period)}${await complaintSection(ask, period)}`,
  });
}

async function pointSection({ facts, store }: Ask, period: Period): Promise<Html> {
  const points = facts.places.places.filter((one) => one.kind === "noise_point" && one.parentId === facts.home.id);
  if (points.length === 0)
    return html`<section><h2>监测点</h2>${state(html`还没有登记${facts.home.name}的噪声监测点。`)}</section>`;
  const found = await pointPeriods(store, { points, period, policies: DEFAULT_POLICIES });
  const rates = zoneRates(found);
  const level = (value: Exact | undefined): Html | string =>
    value === undefined ? html`<span class="quiet">—</span>` : decimalText(value, 1);
  const zones = NOISE_ZONES.filter((zone) => found.some((one) => one.zone === zone));
  return html`<section><h2>监测点 <small>${points.length} 个</small></h2>
<table><caption>能量平均，dB(A)；达标率为达标的有效昼（夜）占有效昼（夜）的百分比</caption>
<thead><tr><th scope="col">监测点</th><th scope="col">功能区</th><th scope="col" class="n">昼间</th><th scope="col" class="n">夜间</th><th scope="col" class="n c2">昼夜</th><th scope="col" class="n">昼达标率<br><span class="unit">%</span></th><th scope="col" class="n">夜达标率<br><span class="unit">%</span></th><th scope="col" class="n c2">有效天<br><span class="unit">昼 / 夜</span></th></tr></thead>
<tbody>${found.map(
    (one) =>
      html`<tr><th scope="row">${one.place.name}</th><td>${one.zone === undefined ? "未登记" : `${one.zone} 类`}</td><td class="n">${level(one.day.all)}</td><td class="n">${level(one.night.all)}</td><td class="n c2">${level(one.ldn)}</td><td class="n">${level(one.day.pass?.rate)}</td><td class="n">${level(one.night.pass?.rate)}</td><td class="n c2">${one.day.validDates} / ${one.night.validDates}</td></tr>`,
  )}</tbody></table></section>
<section><h2>功能区达标率</h2><table><caption>按站日计：达标站日 / 有效站日</caption><thead><tr><th scope="col">功能区</th>${(["day", "night"] as const).map((part) => html`<th scope="col" class="n">${NOISE_PART_ZH[part]} <span class="unit">%</span></th><th scope="col" class="n c2">站日</th>`)}</tr></thead>
<tbody>${zones.map(
    (zone) =>
      html`<tr><th scope="row">${zone} 类</th>${(["day", "night"] as const).map((part) => {
        const rate = rates[part].zones.get(zone);
        return html`<td class="n">${level(rate?.rate)}</td><td class="n c2">${rate === undefined ? "—" : `${rate.passing} / ${rate.valid}`}</td>`;
      })}</tr>`,
  )}</tbody></table></section>`;
}

async function complaintSection(ask: Ask, period: Period): Promise<Html> {
  const { facts, actor } = ask;
  const places = placesBelow(facts.places, facts.home, "township").filter(
    (one) => one.parentId === facts.home.id && permits(actor, "view.complaints", { township: one.code }),
  );
  const found = (await complaintsOf(ask, places, period)).filter((one) => one.days > 0);
  const total = found.reduce((sum, one) => sum + one.count, 0n);
  return html`<section><h2>噪声投诉 <small>${periodZh(period)}</small></h2>${
    found.length === 0
      ? state("没有读到这个时段的投诉日表：是没有数据，不是 0 件。")
      : html`<table><caption>合计 ${whole(total)} 件，${found.length} 个街乡有日表；多的在前</caption><thead><tr><th scope="col">街乡</th><th scope="col" class="n">件</th><th scope="col" class="n">有数据的天</th></tr></thead><tbody>${[
          ...found,
        ]
          .sort((a, b) => Number(b.count - a.count))
          .map(
            (one) =>
              html`<tr><th scope="row"><a class="rowhead" href="/township/${one.place.code}#noise">${one.place.name}</a></th><td class="n">${quietZero(Number(one.count))}</td><td class="n">${one.days}</td></tr>`,
          )}</tbody></table>`
  }</section>`;
}
