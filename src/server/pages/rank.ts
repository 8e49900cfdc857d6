/** 街乡排名: the city's townships from the worst on, with the lines the plan must not cross. */
import { type Behind, behindZh, shareBehind } from "../../analysis/behind.ts";
import { exceedanceZh } from "../../analysis/exceedance.ts";
import type { Ranked } from "../../analysis/ranking.ts";
import type { StatAnswer } from "../../analysis/stat-answer.ts";
import { statIndicator } from "../../analysis/stat-indicators.ts";
import { ratio, toNumber } from "../../domain/exact.ts";
import { periodZh } from "../../domain/period.ts";
import { type Html, html } from "../html.ts";
import { link } from "../query.ts";
import type { Ask, Reply } from "../route.ts";
import { page, state } from "./layout.ts";
import { figure, whole } from "./numbers.ts";
import { recentMonths, shifted } from "./periods.ts";
import { CUTS, ONLY, RANK_INDICATORS, type RankView, rankView, stepsTo } from "./rank-data.ts";

export async function rankPage(ask: Ask): Promise<Reply> {
  const view = await rankView(ask);
  const { indicator, period, ranking, rows, missing } = view;
  return page(ask, {
    title: "街乡排名",
    small: html`<span class="nw">${indicator.zh}</span> <span class="nw">${periodZh(period)}</span>`,
    current: "/rank",
    lead: leadOf(ask, view),
    stamp: [
      ...(view.published === undefined ? [] : [`公布名次：${view.published.list.list}`]),
      `推算名次：N = ${whole(ranking.n)}`,
    ],
    scripts: ["filter.js"],
    body: html`${filterForm(ask, view)}${
      ranking.n === 0
        ? state(
            html`${periodZh(period)}没有可以参加排名的街乡：${ranking.note}。${ask.facts.lastTownshipDay === undefined ? "还没有街乡的数据。" : ""}`,
          )
        : rows.length === 0
          ? state(
              html`没有符合条件的街乡${view.name !== undefined && html`（名称含“${view.name}”）`}。未参加排名的见下。`,
            )
          : rankTable(view)
    }${missing.length + view.never.length > 0 && missingTable(view)}`,
  });
}

function leadOf({ facts }: Ask, { ranking, period, lines, published, countedOf }: RankView): Html {
  const home = ranking.rows
    .filter((row) => row.item.place.parentId === facts.home.id)
    .sort((a, b) => countedOf(a).rank - countedOf(b).rank);
  if (home.length === 0) return html`${periodZh(period)}${facts.home.name}没有参加排名的街乡。`;
  const outer = home.filter((row) => countedOf(row).rank <= CUTS.outer);
  const inner = home.filter((row) => countedOf(row).rank <= CUTS.inner);
  const worst = home.filter((row) => countedOf(row).rank === countedOf(home[0] ?? row).rank);
  const names = outer.slice(0, 4).map((row) => row.item.place.name);
  return html`${facts.home.name} <b>${outer.length}</b> 个街乡在全市后30名${inner.length > 0 && html`，其中 <b>${inner.length}</b> 个在后10名`}（${published === undefined ? "推算" : "公布"}）${
    outer.length > 0 ? `：${names.join("、")}${outer.length > names.length ? " 等" : ""}。` : "。"
  }${worst.slice(0, 1).map((row) => html`最差为${worst.map((one) => one.item.place.name).join("、")}，${worst.length > 1 && "并列"}第 <b>${countedOf(row).rank}</b>。`)}${
    lines.outer !== undefined && html`后30名线 ${figure(lines.outer.rounded, ranking.decimals)} ${ranking.unit}。`
  }`;
}

function filterForm(ask: Ask, view: RankView): Html {
  const { indicator, period, among, only, name } = view;
  const { facts } = ask;
  const at = (changes: Readonly<Record<string, string | undefined>>) =>
    link("/rank", {
      indicator: indicator.code,
      period: period.text,
      among: amongText(ask, view),
      only,
      place: name,
      ...changes,
    });
  const previous = shifted(period, -1);
  const next = shifted(period, 1);
  const months = recentMonths(facts.lastTownshipDay ?? ask.today, 14).flatMap((month) => [
    month.text,
    `${month.text}-H2`,
    `${month.text}-H1`,
  ]);
  const choices = [...new Set([period.text, ...months])];
  const exports = { indicator: indicator.code, period: period.text, among: amongText(ask, view), only, place: name };
  return html`<form class="filter" action="/rank" aria-label="选择排名">
  <div class="f"><label for="ind">指标</label><select id="ind" name="indicator">${[
    ...new Set([indicator.code, ...RANK_INDICATORS]),
  ].map(
    (code) =>
      html`<option value="${code}"${code === indicator.code && html` selected`}>${statIndicator(code).zh}</option>`,
  )}</select></div>
  <div class="f" role="group" aria-labelledby="per"><span class="l" id="per">周期</span><div>${
    previous !== undefined &&
    html`<a class="btn" href="${at({ period: previous.text })}"><span aria-hidden="true">‹</span><span class="vh">上一期：${periodZh(previous)}</span></a>`
  }<select name="period" aria-label="周期">${choices.map(
    (text) => html`<option value="${text}"${text === period.text && html` selected`}>${shortPeriod(text)}</option>`,
  )}</select>${
    next !== undefined &&
    next.first <= ask.today &&
    html`<a class="btn" href="${at({ period: next.text })}"><span aria-hidden="true">›</span><span class="vh">下一期：${periodZh(next)}</span></a>`
  }</div></div>
  <div class="f"><label for="who">范围</label><select id="who" name="among"><option value="${facts.home.code}"${among.id === facts.home.id && html` selected`}>${facts.home.name}</option><option value="city"${among.id === facts.city.id && html` selected`}>全市</option></select></div>
  <div class="f"><label for="only">只看</label><select id="only" name="only">${(
    Object.keys(ONLY) as (keyof typeof ONLY)[]
  ).map((key) => html`<option value="${key}"${key === only && html` selected`}>${ONLY[key]}</option>`)}</select></div>
  <div class="f"><label for="name">街乡名</label><input id="name" name="place" type="search" autocomplete="off" data-filter="ranks" size="8" maxlength="40" value="${name ?? ""}"></div>
  <div class="f"><button class="go">查看</button></div>
  <div class="f out" role="group" aria-labelledby="exp"><span class="l" id="exp">导出本页所见</span><div><a class="btn" href="${link("/rank.xlsx", exports)}">XLSX</a><a class="btn" href="${link("/rank.csv", exports)}">CSV</a></div></div>
</form>`;
}

function amongText({ facts }: Ask, { among }: RankView): string {
  return among.id === facts.city.id ? "city" : among.code;
}

function shortPeriod(text: string): string {
  return text.replace(/-H1$/, " 上半月").replace(/-H2$/, " 下半月");
}

type Group = {
  readonly key: string;
  readonly head: Html;
  readonly cut: string;
  readonly rows: readonly Ranked<StatAnswer>[];
};

function groupsOf({ rows, ranking, lines, countedOf }: RankView): readonly Group[] {
  const value = (row: Ranked<StatAnswer> | undefined): string =>
    row === undefined ? "" : ` ${figure(row.rounded, ranking.decimals)}`;
  const groups: readonly Group[] = [
    {
      key: "inner",
      cut: "",
      head: html`后10名 `,
      rows: rows.filter((row) => countedOf(row).rank <= CUTS.inner),
    },
    {
      key: "outer",
      cut: "cut10",
      head: html`后10名线${value(lines.inner)}　第11—30名 `,
      rows: rows.filter((row) => countedOf(row).rank > CUTS.inner && countedOf(row).rank <= CUTS.outer),
    },
    {
      key: "rest",
      cut: "cut",
      head: html`后30名线${value(lines.outer)}　线外 `,
      rows: rows.filter((row) => countedOf(row).rank > CUTS.outer),
    },
  ];
  return groups.filter((group) => group.rows.length > 0);
}

const COLUMNS = 8;

function rankTable(view: RankView): Html {
  const { ranking, before } = view;
  return html`<table id="ranks">
  <caption>倒排：第 1 名最差；全市 ${whole(ranking.n)} 个参加排名，先修约再排，并列同名次。有公布用公布，没有用推算；两者不同的，写在街乡名后。名次变化 ↑ 为变好。</caption>
  <thead><tr><th scope="col" class="n tie" aria-sort="ascending">名次</th><th scope="col" class="src">依据</th><th scope="col">街乡</th><th scope="col" class="n">较上期<br>名次</th><th scope="col" class="n">浓度<br><span class="unit">${ranking.unit}</span></th><th scope="col" class="n">距后30<br>名线</th><th scope="col" class="c3">与线的距离<br><span class="unit">竖线为后30名线</span></th><th scope="col" class="n c2">有效天<br><span class="unit">共 ${daysOver(view)} 天</span></th></tr></thead>
  ${groupsOf(view).map(
    (
      group,
    ) => html`<tbody><tr class="group ${group.cut}"><th colspan="${COLUMNS}" scope="rowgroup">${group.head}<span>${group.rows.length} 个</span></th></tr>
  ${group.rows.map((row) => rankRow(view, row, before !== undefined))}</tbody>`,
  )}
</table>`;
}

function rankRow(view: RankView, row: Ranked<StatAnswer>, compared: boolean): Html {
  const { ranking, indicator, period, ranksBefore, lines, countedOf } = view;
  const counted = countedOf(row);
  const { place } = row.item;
  const last = ranksBefore.get(place.id);
  const inList = counted.rank <= CUTS.outer;
  // Of a place a published list does not print, the list says only that its rank is further on.
  const shown = counted.by === "computed" ? row.fromWorst : counted.rank;
  const behind = behindMean(row.item, view);
  const short = behind !== undefined && behind.have < behind.of ? behind : undefined;
  const aid = row.item.count === undefined ? undefined : exceedanceZh(row.item.count.counts);
  return html`<tr><td class="n tie">${inList ? html`<b>${shown}</b>` : shown}<small>${counted.tied && "并列"}</small></td><td class="nw src">${counted.by === "published" ? "公布" : html`<span class="quiet">推算</span>`}</td><th scope="row"><a class="rowhead nw" href="/township/${place.code}">${place.name}</a>${
    counted.otherwise !== undefined &&
    html` <span class="tag warn">${counted.by === "published" ? `推算 ${counted.otherwise}` : "公布名单里没有"}</span>`
  }${short !== undefined && html`<span class="two only-narrow">有效 ${short.have}/${short.of}</span>`}${aid !== undefined && html`<span class="two">${aid}</span>`}</th><td class="n">${compared ? moveOf(row.fromWorst, last) : "—"}</td><td class="n"><a class="n" href="${link(`/explain/${indicator.code}`, { place: place.code, period: period.text })}">${figure(row.rounded, ranking.decimals)}</a></td><td class="n">${
    lines.outer === undefined ? "—" : gapOf(stepsTo(row, lines.outer, ranking.decimals), inList, ranking.decimals)
  }</td><td class="c3">${dotOf(view, row)}</td><td class="n c2">${validDays(row.item, behind)}</td></tr>`;
}

/** What stands behind a township's mean; nothing behind one its source gives as such. */
function behindMean({ behind, origin, n }: StatAnswer, view: RankView): Behind | undefined {
  if (behind !== undefined) return behind;
  return origin === "days" ? { what: "days", have: n, of: daysOver(view) } : undefined;
}

/** The period's days that are over. */
function daysOver({ period, today }: RankView): number {
  return Math.min(period.last, today) - period.first + 1;
}

/** The share only where days are missing: it is the exception one looks for. */
function validDays({ n, expected, origin }: StatAnswer, behind: Behind | undefined): Html {
  if (behind === undefined)
    return html`<span class="quiet">${origin === "given" ? "来源给出" : `${n}/${expected} 月`}</span>`;
  const share = behind.have < behind.of ? shareBehind(behind) : undefined;
  return html`${share !== undefined && html`<small class="quiet" title="${behindZh(behind)}">${figure(share, 1)}%</small>　`}${n}`;
}

const DOTS = { width: 222, height: 20, pad: 6 } as const;

/** The value on the scale of the whole city, with the line: read down the column it is one chart. */
function dotOf({ ranking, lines }: RankView, row: Ranked<StatAnswer>): Html {
  const values = ranking.rows.map((one) => toNumber(one.rounded));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (value: number): string =>
    (DOTS.pad + ((value - low) / (high - low || 1)) * (DOTS.width - 2 * DOTS.pad)).toFixed(1);
  const at = x(toNumber(row.rounded));
  const cut = lines.outer === undefined ? undefined : x(toNumber(lines.outer.rounded));
  const hit = row.fromWorst <= CUTS.outer;
  return html`<svg class="dots" width="${DOTS.width}" height="${DOTS.height}" viewBox="0 0 ${DOTS.width} ${DOTS.height}" aria-hidden="true">${cut !== undefined && html`<path class="cutl" d="M${cut} -6v32"/><path class="axis thin" d="M${cut} 10H${at}"/>`}<circle class="${hit ? "hit" : "ours"}" cx="${at}" cy="10" r="3.5"/></svg>`;
}

/** A move is coloured only where it touches the list of the worst. */
function moveOf(now: number, last: number | undefined): Html {
  if (last === undefined) return html`<span class="quiet">—</span>`;
  if (last === now) return html`<span class="quiet">平</span>`;
  const better = now > last;
  const touches = now <= CUTS.outer || last <= CUTS.outer;
  const tone = touches ? (better ? "up" : "down") : "quiet";
  return html`<span class="${tone}">${better ? "↑" : "↓"}<span class="vh">${better ? "变好" : "变差"}</span> ${Math.abs(now - last)}</span>`;
}

function gapOf(steps: number, inList: boolean, decimals: number): Html {
  // The published list and our values disagree about this place: a distance would mislead.
  if (inList ? steps < 0 : steps > 0) return html`<span class="quiet">—</span>`;
  // To leave the list a place must come below the line: one step more than the distance to it.
  const text = (n: number) => figure(ratio(BigInt(n), 10n ** BigInt(decimals)), decimals);
  return inList ? html`<b>降 ${text(steps + 1)}</b>` : html`余 ${text(-steps)}`;
}

function missingTable({ missing, never, period }: RankView): Html {
  return html`<section><h2>未参加排名 <small>${missing.length + never.length} 个</small></h2>
<table><caption>${periodZh(period)}没有有效统计值，不排名次，不按 0 计</caption>
<thead><tr><th scope="col">街乡</th><th scope="col">原因</th><th scope="col" class="n">有效天数</th></tr></thead>
<tbody>${missing.map(
    (one) =>
      html`<tr><th scope="row"><a class="rowhead" href="/township/${one.place.code}">${one.place.name}</a></th><td>${one.valid === true ? "" : one.valid.zh}</td><td class="n">${one.n}</td></tr>`,
  )}${never.map(
    (place) =>
      html`<tr><th scope="row"><a class="rowhead" href="/township/${place.code}">${place.name}</a></th><td>从未有过这项数据</td><td class="n">0</td></tr>`,
  )}</tbody></table></section>`;
}
