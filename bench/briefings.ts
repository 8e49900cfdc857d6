/**
 * Forty-four PDFs from a store: one of the district, one for each of its townships; build and typesetting, time and memory.
 *
 * Reads a store (`--store DIR`, for example the demo's), writes nothing, prints one JSON line. The limit of the issue: 8 s on
 * two cores, below 700 MB; a single township's PDF from a warm process below 200 ms.
 *
 *   node --import tsx bench/briefings.ts --store demo/store --period 2026-10
 */
import { parseArgs } from "node:util";
import { cutsOf } from "../reports/briefings/build/cuts.ts";
import { buildDistrict } from "../reports/briefings/build-district.ts";
import { buildTownships } from "../reports/briefings/build-townships.ts";
import { renderThread } from "../reports/briefings/render-thread.ts";
import { plansOfYear, planYearOf } from "../src/cli/plan-targets.ts";
import { lastDayOver } from "../src/cli/question.ts";
import { seedPlaces } from "../src/cli/seeds.ts";
import { version } from "../src/cli/version.ts";
import { parsePeriod } from "../src/domain/period.ts";
import { placeFinder, requirePlace } from "../src/domain/place-finder.ts";
import { DEFAULT_POLICIES } from "../src/standards/policy.ts";
import { openStore } from "../src/store/open.ts";

const { values } = parseArgs({ options: { store: { type: "string" }, period: { type: "string" } } });
const store = await openStore(values.store ?? "data", { seeds: seedPlaces() });
const now = new Date();
const started = performance.now();
const spent = (): number => Math.round(performance.now() - started);
const thread = renderThread();
try {
  const plans = await plansOfYear(await planYearOf(undefined, now, store.dir), store.dir);
  const place = requirePlace(placeFinder(await store.places()), plans[0]?.place ?? "");
  const question = {
    store,
    place,
    period: parsePeriod(values.period ?? ""),
    policies: DEFAULT_POLICIES,
    today: lastDayOver(now),
  };
  // Townships first: they are built sooner, and typeset while the district's questions are still being asked.
  const townships = await buildTownships(question, { cuts: cutsOf(plans, place), plans }, version());
  const townshipsBuilt = spent();
  const under = townships.map((briefing) => thread.render({ kind: "township", briefing, format: "pdf" }));
  const district = await buildDistrict(question, plans, version());
  const districtBuilt = spent() - townshipsBuilt;
  under.push(thread.render({ kind: "district", briefing: district, format: "pdf" }));
  const pdfs = await Promise.all(under);
  const total = spent();
  const [one] = townships;
  const warm = performance.now();
  if (one !== undefined) await thread.render({ kind: "township", briefing: one, format: "pdf" });
  const result = {
    pdfs: pdfs.length,
    bytes: pdfs.reduce((sum, { length }) => sum + length, 0),
    districtBuiltMs: districtBuilt,
    townshipsBuiltMs: townshipsBuilt,
    totalMs: total,
    warmTownshipMs: Math.round(performance.now() - warm),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    cpuMs: Math.round((process.cpuUsage().user + process.cpuUsage().system) / 1000),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await thread.close();
  await store.close();
}
