/** What a briefing said, short enough to be kept: the ground a later one is compared on. */
import { STANDING_ZH, type Standing } from "../../src/domain/plan.ts";
import type { Briefing, BriefingFacts } from "../../src/store/briefings.ts";
import type { DistrictBriefing, Figure } from "./district-data.ts";
import type { ChangesPart } from "./district-parts.ts";
import type { TownshipBriefing } from "./township-data.ts";

const NONE = "—";

export function districtFacts(briefing: DistrictBriefing): BriefingFacts {
  const { verdicts = [], air, rankings, water, noise, periodZh, toDateZh } = briefing;
  const figures: [string, string][] = [];
  for (const item of air?.items ?? []) {
    figures.push([`${item.zh}${item.statisticZh}（${periodZh}）`, textOf(item.period)]);
    if (periodZh !== toDateZh) figures.push([`${item.zh}${item.statisticZh}（${toDateZh}）`, textOf(item.toDate)]);
  }
  if (air !== undefined) {
    figures.push(
      [`优良天数（${periodZh}）`, `${air.counts.goodDays}`],
      [`重污染天数（${periodZh}）`, `${air.counts.heavyDays}`],
    );
  }
  for (const { zh, amongZh, rows } of rankings) {
    for (const row of rows)
      if (row.own) figures.push([`${amongZh}${zh}：${row.place}`, `第${row.rank}（${row.value}）`]);
  }
  for (const row of water?.rows ?? []) figures.push([`断面：${row.place}`, row.class]);
  if (noise !== undefined) {
    figures.push(["昼间噪声达标率", textOf(noise.day.percent)], ["夜间噪声达标率", textOf(noise.night.percent)]);
    if (noise.complaints !== undefined) figures.push(["噪声投诉", textOf(noise.complaints.period.now)]);
  }
  return {
    standings: Object.fromEntries(verdicts.map(({ id, zh, standing }) => [id, { zh, standing }])),
    figures: Object.fromEntries(figures),
  };
}

export function townshipFacts({ ranks, complaints, tasks = [] }: TownshipBriefing): BriefingFacts {
  const figures = ranks.map((one): [string, string] => [
    `${one.periodZh}${one.zh}`,
    `${textOf(one.figure)}${one.rank === undefined ? "" : `，倒数第${one.rank}名`}`,
  ]);
  if (complaints !== undefined) figures.push(["噪声投诉", textOf(complaints.now)]);
  return {
    standings: Object.fromEntries(tasks.map(({ zh, standing }) => [zh, { zh, standing }])),
    figures: Object.fromEntries(figures),
  };
}

/**
 * What moved since an earlier briefing: of the same period every figure and standing that differs, else the standings
 * alone, because another month's figures differ by nature.
 */
export function changesSince(earlier: Briefing, now: BriefingFacts, period: string): ChangesPart {
  const correction = earlier.period === period;
  const standings = differing(standingTexts(earlier.facts), standingTexts(now));
  const figures = correction ? differing(earlier.facts.figures, now.figures) : [];
  return { since: `${earlier.issue}（第${earlier.version}版）`, correction, rows: [...standings, ...figures] };
}

function differing(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): ChangesPart["rows"] {
  const labels = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return labels.flatMap((zh) => {
    const [then, today] = [before[zh] ?? NONE, now[zh] ?? NONE];
    return then === today ? [] : [{ zh, before: then, now: today }];
  });
}

/** Two targets may share their words; the words are then told apart by the id. */
function standingTexts({ standings }: BriefingFacts): Readonly<Record<string, string>> {
  const names = Object.values(standings).map(({ zh }) => zh);
  return Object.fromEntries(
    Object.entries(standings).map(([id, { zh, standing }]) => [
      names.filter((name) => name === zh).length > 1 ? `${zh}（${id}）` : zh,
      STANDING_ZH[standing as Standing],
    ]),
  );
}

function textOf(figure: Figure): string {
  return "value" in figure ? figure.value : figure.reason;
}
