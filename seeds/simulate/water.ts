/**
 * Water sections every four hours, one CSV a section and month in the layout of the national surface-water release.
 *
 * The time has no year there: the folder names the month. No class is printed, because rating a sample is a standard's
 * work and the feed itself leaves it out at times.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Period } from "../../src/domain/period.ts";
import { SIMULATED_MARK } from "../../src/domain/simulated.ts";
import { type DayNumber, dayText } from "../../src/domain/time.ts";
import { monthsBetween } from "./calendar.ts";
import type { Job } from "./job.ts";
import { type SimulatedPlace, simulatedSections } from "./places.ts";
import { bell, draw, pick, stream } from "./random.ts";

const HEADER =
  "省份,流域,断面名称,监测时间,水质类别,水温(℃),pH(无量纲),溶解氧(mg/L),电导率(μS/cm),浊度(NTU),高锰酸盐指数(mg/L),氨氮(mg/L),总磷(mg/L),总氮(mg/L),叶绿素α(mg/L),藻密度(cells/L),站点情况";
const HOURS = ["00", "04", "08", "12", "16", "20"] as const;

/** What sections carry in dry weather, mg/L, by target class; rain multiplies it. */
const DRY = {
  "3": { codmn: 3.6, nh3n: 0.28, tp: 0.085, tn: 6.2 },
  "4": { codmn: 5.4, nh3n: 0.6, tp: 0.15, tn: 9.4 },
} as const;
/** The last section suffers most from overflow in the rainy season. */
const WORST_SECTION = "sim-section-8";
const WORST_RAIN = 5.5;
/** Share of rows that are absent, sent twice, and sent again with other values. */
const ABSENT = 0.02;
const REPEATED = 0.004;
const REISSUED = 0.004;
const MAINTENANCE_DAYS = 5;

/** Writes the sections' files; returns their paths, section by section, in the order of months. */
export async function writeWaterFiles(job: Job): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const section of simulatedSections()) {
    const serviced = job.days.last - pick(job.seed, 30, 300, "maintenance", section.code);
    for (const month of monthsBetween(job.days)) {
      const folder = join(job.dir, "water", "北京市", "海河流域", section.name, month.text);
      await mkdir(folder, { recursive: true });
      const path = join(folder, `${section.name}.csv`);
      const lines = [`${HEADER},${SIMULATED_MARK}`, ...monthLines(job, section, month, serviced)];
      await writeFile(path, `${lines.join("\r\n")}\r\n`);
      paths.push(path);
    }
  }
  return paths;
}

function monthLines(job: Job, section: SimulatedPlace, month: Period, serviced: DayNumber): readonly string[] {
  const lines: string[] = [];
  const last = Math.min(month.last, job.days.last);
  for (let day = Math.max(month.first, job.days.first); day <= last; day++) {
    const maintained = day >= serviced && day < serviced + MAINTENANCE_DAYS;
    for (const hour of HOURS) {
      const next = stream(job.seed, "water", section.code, day, Number(hour));
      const chance = next();
      if (chance < ABSENT) continue;
      const line = (cells: string) =>
        `北京市,海河流域,${section.name},${dayText(day).slice(5)} ${hour}:00,-,${cells},*,*,${maintained ? "维护" : "正常"},`;
      const cells = maintained ? "--,--,--,--,--,--,--,--,--" : sample(job.seed, section, day, next);
      lines.push(line(cells));
      if (chance > 1 - REPEATED) lines.push(line(cells));
      else if (chance > 1 - REPEATED - REISSUED && !maintained) lines.push(line(sample(job.seed, section, day, next)));
    }
  }
  return lines;
}

function sample(seed: number, section: SimulatedPlace, day: DayNumber, next: () => number): string {
  const dry = section.attributes["targetClass"] === "3" ? DRY["3"] : DRY["4"];
  const summer = seasonWave(day);
  const rain = rainOn(seed, day) * (section.code === WORST_SECTION ? WORST_RAIN : 1);
  const noisy = (value: number, spread: number) => value * (1 + spread * bell(next));
  const temperature = 14 + 13 * summer + bell(next);
  return [
    Math.max(0.2, temperature).toFixed(1),
    (7.9 + 0.12 * bell(next)).toFixed(2),
    Math.max(2.5, noisy(9.6 - 2.6 * summer - 0.8 * rain, 0.06)).toFixed(2),
    noisy(720, 0.06).toFixed(1),
    noisy(9 * (1 + rain), 0.25).toFixed(1),
    noisy(dry.codmn * (1 + 0.3 * rain), 0.05).toFixed(2),
    noisy(dry.nh3n * (1 + 0.7 * rain), 0.12).toFixed(3),
    noisy(dry.tp * (1 + 0.35 * rain), 0.1).toFixed(3),
    noisy(dry.tn, 0.06).toFixed(2),
  ].join(",");
}

/** −1 in mid-January, 1 in mid-July. */
function seasonWave(day: DayNumber): number {
  return -Math.cos((2 * Math.PI * (day - 14)) / 365.25);
}

/** Runoff of the last days: 0 in dry weather, about 1 after a summer rain. */
function rainOn(seed: number, day: DayNumber): number {
  const wet = Math.max(0, seasonWave(day));
  const days = [0, 1, 2].map((back) => (draw(seed, "rain", day - back) < 0.3 * wet ? 1 / (1 + back) : 0));
  return Math.max(...days);
}
