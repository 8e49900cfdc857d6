/** 空气: the year so far day by day, the counts the plan asks for, the stations. */
import type { AqiDay } from "../../analysis/aqi-days.ts";
import { behindZh, shareBehind } from "../../analysis/behind.ts";
import type { DayCounts } from "../../analysis/day-counts.ts";
import { exceedanceZh } from "../../analysis/exceedance.ts";
import type { StatAnswer } from "../../analysis/stat-answer.ts";
import { fault } from "../../domain/faults.ts";
import { indicatorOf } from "../../domain/indicator.ts";
import { parsePeriod, periodZh, yearBefore, yearOf } from "../../domain/period.ts";
import type { Place } from "../../domain/place.ts";
import { placeFinder, requirePlace } from "../../domain/place-finder.ts";
import { type DayNumber, dayParts, dayText } from "../../domain/time.ts";
import { AQI_CLASSES } from "../../standards/hj633-class.ts";
import { type Html, html } from "../html.ts";
import { link } from "../query.ts";
import type { Ask, Reply } from "../route.ts";
import { aqiOf, countsOf, monthsTo, statisticsOf, yearTo } from "./air-data.ts";
import { monthCalendar } from "./calendar.ts";
import { page, state } from "./layout.ts";
import { aqiSquare } from "./marks.ts";
import { difference, figure, quietZero } from "./numbers.ts";

const ITEMS = ["pm25", "pm10", "o3", "no2", "so2", "co"] as const;

export async function airPage(ask: Ask): Promise<Reply> {
  const { facts, query, today } = ask;
  const place = placeOf(ask);
  const latest = Math.min(today, facts.lastAirDay ?? today);
  const year = query.get("year") ?? String(dayParts(latest).year);
  if (!/^\d{4}$/.test(year))
    throw fault("period.unknown", { given: year, reason: "写四位年份" }, { parameter: "year" });
  const whole = parsePeriod(year);
  if (facts.lastAirDay === undefined || whole.first > latest) {
    return page(ask, {
      title: "空气",
      small: place.name,
      current: "/air",
      body: html`${filterForm(ask, place, year)}${state(
        facts.lastAirDay === undefined
          ? "还没有空气站点的数据。导入后这里显示日历、累计与站点。"
          : `${year} 年还没有数据；最近的数据到 ${dayText(facts.lastAirDay)}。`,
      )}`,
    });
  }
  const last = Math.min(latest, whole.last);
  const days = await aqiOf(ask, place, whole.first, last);
  const counts = countsOf(days);
  const lastYear = countsOf(await aqiOf(ask, place, yearOf(Number(year) - 1).first, sameDayYearBefore(last)));
  const byDay = new Map(days.map((day) => [day.day, day] as const));
  const soFar = yearTo(last);
  const [pm25] = await statisticsOf(ask, "pm25", [place], soFar);
  return page(ask, {
    title: "空气",
    small: html`<span class="nw">${place.name}</span> <span class="nw">${year} 年至 ${dayText(last).slice(5)}</span>`,
    current: "/air",
    lead: html`PM2.5 累计均值 <b>${pm25?.value === undefined ? "—" : figure(pm25.value, 1)}</b> µg/m³；优良 <b>${counts.goodDays}</b> 天，重污染 <b>${counts.heavyDays}</b> 天（${counts.days} 天中有效 ${counts.validDays} 天）。`,
    stamp: [stationsOf(ask, place), ...(pm25?.behind === undefined ? [] : [`PM2.5 ${behindZh(pm25.behind)}`])],
    body: html`${filterForm(ask, place, year)}
<section><h2>AQI 日历</h2><p class="note legend">${AQI_CLASSES.map((one) => html`<span class="nw">${aqiSquare(one.class)}${one.class}</span>　`)}— 无有效 AQI。点数字看依据。</p>
<div class="months">${monthsTo(last).map((month) => monthCalendar(place, month, byDay))}</div></section>
${charts(place, year)}
<div class="pair"><section>${countTable(counts, lastYear)}</section><section>${episodes(days)}</section></div>
${await stationTable(ask, place, last)}`,
  });
}

function placeOf({ query, facts }: Ask): Place {
  const text = query.get("place");
  return text === undefined ? facts.home : requirePlace(placeFinder(facts.places), text, "place");
}

function sameDayYearBefore(day: DayNumber): DayNumber {
  return parsePeriod(yearBefore(parsePeriod(dayText(day))).text).last;
}

function filterForm({ facts }: Ask, place: Place, year: string): Html {
  const places = [
    ...facts.places.places.filter((one) => one.kind === "city" || one.kind === "district"),
    ...facts.places.places.filter((one) => one.kind === "station" && one.parentId === facts.home.id),
  ];
  const list = places.some((one) => one.id === place.id) ? places : [place, ...places];
  const end = dayParts(facts.lastAirDay ?? 0).year;
  const years = facts.lastAirDay === undefined ? [year] : [end, end - 1, end - 2].map(String);
  return html`<form class="filter" action="/air" aria-label="选择地点与年份">
  <div class="f"><label for="place">地点</label><select id="place" name="place">${list.map(
    (one) =>
      html`<option value="${one.code}"${one.id === place.id && html` selected`}>${one.name}${one.kind === "station" && "（站点）"}</option>`,
  )}</select></div>
  <div class="f"><label for="year">年份</label><select id="year" name="year">${[...new Set([year, ...years])].map(
    (one) => html`<option${one === year && html` selected`}>${one}</option>`,
  )}</select></div>
  <div class="f"><button class="go">查看</button></div>
</form>`;
}

function stationsOf({ facts }: Ask, place: Place): string {
  const set = facts.places.sets.find((one) => one.placeId === place.id);
  if (set === undefined) return "";
  const names = facts.places.places.filter((one) => set.stationIds.includes(one.id)).map((one) => one.name);
  return `站点集：${names.slice(0, 4).join("、")}${names.length > 4 ? ` 等 ${names.length} 站` : ""}`;
}

function charts(place: Place, year: string): Html {
  return html`<section><h2>PM2.5 累计</h2><figure class="chart"><img src="${link("/charts/cumulative.svg", { place: place.code, year })}" alt="${place.name} ${year} 年 PM2.5 逐日与累计均值，同上年和目标值对照；数字见下方各表" width="960" height="380" loading="lazy"><figcaption>柱为日均，线为累计均值；横线为目标</figcaption></figure></section>`;
}

/** Counts of two years are set side by side only when the earlier one has nearly all its days. Our choice. */
const COMPARABLE = 0.95;

function countTable(now: DayCounts, before: DayCounts): Html {
  const whole = before.validDays >= before.days * COMPARABLE;
  const row = (head: Html | string, a: number, b: number): Html =>
    html`<tr><th scope="row">${head}</th><td class="n">${quietZero(a)}</td><td class="n">${whole ? quietZero(b) : "—"}</td><td class="n">${whole ? difference({ num: BigInt(a - b), den: 1n }, 0) : "—"}</td></tr>`;
  return html`<h2>各级天数</h2><table><caption>有效 ${now.validDays} 天，共 ${now.days} 天；无 AQI 的日子不按优良也不按污染计${!whole && `。上年同期 ${before.days} 天只有 ${before.validDays} 天有效，不作比较`}</caption>
<thead><tr><th scope="col">级别</th><th scope="col" class="n">天数</th><th scope="col" class="n">上年同期</th><th scope="col" class="n">变化</th></tr></thead>
<tbody>${AQI_CLASSES.map((one) => row(html`${aqiSquare(one.class)}${one.class}`, now.classes[one.class], before.classes[one.class]))}
${row("无有效 AQI", now.days - now.validDays, before.days - before.validDays)}</tbody></table>${note(exceedanceZh(now))}`;
}

function note(text: string | undefined): Html | false {
  return text !== undefined && html`<p class="note">${text}</p>`;
}

/** Runs of at least two polluted days (above 100), the latest first. */
function episodes(days: readonly AqiDay[]): Html {
  const runs: AqiDay[][] = [];
  let open: AqiDay[] = [];
  for (const day of days) {
    if ((day.aqi ?? 0) > GOOD_MOST) open.push(day);
    else {
      if (open.length > 1) runs.push(open);
      open = [];
    }
  }
  if (open.length > 1) runs.push(open);
  const shown = runs.reverse().slice(0, 12);
  return html`<h2>污染过程 <small>${runs.length} 次</small></h2>${
    runs.length === 0
      ? state("没有连续两天以上超过 100 的过程。")
      : html`<table><caption>连续两天以上 AQI 超过 100；最近的在前${runs.length > shown.length && `，列 ${shown.length} 次`}</caption>
<thead><tr><th scope="col">起止</th><th scope="col" class="n">天</th><th scope="col" class="n">最高 AQI</th><th scope="col">首要污染物</th></tr></thead>
<tbody>${shown.map((run) => {
          const worst = run.reduce((a, b) => ((b.aqi ?? 0) > (a.aqi ?? 0) ? b : a));
          const first = run[0] ?? worst;
          return html`<tr><th scope="row" class="nw num">${dayText(first.day).slice(5)} 至 ${dayText(run.at(-1)?.day ?? first.day).slice(5)}</th><td class="n">${run.length}</td><td class="n">${worst.class !== undefined && aqiSquare(worst.class.class)}${worst.aqi}</td><td>${worst.primary.map((one) => indicatorOf(one).zh).join("、")}</td></tr>`;
        })}</tbody></table>`
  }`;
}

const GOOD_MOST = AQI_CLASSES[1].upTo;

async function stationTable(ask: Ask, place: Place, last: DayNumber): Promise<Html> {
  const { facts } = ask;
  const stations = facts.places.places.filter(
    (one) => one.kind === "station" && (one.parentId === place.id || one.id === place.id),
  );
  const shown = [place, ...stations.filter((one) => one.id !== place.id)];
  const period = yearTo(last);
  const byItem: Record<string, readonly StatAnswer[]> = {};
  for (const item of ITEMS) byItem[item] = await statisticsOf(ask, item, shown, period);
  return html`<section><h2>站点 <small>${periodZh(yearOf(dayParts(last).year))}至 ${dayText(last).slice(5)}</small></h2>
<table><caption>评价统计量：PM、SO2、NO2 为均值，CO 为第 95 百分位，O3 为日最大 8 小时第 90 百分位；µg/m³，CO 为 mg/m³。点数字看依据</caption>
<thead><tr><th scope="col">地点</th>${ITEMS.map((item, k) => html`<th scope="col" class="n ${k > 3 && "c2"}">${indicatorOf(item).zh}</th>`)}</tr></thead>
<tbody>${shown.map(
    (one, k) =>
      html`<tr class="${k === 0 && "sum self"}"><th scope="row">${one.name}</th>${ITEMS.map((item, c) => {
        const answer = byItem[item]?.[k];
        const cell =
          answer?.value === undefined
            ? html`<span class="quiet" title="${answer === undefined || answer.valid === true ? "" : answer.valid.zh}">—</span>`
            : html`<a class="n" href="${link(`/explain/${item}`, { place: one.code, period: `${dayParts(last).year}` })}">${figure(answer.value, answer.decimals)}</a>`;
        return html`<td class="n ${c > 3 && "c2"}">${cell}</td>`;
      })}</tr>${k === 0 && behindRow(ITEMS.map((item) => byItem[item]?.[0]))}`,
  )}</tbody></table></section>`;
}

/** What stands behind the figures above, of what there should be; nothing for a station, which stands for itself. */
function behindRow(answers: readonly (StatAnswer | undefined)[]): Html | false {
  if (answers.every((one) => one?.behind === undefined)) return false;
  return html`<tr class="quiet"><th scope="row">站日齐全 <span class="unit">%</span></th>${answers.map((one, k) => {
    const share = one?.behind === undefined ? undefined : shareBehind(one.behind);
    return html`<td class="n ${k > 3 && "c2"}"${one?.behind !== undefined && html` title="${behindZh(one.behind)}"`}>${share === undefined ? "—" : figure(share, 1)}</td>`;
  })}</tr>`;
}
