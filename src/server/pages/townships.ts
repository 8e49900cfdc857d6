/** 街乡: the home district's townships with their ranks of the last month, each leading to its own page. */
import { placesBelow } from "../../analysis/rank.ts";
import { statIndicator } from "../../analysis/stat-indicators.ts";
import { periodZh } from "../../domain/period.ts";
import { decimalText } from "../../standards/gbt8170.ts";
import { permits } from "../access/permission.ts";
import { html } from "../html.ts";
import type { Ask, Reply } from "../route.ts";
import { page } from "./layout.ts";
import { lastMonth } from "./periods.ts";
import { CUTS, cityRanking, RANK_INDICATORS } from "./rank-data.ts";

export async function townshipsPage(ask: Ask): Promise<Reply> {
  const { facts, actor, today } = ask;
  const period = lastMonth(facts.lastTownshipDay ?? today);
  const rankings = new Map(
    await Promise.all(
      RANK_INDICATORS.map(async (code) => {
        const { rows, decimals } = await cityRanking(ask, statIndicator(code), period);
        return [code, { decimals, rows: new Map(rows.map((row) => [row.item.place.id, row])) }] as const;
      }),
    ),
  );
  const places = placesBelow(facts.places, facts.home, "township").filter((one) => one.parentId === facts.home.id);
  return page(ask, {
    title: "街乡",
    small: `${facts.home.name} ${places.length} 个`,
    current: "/townships",
    body: html`<table><caption>${periodZh(period)}全市倒排名次（推算），第 1 名最差；粗体为后30名内</caption>
<thead><tr><th scope="col">街乡</th><th scope="col" class="c2">代码</th>${RANK_INDICATORS.map(
      (code) =>
        html`<th scope="col" class="n">${statIndicator(code).zh}<br><span class="unit">µg/m³</span></th><th scope="col" class="n">名次</th>`,
    )}</tr></thead>
<tbody>${places.map(
      (place) =>
        html`<tr><th scope="row">${
          permits(actor, "view.detail", { township: place.code })
            ? html`<a class="rowhead" href="/township/${place.code}">${place.name}</a>`
            : place.name
        }</th><td class="c2 num">${place.code}</td>${RANK_INDICATORS.map((code) => {
          const held = rankings.get(code);
          const row = held?.rows.get(place.id);
          if (held === undefined || row === undefined)
            return html`<td class="n"><span class="quiet">—</span></td><td class="n"><span class="quiet">未排</span></td>`;
          const rank = row.fromWorst <= CUTS.outer ? html`<b>${row.fromWorst}</b>` : row.fromWorst;
          return html`<td class="n">${decimalText(row.rounded, held.decimals)}</td><td class="n">${rank}</td>`;
        })}</tr>`,
    )}</tbody></table>`,
  });
}
