/** 查找: places, targets and pages by what people type. */

import { PLACE_KIND_ZH, type Place } from "../../domain/place.ts";
import { placeFinder } from "../../domain/place-finder.ts";
import { METHOD_SHEETS } from "../../standards/methods/registry.ts";
import { permits, permitsSome } from "../access/permission.ts";
import { type Html, html } from "../html.ts";
import { link } from "../query.ts";
import type { Ask, Reply } from "../route.ts";
import { MENU, page, state } from "./layout.ts";
import { under } from "./target-words.ts";
import { planYear } from "./targets-data.ts";

const MOST = 30;

type Hit = { readonly what: string; readonly kind: string; readonly href: string };

export async function searchPage(ask: Ask): Promise<Reply> {
  const word = ask.query.get("q") ?? "";
  const hits = word === "" ? [] : await hitsOf(ask, word);
  const near = word !== "" && hits.length === 0 ? placeFinder(ask.facts.places).near(word) : [];
  return page(ask, {
    title: "查找",
    small: word === "" ? "" : `“${word}”`,
    body:
      word === ""
        ? state("输入街乡、站点、断面、目标或页面的名称。")
        : hits.length === 0
          ? state(
              html`没有名称含“${word}”的地点、目标或页面。${near.length > 0 && html`相近的：${near.map((one, k) => html`${k > 0 && "、"}${placeLink(ask, one)}`)}`}`,
            )
          : html`<table><caption>${hits.length} 个结果${hits.length === MOST && "（只列前 30 个）"}</caption><thead><tr><th scope="col">名称</th><th scope="col">类别</th></tr></thead><tbody>${hits.map((hit) => html`<tr><th scope="row"><a class="rowhead" href="${hit.href}">${hit.what}</a></th><td>${hit.kind}</td></tr>`)}</tbody></table>`,
  });
}

async function hitsOf(ask: Ask, word: string): Promise<readonly Hit[]> {
  const { facts, actor, context } = ask;
  const key = word.normalize("NFKC").toLowerCase();
  const has = (text: string) => text.normalize("NFKC").toLowerCase().includes(key);
  const pages = MENU.filter((one) => permitsSome(actor, one.needs) && has(one.zh)).map(
    (one): Hit => ({ what: one.zh, kind: "页面", href: one.path }),
  );
  const exactly = placeFinder(facts.places).find(word);
  const places = [
    ...new Set([...exactly, ...facts.places.places.filter((one) => has(one.name) || one.code === word)]),
  ].flatMap((place): readonly Hit[] => {
    const href = hrefOf(ask, place);
    const parent = facts.places.places.find((one) => one.id === place.parentId)?.name ?? "";
    return href === undefined ? [] : [{ what: place.name, kind: `${PLACE_KIND_ZH[place.kind]}　${parent}`, href }];
  });
  const targets = (await context.plansOf(await planYear(ask)))
    .flatMap((plan) => plan.targets)
    .filter((one) => has(one.metric) || one.id === key)
    .map((one): Hit => ({ what: one.metric, kind: `目标　${under(one)}`, href: `/targets/${one.id}` }));
  const methods = METHOD_SHEETS.filter((one) => has(one.title.zh) || one.indicator === key).map(
    (one): Hit => ({ what: one.title.zh, kind: "方法", href: `/methods/${one.indicator}` }),
  );
  return [...pages, ...places, ...targets, ...methods].slice(0, MOST);
}

function hrefOf({ actor }: Ask, place: Place): string | undefined {
  switch (place.kind) {
    case "township":
    case "zone":
      return permits(actor, "view.detail", { township: place.code }) ? `/township/${place.code}` : undefined;
    case "section":
      return `/water/${place.code}`;
    case "noise_point":
      return permitsSome(actor, "view.complaints") ? "/noise" : undefined;
    case "road":
      return undefined;
    default:
      return link("/air", { place: place.code });
  }
}

function placeLink(ask: Ask, place: Place): Html {
  const href = hrefOf(ask, place);
  return href === undefined ? html`${place.name}` : html`<a href="${href}">${place.name}</a>`;
}
