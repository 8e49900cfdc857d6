/** Charts as pictures: the same definitions as on paper, drawn here as SVG, so that they show without JavaScript. */
import { cumulativeData } from "../../../reports/briefings/build/cumulative-data.ts";
import { cumulativeChart } from "../../../reports/charts/cumulative.ts";
import { chartSvg } from "../../../reports/charts/render.ts";
import { ON_SCREEN } from "../../../reports/charts/theme.ts";
import { fault } from "../../domain/faults.ts";
import { parsePeriod, yearOf } from "../../domain/period.ts";
import { placeFinder, requirePlace } from "../../domain/place-finder.ts";
import { dayParts } from "../../domain/time.ts";
import type { Ask, Reply } from "../route.ts";
import { aqiOf } from "./air-data.ts";

const SIZE = { width: 960, height: 380 } as const;

/** PM2.5 of a year: daily, cumulative, last year, and the plan's limit where the place is the plan's. */
export async function cumulativePicture(ask: Ask): Promise<Reply> {
  const { query, facts, today } = ask;
  const text = query.get("place");
  const place = text === undefined ? facts.home : requirePlace(placeFinder(facts.places), text, "place");
  const latest = Math.min(today, facts.lastAirDay ?? today);
  const year = Number(query.get("year") ?? dayParts(latest).year);
  if (!Number.isInteger(year))
    throw fault("period.unknown", { given: String(query.get("year")), reason: "写四位年份" });
  const whole = parsePeriod(String(year));
  const days = await aqiOf(ask, place, whole.first, Math.max(whole.first, Math.min(latest, whole.last)));
  const before = yearOf(year - 1);
  const data = cumulativeData(days, await aqiOf(ask, place, before.first, before.last));
  const limit = await limitOf(ask, place.code);
  const svg = chartSvg(
    cumulativeChart({ ...data, ...(limit === undefined ? {} : { target: limit }) }, ON_SCREEN),
    SIZE,
  );
  return { type: "image/svg+xml; charset=utf-8", body: svg };
}

async function limitOf({ context }: Ask, code: string): Promise<{ value: string; zh: string } | undefined> {
  const year = (await context.planYears()).at(-1);
  if (year === undefined) return undefined;
  const plan = (await context.plansOf(year)).find((one) => one.area === "air" && one.place === code);
  const target = plan?.targets.find(
    (one) => one.indicator === "pm25" && one.comparator === "<=" && one.period === "year",
  );
  return target?.value === undefined ? undefined : { value: target.value, zh: `目标 ≤ ${target.value}` };
}
