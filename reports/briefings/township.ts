/** The township briefing as PDF. */

import { dailyChart } from "../charts/daily.ts";
import { chartSvg } from "../charts/render.ts";
import { PAPER } from "../charts/theme.ts";
import type { TownshipBriefing, TownshipRank } from "./township-data.ts";
import { townshipSummary } from "./township-sentences.ts";
import { typeset } from "./typst.ts";
import { dayZh } from "./words.ts";

const NONE = "—";

/**
 * One township's briefing as a tagged A4 PDF of two pages or so; equal data give equal bytes.
 * @throws Fault `briefing.glyph-missing`, `briefing.cell-overflow`, `briefing.not-typeset`
 */
export async function renderTownship(briefing: TownshipBriefing): Promise<Uint8Array> {
  const figures = Object.fromEntries(
    briefing.daily.map((daily, at) => [
      `daily-${at}.svg`,
      chartSvg(dailyChart(daily), { width: PAPER.width, height: 150 }),
    ]),
  );
  return typeset({ template: "township.typ", data: pageOf(briefing), figures, date: briefing.dataUntil });
}

function pageOf(briefing: TownshipBriefing) {
  const { periodZh, township, kindZh, dataUntil } = briefing;
  return {
    ...briefing,
    title: `${township}${periodZh}环境空气质量${kindZh}`,
    date: dataUntil.split("-").map(Number),
    dataUntilZh: dayZh(dataUntil),
    summary: townshipSummary(briefing),
    ranks: briefing.ranks.map(rankPage),
    daily: briefing.daily.map((daily, at) => ({
      zh: daily.indicatorZh,
      file: `daily-${at}.svg`,
      alt: `柱图：${periodZh}${township}${daily.indicatorZh}逐日浓度`,
    })),
    absences: briefing.absences.map((row) => ({ ...row, validDaysZh: row.validDays?.toString() ?? NONE })),
  };
}

function rankPage(rank: TownshipRank) {
  const top = Math.max(0, ...rank.neighbours.map(({ value }) => Number(value)));
  return {
    ...rank,
    rankZh: rank.rank === undefined ? NONE : `${rank.tied ? "并列 " : ""}${rank.rank}`,
    moveZh: moveZh(rank.move),
    cutZh: cutZh(rank),
    gapZh: rank.gap === undefined ? NONE : `降 ${rank.gap.fall} 升 ${rank.gap.places} 名`,
    neighbours: rank.neighbours.map((row) => ({ ...row, share: top === 0 ? 0 : (Number(row.value) / top) * 100 })),
  };
}

function moveZh(move: number | undefined): string {
  if (move === undefined) return NONE;
  if (move === 0) return "持平";
  return move > 0 ? `进 ${move}` : `退 ${-move}`;
}

function cutZh({ cut }: TownshipRank): string {
  if (cut === undefined) return NONE;
  return cut.inside ? `后 ${cut.worst} 名内，降 ${cut.distance} 退出` : `未进后 ${cut.worst} 名，余 ${cut.distance}`;
}
