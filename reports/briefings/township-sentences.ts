/** The summary of a township briefing: pure sentences, each by the rule in its comment. */

import type { DailyData } from "../charts/daily.ts";
import { complaintsZh } from "./sections/noise.ts";
import type { TownshipBriefing, TownshipRank } from "./township-data.ts";
import { unitZh } from "./units.ts";

/** All paragraphs in order: one for each rank, with what it takes to change it. */
export function townshipSummary({ township, ranks, daily, complaints, periodZh }: TownshipBriefing): readonly string[] {
  return [
    ...ranks.map((rank) => [rankSentence(township, rank), cutSentence(rank), gapSentence(rank)].join("")),
    ...daily.map(worstDaysSentence),
    complaints === undefined ? undefined : `${periodZh}，噪声投诉${complaintsZh(complaints)}。`,
  ].filter((sentence) => sentence !== undefined);
}

/** Value, rank from the worst end with N, ties, and the move since the period before; without a rank, why. */
export function rankSentence(township: string, rank: TownshipRank): string {
  const head = `${rank.periodZh}，${township}${rank.zh}`;
  if ("reason" in rank.figure) return `${head}不作评价（${rank.figure.reason}），不参加排名。`;
  const value = `${head}为${rank.figure.value}${unitZh(rank.unit)}`;
  if (rank.rank === undefined) return `${value}，没有可比的排名。`;
  const stands = rank.tied ? "并列" : "列";
  return `${value}，在${rank.amongZh}${rank.n}个中${stands}倒数第${rank.rank}名（第1名最差）${moveZh(rank)}。`;
}

/** Inside the list: what it takes to leave it. Outside: how far the line is. */
export function cutSentence({ unit, cut }: TownshipRank): string | undefined {
  if (cut === undefined) return undefined;
  const distance = `${cut.distance}${unitZh(unit)}`;
  return cut.inside
    ? `在全市后${cut.worst}名以内，再降${distance}可退出。`
    : `未进入全市后${cut.worst}名，距后${cut.worst}名线还有${distance}。`;
}

/** The smallest fall that gains places. */
export function gapSentence({ unit, gap }: TownshipRank): string | undefined {
  if (gap === undefined) return undefined;
  return `其他街乡不变时，再降${gap.fall}${unitZh(unit)}可上升${gap.places}名。`;
}

/** The worst days with their values, in order of the calendar. */
export function worstDaysSentence({ indicatorZh, unit, days, worst }: DailyData): string | undefined {
  const named = days.filter(({ day, value }) => value !== undefined && worst.includes(day));
  if (named.length === 0) return undefined;
  const list = named.map(({ day, value }) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日（${value}）`);
  return `${indicatorZh}日均浓度最高的${named.length}天为${list.join("、")}，单位${unitZh(unit)}。`;
}

function moveZh({ move, beforeZh }: TownshipRank): string {
  if (move === undefined) return "";
  if (move === 0) return `，名次与${beforeZh}持平`;
  return `，比${beforeZh}${move > 0 ? "前进" : "后退"}${Math.abs(move)}名`;
}
