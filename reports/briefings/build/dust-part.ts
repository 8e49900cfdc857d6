/** Particles with and without the hours declared as dust: two statistics of two names, beside each other. */
import { type DustFreeStatistic, measuredStatistics } from "../../../src/analysis/dust-free.ts";
import { STATISTIC_ZH, type StatisticName } from "../../../src/analysis/statistic.ts";
import { indicatorOf } from "../../../src/domain/indicator.ts";
import type { Period } from "../../../src/domain/period.ts";
import { DUST_ITEMS, dustStatisticName } from "../../../src/standards/dust.ts";
import type { DustPart, DustRow } from "../district-data.ts";
import { figureOf, tight } from "./figures.ts";
import type { Scene } from "./question.ts";

type Asked = readonly [Scene, Period];

const RAW: StatisticName = "mean";
const DUST_FREE = dustStatisticName(RAW, "dust_excluded") as StatisticName;

/**
 * Without rows where nothing was declared for the district's stations from the year's start to the period's end.
 * @param toDate the year to date as the briefing's other figures ask for it
 */
export async function dustPart(scene: Scene, toDate: Asked): Promise<DustPart> {
  const declared = await statisticOf([scene, scene.toDate], DUST_ITEMS[0], DUST_FREE);
  const { periods = 0, days = 0 } = declared.dust ?? {};
  if (periods === 0) return { periods, days, rows: [] };
  const rows: DustRow[] = [];
  for (const code of DUST_ITEMS) {
    // A running year goes to its end, and so would its count of what was left out.
    const { dust } = await statisticOf([scene, scene.toDate], code, DUST_FREE);
    for (const name of [RAW, DUST_FREE]) {
      const period = await statisticOf([scene, scene.period], code, name);
      rows.push({
        zh: indicatorOf(code).zh,
        statisticZh: tight(STATISTIC_ZH[name]),
        unit: period.unit,
        period: figureOf(period),
        toDate: figureOf(scene.whole ? period : await statisticOf(toDate, code, name)),
        ...(name === RAW || dust === undefined ? {} : { leftOut: { hours: dust.hours, daysLost: dust.daysLost } }),
      });
    }
  }
  return { periods, days, rows };
}

async function statisticOf(
  [{ store, subject, policies, today }, period]: Asked,
  code: string,
  statistic: StatisticName,
): Promise<DustFreeStatistic> {
  const indicator = indicatorOf(code);
  const [one] = await measuredStatistics(store, { indicator, subjects: [subject], period, statistic, policies, today });
  if (one === undefined) throw new RangeError("analysis gave no statistic for a subject");
  return one;
}
