/**
 * Forty-four PDFs from a store: one of the district, one for each of its townships; build and typesetting, time and memory.
 * Beside them headless Chromium printing the same content from HTML, and a workbook of 349 places × 12 months.
 *
 * Reads a store (`--store DIR`, for example the demo's), writes nothing, prints one JSON line. The limit of the issue: 8 s on
 * two cores, below 700 MB; a single township's PDF from a warm process below 200 ms; the workbook below 1 s.
 *
 *   node --import tsx bench/briefings.ts --store demo/store --period 2026-10 [--chromium /usr/bin/chromium]
 */
import { existsSync } from "node:fs";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { cutsOf } from "../reports/briefings/build/cuts.ts";
import { buildDistrict } from "../reports/briefings/build-district.ts";
import { buildTownships } from "../reports/briefings/build-townships.ts";
import { districtOutline } from "../reports/briefings/district-outline.ts";
import { outlineHtml } from "../reports/briefings/html.ts";
import { withRenderCrew } from "../reports/briefings/render-crew.ts";
import { renderTownships } from "../reports/briefings/township-files.ts";
import { townshipOutline } from "../reports/briefings/township-outline.ts";
import { rankCheck } from "../reports/workbooks/rank-check.ts";
import { workbookBytes } from "../reports/workbooks/xlsx-write.ts";
import { askedOnce } from "../src/analysis/asked-once.ts";
import { plansOfYear, planYearOf } from "../src/cli/plan-targets.ts";
import { lastDayOver } from "../src/cli/question.ts";
import { seedPlaces } from "../src/cli/seeds.ts";
import { version } from "../src/cli/version.ts";
import { parsePeriod } from "../src/domain/period.ts";
import { placeFinder, requirePlace } from "../src/domain/place-finder.ts";
import { DEFAULT_POLICIES } from "../src/standards/policy.ts";
import { openStore } from "../src/store/open.ts";

const { values } = parseArgs({
  options: {
    store: { type: "string" },
    period: { type: "string" },
    chromium: { type: "string", default: "/usr/bin/chromium" },
  },
});
const store = await openStore(values.store ?? "data", { seeds: seedPlaces() });
const now = new Date();
const started = performance.now();
const since = (from: number): number => Math.round(performance.now() - from);
try {
  const plans = await plansOfYear(await planYearOf(undefined, now, store.dir), store.dir);
  const place = requirePlace(placeFinder(await store.places()), plans[0]?.place ?? "");
  const question = {
    // As the schedule does, which makes both: a list of the city's townships is asked for once.
    store: askedOnce(store),
    place,
    period: parsePeriod(values.period ?? ""),
    policies: DEFAULT_POLICIES,
    today: lastDayOver(now),
  };
  const made = await withRenderCrew(Number.POSITIVE_INFINITY, async (render) => {
    // Townships first: they are built sooner, and typeset while the district's questions are still being asked.
    const townships = await buildTownships(question, { cuts: cutsOf(plans, place), plans }, version());
    const townshipsBuilt = since(started);
    const under = renderTownships(render, townships, "pdf", () => {});
    const district = await buildDistrict(question, plans, version());
    const districtBuilt = since(started) - townshipsBuilt;
    const pdf = await render({ kind: "district", briefing: district, format: "pdf" });
    const pdfs = [pdf, ...(await under).map(({ bytes }) => bytes)];
    const total = since(started);
    const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
    const cpuMs = Math.round((process.cpuUsage().user + process.cpuUsage().system) / 1000);
    const warm = performance.now();
    await renderTownships(render, townships.slice(0, 1), "pdf", () => {});
    return {
      district,
      townships,
      figures: {
        pdfs: pdfs.length,
        bytes: pdfs.reduce((sum, { length }) => sum + length, 0),
        districtBuiltMs: districtBuilt,
        townshipsBuiltMs: townshipsBuilt,
        totalMs: total,
        typesettingMs: total - townshipsBuilt,
        warmTownshipMs: since(warm),
        peakMb,
        cpuMs,
      },
    };
  });
  const pages = [districtOutline(made.district), ...made.townships.map(townshipOutline)].map(outlineHtml);
  const result = {
    ...made.figures,
    // Typesetting and printing are the same work by two engines; building the briefings is in neither.
    chromiumPrintsMs: existsSync(values.chromium) ? await printed(pages, values.chromium) : null,
    xlsx349x12Ms: await workbookTime(),
    load1: Number((loadavg()[0] ?? 0).toFixed(1)),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await store.close();
}

/** The peer: the same words, tables and figures as ready HTML, printed one after another by one warm browser. */
async function printed(pages: readonly string[], executablePath: string): Promise<number> {
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    await page.setContent("<p>warm</p>");
    await page.pdf({ format: "A4" });
    const from = performance.now();
    for (const html of pages) {
      await page.setContent(html);
      await page.pdf({ format: "A4", tagged: true });
    }
    return since(from);
  } finally {
    await browser.close();
  }
}

/** A year of monthly values of all townships with the rank of the last month worked out by formula. */
async function workbookTime(): Promise<number> {
  const [places, months] = [349, 12];
  const from = performance.now();
  const value = (at: number, month: number): number => 20 + ((at * 37 + month * 11) % 60);
  const rows = Array.from({ length: places }, (_, at) => [
    `第${at + 1}街道`,
    ...Array.from({ length: months }, (_month, month) => value(at, month)),
    null,
  ]);
  const last = rows.map((_, at) => value(at, months - 1));
  const ranks = last.map((own) => 1 + last.filter((other) => other > own).length);
  const header = ["街乡", ...Array.from({ length: months }, (_, month) => `${month + 1}月`), "名次"];
  const check = rankCheck(ranks, { rank: months + 1, value: months, check: months + 1 }, true);
  await workbookBytes([{ name: "逐月", header, rows, ...check }]);
  return since(from);
}
