import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../../ingest/pipeline.ts";
import { explainWorkbook } from "../../../reports/workbooks/explain-workbook.ts";
import { loadSeedPlaces } from "../../../seeds/places/load.ts";
import { simulateCity } from "../../../seeds/simulate/city.ts";
import { explainStatistic } from "../../../src/analysis/explain.ts";
import { explainInputs } from "../../../src/analysis/explain-inputs.ts";
import { seededDraws } from "../../../src/analysis/seeded.ts";
import { statIndicator } from "../../../src/analysis/stat-indicators.ts";
import type { StatisticName } from "../../../src/analysis/statistic.ts";
import { parsePeriod } from "../../../src/domain/period.ts";
import { placeFinder, requirePlace } from "../../../src/domain/place-finder.ts";
import { parseDay } from "../../../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../../../src/standards/policy.ts";
import { type TemporaryStore, temporaryStore } from "../../store-fixture.ts";
import { cellsOf } from "./sheet-formulas.ts";

/** Any number draws ten others; with this one every kind of formula is among them. */
const SEED = 85;
const NUMBERS = 10;

const UNTIL = "2024-10-11";
const HOME = "110105";
const STATIONS = 6;
const TOWNSHIPS = 3;

const PERIODS = ["2024-03", "2024-07", "2024-09-H1", "2024-Q2", "2024-01..2024-09", "2024-05-14", "2024-08-02"];
const GASES = ["pm25", "pm10", "so2", "no2", "co", "o3"];
const OTHERS = ["good_days", "good_day_ratio", "heavy_days", "heavy_day_ratio", "tsp"];

type Drawn = {
  readonly code: string;
  readonly place: string;
  readonly period: string;
  readonly statistic?: StatisticName;
};

const isDay = (period: string): boolean => parsePeriod(period).kind === "day";

/** A number somebody might ask for; not every one of them has a value. */
function drawn(
  draw: () => number,
  codes: readonly string[],
  stations: readonly string[],
  townships: readonly string[],
): Drawn {
  const one = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T;
  const code = one(codes);
  const period = one(PERIODS);
  // A day given as such is no number to be worked out.
  if (code === "tsp") return { code, place: one(townships), period: one(PERIODS.filter((text) => !isDay(text))) };
  const place = one([...stations, "110000", HOME]);
  const whole = !isDay(period) && GASES.includes(code);
  const statistic = whole && draw() < 0.4 ? one<StatisticName>(["mean", "p95", "p98"]) : undefined;
  return { code, place, period, ...(statistic === undefined ? {} : { statistic }) };
}

describe("ten numbers drawn at random, worked out again from their workbooks", () => {
  let fixture: TemporaryStore;
  let files: string;
  let stations: readonly string[];
  let townships: readonly string[];
  beforeAll(async () => {
    const seeds = loadSeedPlaces();
    const held = seeds.stations.filter((place) => place.attributes === undefined).slice(0, STATIONS);
    const units = seeds.divisions.filter((one) => one.kind === "township" && one.parent === HOME).slice(0, TOWNSHIPS);
    files = await mkdtemp(join(tmpdir(), "duibiao-city-"));
    const city = await simulateCity({
      seed: SEED,
      until: UNTIL,
      dir: files,
      townships: units,
      stations: held,
      parts: [],
    });
    fixture = await temporaryStore();
    const folders = new Map(city.files.map((file) => [file.path.slice(0, file.path.lastIndexOf("/")), file.format]));
    for (const [folder, format] of folders) {
      await ingestPath(fixture.store, format, folder, { now: new Date("2024-10-12T10:20:00+08:00") });
    }
    stations = held.map((place) => place.code);
    townships = units.map((place) => place.code);
  });
  afterAll(async () => {
    await fixture.remove();
    await rm(files, { recursive: true, force: true });
  });

  it("are what explain prints, before and after rounding", async () => {
    const { store } = fixture;
    const finder = placeFinder(await store.places());
    const draw = seededDraws(SEED);
    const kinds = new Set<string>();
    const asked = new Set<string>();
    const worked: unknown[] = [];
    const printed: unknown[] = [];
    for (let tries = 0; printed.length < NUMBERS && tries < NUMBERS * NUMBERS; tries++) {
      const { code, place, period, statistic } = drawn(draw, tries % 3 === 0 ? OTHERS : GASES, stations, townships);
      const question = {
        indicator: statIndicator(code),
        place: requirePlace(finder, place),
        period: parsePeriod(period),
        policies: DEFAULT_POLICIES,
        today: parseDay(UNTIL),
        statistic,
      };
      const { answer } = await explainStatistic(store, question);
      const name = [code, statistic ?? "", place, period].join(" ");
      if (answer["value"] === null || asked.has(name)) continue;
      asked.add(name);
      const inputs = await explainInputs(store, question);
      const cell = await cellsOf(await explainWorkbook(inputs));
      const row = inputs.labels.length + 3;
      kinds.add(inputs.rule.kind);
      // Sums of a spreadsheet are those of doubles: the unrounded number to nine digits, the rounded one exactly.
      worked.push([name, Number(cell(`B${row}`)).toPrecision(9), cell(`B${row + 1}`)]);
      printed.push([name, Number(answer["value"]).toPrecision(9), answer["rounded"]]);
    }
    expect(printed).toHaveLength(NUMBERS);
    expect([...kinds].sort()).toEqual(["count", "hours", "mean", "percentile", "windows"]);
    expect(worked).toEqual(printed);
  });
});
