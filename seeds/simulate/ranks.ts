/**
 * Rank lists as a city publishes them: the worst thirty, worst first, two half tables side by side, ranks alone.
 *
 * They rest on complete data, where a district holds data with gaps; so a rank computed from the simulated files
 * differs here and there from the published one, as it does in life.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cumulativeOf, type Period, periodZh } from "../../src/domain/period.ts";
import { SIMULATED_MARK } from "../../src/domain/simulated.ts";
import { dayParts } from "../../src/domain/time.ts";
import { monthsBetween, wholeHalfMonths, wholeMonths } from "./calendar.ts";
import { type Loads, roadDust, townshipRoadDust } from "./dust.ts";
import type { Days, Job } from "./job.ts";
import type { Site } from "./sites.ts";
import { type TownshipDay, townshipMonth } from "./townships.ts";

const LISTED = 30;

type List = { readonly name: string; readonly title: string; readonly values: Loads; readonly decimals: number };

/** Writes the lists of all periods inside the days; returns their paths in the order of publication. */
export async function writeRankFiles(job: Job): Promise<readonly string[]> {
  const folder = join(job.dir, "notices");
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const list of [...airLists(job), ...roadLists(job)]) {
    const path = join(folder, `${list.name}.txt`);
    await writeFile(path, noticeText(job, list));
    paths.push(path);
  }
  return paths;
}

function airLists(job: Job): readonly List[] {
  const meansOf = townshipMeans(job);
  const list = (item: keyof TownshipDay, period: Period): List => ({
    name: `${item}_${period.text.replace("..", "_")}`,
    title: `${periodTitle(period)}全市街道(乡镇)${item === "tsp" ? "TSP" : "PM2.5"}浓度排名`,
    values: meansOf(item, period),
    decimals: 0,
  });
  const months = wholeMonths(job.days);
  const cumulative = months.flatMap((month) => {
    const { year, month: m } = dayParts(month.last);
    const period = cumulativeOf(year, m);
    return period.first >= job.days.first && m > 1 ? [period] : [];
  });
  return [
    ...wholeHalfMonths(job.days).map((half) => list("tsp", half)),
    ...(["pm25", "tsp"] as const).flatMap((item) => [...months, ...cumulative].map((period) => list(item, period))),
  ];
}

function roadLists(job: Job): readonly List[] {
  return wholeMonths(job.days).flatMap((month) => [
    {
      name: `road_dust_load_${month.text}`,
      title: `${periodTitle(month)}全市街道(乡镇)道路尘负荷排名`,
      values: townshipRoadDust(job, month),
      decimals: 2,
    },
    {
      name: `roads_${month.text}`,
      title: `${periodTitle(month)}全市道路尘负荷排名`,
      values: roadDust(job, month),
      decimals: 2,
    },
  ]);
}

/** `2024年3月1日-15日`, and for other periods as usual: `2024年3月`, `2024年1—3月`. */
function periodTitle(period: Period): string {
  if (period.kind !== "halfMonth") return periodZh(period);
  const [from, to] = [dayParts(period.first), dayParts(period.last)];
  return `${from.year}年${from.month}月${from.day}日-${to.day}日`;
}

/** Means over a period of all townships' daily values, answered from running totals. */
function townshipMeans(job: Job): (item: keyof TownshipDay, period: Days) => Loads {
  const zero = job.townships.map(() => ({ pm25: 0, tsp: 0 }));
  const totals: (readonly TownshipDay[])[] = [zero];
  for (const month of monthsBetween(job.days)) {
    const valuesOn = townshipMonth(job.seed, month, job.townships);
    for (let day = month.first; day <= Math.min(month.last, job.days.last); day++) {
      const before = totals.at(-1) ?? zero;
      totals.push(
        valuesOn(day).map((value, i) => ({
          pm25: value.pm25 + (before[i]?.pm25 ?? 0),
          tsp: value.tsp + (before[i]?.tsp ?? 0),
        })),
      );
    }
  }
  return (item, period) => {
    const until = totals[period.last - job.days.first + 1];
    const before = totals[period.first - job.days.first];
    const length = period.last - period.first + 1;
    return job.townships.map((place, i) => ({
      place,
      value: ((until?.[i]?.[item] ?? 0) - (before?.[i]?.[item] ?? 0)) / length,
    }));
  };
}

function noticeText(job: Job, list: List): string {
  const rows = worstOf(list).map(({ rank, place }) => `${rank} | ${districtOf(job, place)} | ${shownName(place)} | `);
  const half = Math.ceil(rows.length / 2);
  const place = list.name.startsWith("roads") ? "道路" : "街道(乡镇)";
  const head = `排序 (倒序) | 所属区 | ${place} | `;
  const body = rows.slice(0, half).map((left, i) => `${left}${rows[half + i] ?? " |  |  | "}`.trimEnd());
  return `${[
    `${list.title} ${SIMULATED_MARK}`,
    "本表由程序模拟,不是任何部门发布的结果。",
    list.title,
    `(后${LISTED}名)`,
    `${head}${head}`.trimEnd(),
    ...body,
  ].join("\n")}\n`;
}

/** Competition ranks on printed values, worst first; a group that ties across the last place is listed whole. */
function worstOf(list: List): readonly { readonly rank: number; readonly place: Site }[] {
  const printed = list.values.map(({ place, value }) => ({ place, value: printedValue(value, list.decimals) }));
  const sorted = printed.sort((a, b) => b.value - a.value || (a.place.code < b.place.code ? -1 : 1));
  const ranked = sorted.map(({ place, value }) => ({
    place,
    rank: 1 + sorted.findIndex((other) => other.value === value),
  }));
  return ranked.filter(({ rank }) => rank <= LISTED);
}

/** Half to even where a mean of whole numbers lies exactly between two, as bulletins round. */
function printedValue(value: number, decimals: number): number {
  if (decimals === 0 && value % 1 === 0.5) return 2 * Math.round(value / 2);
  return Number(value.toFixed(decimals));
}

function districtOf(job: Job, place: Site): string {
  const code = (place.parent ?? "").slice(0, 6);
  return job.districts.find((district) => district.code === code)?.name ?? "";
}

/** Bulletins print 将台乡 where the statistical list has 将台地区. */
function shownName(place: Site): string {
  return place.name.replace(/地区$/, "乡");
}
