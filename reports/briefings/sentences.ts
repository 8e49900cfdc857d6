/**
 * The summary's sentences. Each is a pure function of the briefing's data by the rule in its comment; no sentence
 * holds a judgement the tables do not show. `undefined` = the rule has nothing to say this time.
 */
import { STANDING_ZH, type Standing } from "../../src/domain/plan.ts";
import { AQI_CLASSES } from "../../src/standards/hj633-class.ts";
import type { CalendarDay } from "../charts/calendar.ts";
import type {
  AirItem,
  Change,
  DayCounts,
  DistrictBriefing,
  EpisodeRow,
  Figure,
  RankTable,
  StandingRow,
} from "./district-data.ts";
import type { PlansPart } from "./district-parts.ts";
import { noiseSentence } from "./sections/noise.ts";
import { waterSentence } from "./sections/water.ts";
import { unitZh } from "./units.ts";

/** All sentences of the summary in order. */
export function summaryOf(briefing: DistrictBriefing): readonly string[] {
  const { periodZh, toDateZh, water, noise, plans } = briefing;
  const sentences = [
    ...airSentences(briefing),
    standingsSentence(briefing.standings),
    neededSentence(briefing.standings),
    plans === undefined ? undefined : plansSentence(plans),
    ...briefing.rankings.map(rankingSentence),
    water === undefined ? undefined : waterSentence(water, periodZh, periodZh === toDateZh ? undefined : toDateZh),
    noise === undefined ? undefined : noiseSentence(noise, periodZh),
    absenceSentence(briefing.absences.length),
  ];
  return sentences.filter((sentence) => sentence !== undefined);
}

function airSentences({ air, district, periodZh, toDateZh }: DistrictBriefing): readonly (string | undefined)[] {
  if (air === undefined) return [];
  const [lead] = air.items;
  return [
    lead === undefined ? undefined : leadSentence(district, periodZh, toDateZh, lead),
    daysSentence(periodZh, air.counts),
    periodZh === toDateZh ? undefined : daysSentence(toDateZh, air.countsToDate),
    worstDaySentence(air.days),
    primarySentence(air.counts),
    episodesSentence(periodZh, air.episodes ?? []),
  ];
}

/**
 * The leading item over the period and the year to date, each with its change on last year when last year is known.
 * Without a valid value: the reason instead of a number, never a number with a caveat.
 */
export function leadSentence(district: string, periodZh: string, toDateZh: string, item: AirItem): string {
  const period = `${periodZh}，${district}${item.zh}${item.statisticZh}浓度${figureZh(item.period, item.unit)}${changeZh(item.change)}`;
  if (periodZh === toDateZh) return `${period}。`;
  return `${period}；${toDateZh}累计${figureZh(item.toDate, item.unit)}${changeZh(item.changeToDate)}。`;
}

/**
 * Valid, good and heavy days. When some days have no index: how many, and the ratio's two ends, because a ratio over
 * valid days alone hides them.
 */
export function daysSentence(periodZh: string, counts: DayCounts): string {
  if (counts.validDays === 0) return `${periodZh}${counts.days}天均无有效AQI，不作天数评价。`;
  const ratio = "value" in counts.goodRatio ? `，优良天数比率${counts.goodRatio.value}%` : "";
  const heavy = counts.heavyDays === 0 ? "无重污染天" : `重污染${counts.heavyDays}天`;
  const gap = counts.days - counts.validDays;
  const head = `${periodZh}有效评价${counts.validDays}天，其中优良${counts.goodDays}天${ratio}，${heavy}`;
  if (gap === 0) return `${head}。`;
  return `${head}；另有${gap}天数据不足未评价，按其全部超标或全部优良计，比率在${counts.goodRatioLow}%至${counts.goodRatioHigh}%之间。`;
}

/** The day with the highest index, when it is worse than 良; of equal days the first, with how many more there are. */
export function worstDaySentence(days: readonly CalendarDay[]): string | undefined {
  const worst = Math.max(...days.map(({ aqi }) => aqi ?? -1));
  const same = days.filter(({ aqi }) => aqi === worst);
  const [first] = same;
  if (first?.class === undefined || first.class === AQI_CLASSES[0].class || first.class === AQI_CLASSES[1].class)
    return undefined;
  const primary = first.primary?.length ? `，首要污染物${first.primary.join("、")}` : "";
  const more = same.length > 1 ? `（另有${same.length - 1}天相同）` : "";
  return `污染最重的一天是${dateZh(first.day)}，AQI ${worst}，${first.class}${primary}${more}。`;
}

/** Primary pollutants of the period by days, most first; a day with two counts for both, which is said. */
export function primarySentence(counts: DayCounts): string | undefined {
  const [first, ...rest] = counts.primary.filter(({ days }) => days > 0);
  if (first === undefined) return undefined;
  const total = [first, ...rest].reduce((sum, { days }) => sum + days, 0);
  const bad = counts.validDays - counts.classes.优;
  const others = rest.length === 0 ? "" : `，其次为${rest.map(({ zh, days }) => `${zh}（${days}天）`).join("、")}`;
  const twice = total > bad ? "；并列首要污染物分别计入" : "";
  return `首要污染物以${first.zh}最多（${first.days}天）${others}${twice}。`;
}

/** How many runs of two bad days or more, and the longest of them; of equal ones the first. */
export function episodesSentence(periodZh: string, episodes: readonly EpisodeRow[]): string | undefined {
  const [first, ...rest] = episodes;
  if (first === undefined) return undefined;
  const longest = rest.reduce((found, one) => (one.days > found.days ? one : found), first);
  const heavy = longest.heavyDays === 0 ? "" : `，其中重污染${longest.heavyDays}天`;
  return `${periodZh}有${episodes.length}次连续2天以上的污染过程，最长为${longest.spanZh}，共${longest.days}天${heavy}，最高AQI ${longest.worst}。`;
}

/** The order standings are told in: what needs action first. */
const TOLD_FIRST: readonly Standing[] = ["missed", "at_risk", "cannot_judge", "on_track", "met", "not_due"];

/**
 * How many targets stand where, worst first, with their names; one said twice counts once. No share of
 * targets met: some cannot be judged.
 */
export function standingsSentence(all: readonly StandingRow[]): string | undefined {
  const rows = all.filter(({ restates }) => restates === undefined);
  if (rows.length === 0) return undefined;
  const parts = TOLD_FIRST.map((standing) => ({ standing, names: rows.filter((row) => row.standing === standing) }))
    .filter(({ names }) => names.length > 0)
    .map(
      ({ standing, names }) => `${STANDING_ZH[standing]}${names.length}项（${names.map(({ zh }) => zh).join("、")}）`,
    );
  return `${rows.length}项空气质量目标中，${parts.join("，")}。`;
}

/** All plans together, worst first; what cannot be judged stands beside, never left out. */
export function plansSentence({ counts, written, trial }: PlansPart): string | undefined {
  const sum = counts.at(-1);
  if (sum === undefined || sum.total === 0) return undefined;
  const parts = TOLD_FIRST.filter((standing) => sum.counts[standing] > 0).map(
    (standing) => `${STANDING_ZH[standing]}${sum.counts[standing]}项`,
  );
  const notes = [
    ...(written === sum.total ? [] : [`原文${written}条，重复的和二选一的各计一项`]),
    ...(trial ? ["试算"] : []),
  ];
  const noted = notes.length === 0 ? "" : `（${notes.join("；")}）`;
  return `${counts.length - 1}项计划共${sum.total}项目标${noted}：${parts.join("，")}。`;
}

/** What the rest of the year must hold, for each target still open that says so. */
export function neededSentence(rows: readonly StandingRow[]): string | undefined {
  const open = rows.filter(
    ({ standing, needed, restates }) =>
      needed !== undefined && restates === undefined && (standing === "at_risk" || standing === "on_track"),
  );
  if (open.length === 0) return undefined;
  return `要完成全年目标：${open.map(({ zh, needed }) => `${zh}，${needed}`).join("；")}。`;
}

/**
 * Who is worst and best of a list, and where the district's own places stand; ties are said. One place is no ranking.
 * Of a list that shows the district's own places only: how many are ranked, and the worst and best of ours.
 */
export function rankingSentence(table: RankTable): string {
  const { zh, unit, amongZh, n, ownOnly, rows, published } = table;
  const [worst] = rows;
  if (n === 0 && published !== undefined) return publishedSentence(table, published.length);
  const best = rows.at(-1);
  if (worst === undefined || best === undefined) return `${amongZh}${zh}没有达到有效天数的，不作排名。`;
  if (n === 1) return `${amongZh}${zh}只有${worst.place}有效（${worst.value}${unitZh(unit)}），不成排名。`;
  const ends = `最高${sharing(rows, worst)}（${worst.value}${unitZh(unit)}${ownOnly ? `，第${worst.rank}` : ""}），最低${sharing(rows, best)}（${best.value}${unitZh(unit)}${ownOnly ? `，第${best.rank}` : ""}）`;
  if (ownOnly) return `${amongZh}${zh}参加排名${n}个，本区${rows.length}个（第1名最差）：${ends}。`;
  const own = rows.filter((row) => row.own);
  const where = own.map(({ place, rank, tied }) => `${place}${tied ? "并列" : ""}第${rank}`).join("、");
  const tail = own.length === 0 ? "" : `；本区${where}（第1名最差）`;
  return `${amongZh}${zh}参加排名${n}个，${ends}${tail}。`;
}

/** Known as published only: who of ours is on the list, worst first. */
function publishedSentence({ zh, amongZh, rows }: RankTable, length: number): string {
  if (rows.length === 0) return `${amongZh}${zh}公布的后${length}名中没有本区的。`;
  const named = rows.map(({ place, rank }) => `${place}第${rank}`).join("、");
  return `${amongZh}${zh}公布的后${length}名中有本区${rows.length}个：${named}（第1名最差）。`;
}

/** That something is missing is part of the summary, not of the small print. */
export function absenceSentence(count: number): string | undefined {
  return count === 0 ? undefined : `有${count}项数据缺失或不足，见“缺数情况”。`;
}

function sharing(rows: RankTable["rows"], { rank, place }: RankTable["rows"][number]): string {
  const same = rows.filter((row) => row.rank === rank);
  return same.length > 1 ? `${same[0]?.place ?? place}等${same.length}个并列` : place;
}

function figureZh(figure: Figure, unit: string): string {
  return "value" in figure ? `为${figure.value}${unitZh(unit)}` : `不作评价（${figure.reason}）`;
}

const DIRECTION_ZH = { up: "上升", down: "下降" } as const;

function changeZh(change: Change | undefined): string {
  if (change === undefined) return "";
  return change.direction === "flat" ? "，同比持平" : `，同比${DIRECTION_ZH[change.direction]}${change.percent}%`;
}

function dateZh(day: string): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
}
