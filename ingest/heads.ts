/**
 * Heads of tables as offices send them: title rows above, heads over two rows with merged cells, units in brackets or
 * in a line of their own, total rows below.
 */
import { findIndicator, type Indicator } from "../src/domain/indicator.ts";
import type { TextRow, TextTable } from "./table.ts";

/** A head or name without what only typing makes different: full-width forms, blanks, line breaks. */
export function bareText(text: string): string {
  return text.normalize("NFKC").replaceAll(/\s+/g, "");
}

export type Head = {
  /** Column heads; the two rows of a merged head joined. */
  readonly heads: readonly string[];
  /** What stands above, top to bottom. */
  readonly titles: readonly string[];
  readonly body: readonly TextRow[];
};

/** How far down a head may stand. */
const DEEPEST_HEAD = 15;

/** The first row that `isHead` accepts, with the row below where that goes on with the head. */
export function findHead(table: TextTable, isHead: (heads: readonly string[]) => boolean): Head | undefined {
  const { rows } = table;
  for (let at = 0; at < Math.min(rows.length, DEEPEST_HEAD); at++) {
    const first = bared(rows[at]);
    const second = bared(rows[at + 1]);
    const merged = goesOn(first, second) ? first.map((head, k) => joined(head, second[k] ?? "")) : undefined;
    for (const [heads, skip] of [
      [merged, 2],
      [first, 1],
    ] as const) {
      if (heads === undefined || !isHead(heads)) continue;
      const titles = rows.slice(0, at).map((row) => [...new Set(row.cells.filter((cell) => cell !== ""))].join(" "));
      return { heads, titles: [table.name, ...titles].filter((text) => text !== ""), body: rows.slice(at + skip) };
    }
  }
  return undefined;
}

function bared(row: TextRow | undefined): readonly string[] {
  return row?.cells.map(bareText) ?? [];
}

/** A second row of a head repeats merged cells or fills in below them, and holds no number. */
function goesOn(first: readonly string[], second: readonly string[]): boolean {
  // A title merged over the whole width is no head.
  if (new Set(first.filter((head) => head !== "")).size < 2) return false;
  if (second.length === 0 || second.some((cell) => /^[-+]?\d+(\.\d+)?%?$/.test(cell))) return false;
  const repeats = first.some((head, k) => head !== "" && head === second[k]);
  const spans = first.some(
    (head, k) => k > 0 && ((head !== "" && head === first[k - 1]) || (head === "" && second[k] !== "")),
  );
  return repeats || spans;
}

function joined(above: string, below: string): string {
  return above === below || below === "" ? above : `${above}${below}`;
}

/** Words of heads and titles that mean an indicator. Longer ones first, since 道路尘负荷 must not be read as dust alone. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/PM2\.?5|细颗粒物/i, "pm25"],
  [/PM10|可吸入颗粒物/i, "pm10"],
  [/TSP|粗颗粒物|总悬浮颗粒物/i, "tsp"],
  [/降尘/, "dustfall"],
  [/尘负荷|积尘负荷/, "road_dust_load"],
  [/SO2|二氧化硫/i, "so2"],
  [/NO2|二氧化氮/i, "no2"],
  [/(?<![A-Z])CO(?![A-Z0-9₂])|一氧化碳/i, "co"],
  [/O3(?!-?8)|臭氧/i, "o3"],
  [/噪声投诉/, "noise_complaints"],
];

/** The indicator a head or title speaks of. */
export function indicatorIn(text: string): Indicator | undefined {
  const bare = bareText(text);
  const code = WORDS.find(([word]) => word.test(bare))?.[1];
  return code === undefined ? undefined : findIndicator(code);
}

/** The unit in the last brackets of a head, or after 单位 in a title. */
export function unitIn(text: string): string | undefined {
  const bare = text.normalize("NFKC").replaceAll(/\s+/g, "");
  const named = /单位[::]([^,,;;。)]+)/.exec(bare)?.[1];
  if (named !== undefined) return named;
  const inside = /\(([^()]*(?:\/|分贝|dB|%|℃|件|NTU|个)[^()]*(?:\([^()]*\)[^()]*)?)\)[^()]*$/i.exec(bare)?.[1];
  return inside?.replace(/^(?:浓度|单位)?[::,,]?/, "");
}

/** Rows that sum up, comment or sign instead of naming a place. */
export function isTotal(name: string): boolean {
  return /^(合计|总计|小计|平均|均值|全[市区县]|[^街乡镇]{0,6}(平均|均值)|最[大小高低]值|备?注|说明|数据来源|填表|制表|审核|单位[::])/.test(
    bareText(name),
  );
}
