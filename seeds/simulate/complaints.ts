/**
 * Noise complaints to the 12345 hotline, counted by day and township of the home district, in the exchange form.
 *
 * Counts only: a bureau may keep no caller, phone number or free text, so a simulation has none to begin with.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dayParts, dayText } from "../../src/domain/time.ts";
import { monthsBetween } from "./calendar.ts";
import { EXCHANGE_HEADER, exchangeRow } from "./exchange.ts";
import type { Job } from "./job.ts";
import { HOME_DISTRICT } from "./places.ts";
import { draw, pick, stream } from "./random.ts";

/** Complaints of an average township and day, and how much fewer each year brings. */
const USUAL = 0.9;
const YEARLY = 0.93;
/** In one township a site works at night for two weeks. */
const SURGE = { days: 14, factor: 6 } as const;
const SUMMER_MONTHS = new Set([5, 6, 7, 8, 9]);

/** Writes one file a month; returns their paths in order. A day without complaints is a 0, not a gap. */
export async function writeComplaintFiles(job: Job): Promise<readonly string[]> {
  const folder = join(job.dir, "complaints");
  await mkdir(folder, { recursive: true });
  const home = job.townships.filter((township) => township.parent === HOME_DISTRICT);
  const surge = {
    township: home[pick(job.seed, 0, home.length - 1, "surge township")],
    from: job.days.last - pick(job.seed, 15, 80, "surge"),
  };
  const paths: string[] = [];
  for (const month of monthsBetween(job.days)) {
    const lines = [EXCHANGE_HEADER];
    for (let day = month.first; day <= Math.min(month.last, job.days.last); day++) {
      for (const township of home) {
        const surging = township === surge.township && day >= surge.from && day < surge.from + SURGE.days;
        const mean = expected(job, township.code, day) * (surging ? SURGE.factor : 1);
        const count = poisson(mean, stream(job.seed, "complaints", township.code, day));
        lines.push(exchangeRow(township.code, dayText(day), "noise_complaints", count));
      }
    }
    const path = join(folder, `noise_complaints_${month.text}.csv`);
    await writeFile(path, `${lines.join("\n")}\n`);
    paths.push(path);
  }
  return paths;
}

function expected(job: Job, township: string, day: number): number {
  const { year, month } = dayParts(day);
  const own = 0.3 + 1.4 * draw(job.seed, "complaints", township);
  const season = SUMMER_MONTHS.has(month) ? 1.25 : 0.85;
  const years = year - dayParts(job.days.first).year;
  return USUAL * own * season * Math.exp(years * Math.log(YEARLY));
}

/** A count with the given mean, by multiplying draws until they fall below e^−mean. */
function poisson(mean: number, next: () => number): number {
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = next(); product > floor; product *= next()) count++;
  return count;
}
