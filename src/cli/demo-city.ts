/** The simulated city of the demo: source files, a store filled through the real pipeline, a plan, a briefing. */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FORMATS } from "../../ingest/formats.ts";
import { type BatchResult, ingestPath } from "../../ingest/pipeline.ts";
import { CITY_PARTS, type CityPart, simulateCity } from "../../seeds/simulate/city.ts";
import { HOME_DISTRICT } from "../../seeds/simulate/places.ts";
import { fault } from "../domain/faults.ts";
import { monthOf, type Period } from "../domain/period.ts";
import { placeFinder, requirePlace } from "../domain/place-finder.ts";
import { SIMULATED_MARK } from "../domain/simulated.ts";
import { dayParts, dayText, parseDay } from "../domain/time.ts";
import { openStore } from "../store/open.ts";
import type { Store } from "../store/port.ts";
import { makeDistrictBriefing } from "./briefing-district.ts";
import { seedPlaces } from "./seeds.ts";
import { version } from "./version.ts";

/** Any number makes a city; this one is the one the documents show. */
const SEED = 20_240_101;
const PLAN_TEMPLATE_YEAR = 2024;
const MARKER = "demo.json";

export type DemoQuestion = {
  readonly out: string;
  readonly until: string;
  readonly fresh: boolean;
  readonly now: Date;
  readonly say: (line: string) => void;
  readonly progress: (line: string) => void;
};

export type Demo = {
  readonly store: Store;
  readonly period: Period;
  readonly briefing: string;
  readonly summary: readonly string[];
  readonly batches: readonly BatchResult[];
  /** Whether an earlier demo of the same day was opened again. */
  readonly reused: boolean;
};

type Marker = {
  readonly seed: number;
  readonly until: string;
  readonly version: string;
  readonly briefing: string;
  readonly summary: readonly string[];
};

/** @throws Fault `demo.folder-taken` when the folder holds something that is no demo */
export async function openDemo(question: DemoQuestion): Promise<Demo> {
  const { out, until, fresh } = question;
  const period = lastWholeMonth(until);
  const held = await readMarker(out);
  if (held === undefined && existsSync(out) && (await readdir(out)).length > 0) {
    throw fault("demo.folder-taken", { folder: out }, { parameter: "--out" });
  }
  if (!fresh && held !== undefined && held.until === until && held.seed === SEED && held.version === version()) {
    const store = await openStore(join(out, "store"), { seeds: seedPlaces() });
    return { store, period, briefing: held.briefing, summary: held.summary, batches: [], reused: true };
  }
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  return await makeDemo(question, period);
}

async function makeDemo({ out, until, now, say, progress }: DemoQuestion, period: Period): Promise<Demo> {
  const sources = join(out, "sources");
  const store = await openStore(join(out, "store"), { create: true, seeds: seedPlaces() });
  try {
    say(`正在生成模拟城市（截至 ${until}）…`);
    const city = await writeSources(store, sources, until, progress);
    await store.addPlaces(city.places);
    await writePlan(store.dir, dayParts(parseDay(until)).year);
    const batches: BatchResult[] = [];
    for (const folder of await inOrder(sources)) {
      progress(`正在导入 ${folder} …`);
      for (const batch of await ingestPath(store, "auto", join(sources, folder), { now })) {
        batches.push(batch);
        say(
          `导入 ${folder}：读取 ${batch.read.toLocaleString("en-US")}，新增 ${batch.inserted.toLocaleString("en-US")}，更正 ${batch.corrected}，拒收 ${batch.rejected}，缺测 ${batch.missing.toLocaleString("en-US")}`,
        );
      }
    }
    progress("正在排版简报 …");
    const place = requirePlace(placeFinder(await store.places()), HOME_DISTRICT);
    const made = await makeDistrictBriefing(store, {
      place,
      period,
      today: parseDay(until),
      now,
      out: join(out, "briefings"),
    });
    const marker: Marker = { seed: SEED, until, version: version(), briefing: made.file, summary: made.summary };
    await writeFile(join(out, MARKER), `${JSON.stringify(marker, null, 2)}\n`);
    return { store, period, briefing: made.file, summary: made.summary, batches, reused: false };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function writeSources(store: Store, dir: string, until: string, progress: (line: string) => void) {
  const { places } = await store.places();
  const codes = new Map(places.map((place) => [place.id, place.code]));
  const site = (place: (typeof places)[number]) => ({
    code: place.code,
    name: place.name,
    parent: codes.get(place.parentId ?? 0) ?? "",
  });
  const of = (...kinds: string[]) => places.filter((place) => kinds.includes(place.kind));
  const known = FORMATS.map((format) => format.name);
  const needs: Partial<Record<CityPart, string>> = { water: "cnemc-water", noise: "noise-hourly", ranks: "notice" };
  return await simulateCity({
    seed: SEED,
    until,
    dir,
    stations: of("station")
      .filter((place) => place.attributes["from"] === undefined)
      .map(site),
    townships: of("township", "zone")
      .filter((place) => /^\d+$/.test(place.code))
      .map(site),
    districts: of("district").map(site),
    yearBefore: true,
    parts: CITY_PARTS.filter((part) => needs[part] === undefined || known.includes(needs[part])),
    onProgress: (done, total) => progress(`生成模拟数据 ${done}/${total} 天`),
  });
}

/** A copy of the template year's plans for the simulated year, named as simulated. */
async function writePlan(storeDir: string, year: number): Promise<void> {
  const from = new URL(`../../seeds/plans/${PLAN_TEMPLATE_YEAR}/`, import.meta.url);
  const to = join(storeDir, "plans", String(year));
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    const text = await readFile(new URL(name, from), "utf8");
    const moved = text
      .replaceAll(new RegExp(`\\b${PLAN_TEMPLATE_YEAR}-`, "g"), `${year}-`)
      .replace(/^year: .*$/m, `year: ${year}`)
      .replace(
        /^title: (.*)$/m,
        (_, title: string) => `title: ${title.replace(String(PLAN_TEMPLATE_YEAR), String(year))}（${SIMULATED_MARK}）`,
      );
    await writeFile(join(to, name), moved);
  }
}

/** The folders of the sources; corrections come last, since they restate what the others said. */
async function inOrder(sources: string): Promise<readonly string[]> {
  const folders = (await readdir(sources)).sort();
  return [...folders.filter((name) => name !== "late"), ...folders.filter((name) => name === "late")];
}

function lastWholeMonth(until: string): Period {
  const day = parseDay(until);
  const { year, month } = dayParts(day);
  const own = monthOf(year, month);
  if (dayText(own.last) === until) return own;
  return month === 1 ? monthOf(year - 1, 12) : monthOf(year, month - 1);
}

async function readMarker(out: string): Promise<Marker | undefined> {
  const file = join(out, MARKER);
  return existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as Marker) : undefined;
}
