/**
 * A province of minute loggers for a month: 150 stations × 6 items, a file a day as a nightly pull brings them.
 *
 *     npx tsx bench/minutes.ts [--stations 150] [--days 30]
 *
 * After day 1, 10 and 30: load rate of that day, file size, the month's means and ranks of all stations, the outlook of the
 * district's targets that such readings decide, one late minute, peak memory.
 */
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ingestPath } from "../ingest/pipeline.ts";
import { askedOnce } from "../src/analysis/asked-once.ts";
import { outlookOf } from "../src/analysis/outlook-answer.ts";
import { rankPlaces } from "../src/analysis/rank.ts";
import { statIndicator } from "../src/analysis/stat-indicators.ts";
import { plansOfYear } from "../src/cli/plan-targets.ts";
import { seedPlaces } from "../src/cli/seeds.ts";
import { monthOf } from "../src/domain/period.ts";
import { placeFinder, requirePlace } from "../src/domain/place-finder.ts";
import { type DayNumber, dayText } from "../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../src/standards/policy.ts";
import { openStore } from "../src/store/open.ts";
import { ITEMS } from "./headline/data.ts";

const { values: options } = parseArgs({
  options: { stations: { type: "string", default: "150" }, days: { type: "string", default: "30" } },
});
const days = Number(options.days);
const TOLD = new Set([1, 10, 20, 30]);
const MINUTES = 24 * 60;
const period = monthOf(2024, 9);

const seeds = seedPlaces();
const known = seeds.places.filter(({ kind }) => kind === "station").map(({ code }) => code);
const more = Array.from({ length: Math.max(0, Number(options.stations) - known.length) }, (_, k) => ({
  code: `M${1001 + k}`,
  kind: "station" as const,
  name: `分钟站${k + 1}`,
  parent: seeds.places[0]?.code ?? "",
}));
const codes = [...known, ...more.map(({ code }) => code)].slice(0, Number(options.stations));

const dir = mkdtempSync(join(tmpdir(), "duibiao-minutes-"));
const clock = async <T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly result: T }> => {
  const started = performance.now();
  const result = await work();
  return { ms: performance.now() - started, result };
};
const mb = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;
const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

const mapOf = (items: readonly string[]): string =>
  `place: 站点\nkind: station\ntime: 时间\nspan: minuteStart\nvalues:\n${items.map((item) => `  ${item}: { indicator: ${item} }`).join("\n")}\n`;
const ingest = (path: string, items: readonly string[] = ITEMS) =>
  ingestPath(store, "generic", path, { now: new Date(), options: { map: mapOf(items) } });

/** One day of all stations, in Beijing time; a value in 25 is missing. */
function writeDay(day: DayNumber, path: string): void {
  const parts = [`站点,时间,${ITEMS.join(",")}`];
  for (let minute = 0; minute < MINUTES; minute++) {
    const hour = String(Math.floor(minute / 60)).padStart(2, "0");
    const time = `${dayText(day)} ${hour}:${String(minute % 60).padStart(2, "0")}`;
    for (const [station, code] of codes.entries()) {
      const cells = ITEMS.map((item, k) => {
        const x = Math.imul(station * 7919 + k * 104_729 + day * 31 + minute, 0x9e3779b1) >>> 0;
        if (x % 25 === 0) return "";
        const base = 1 + ((x >>> 5) % 100);
        return item === "co" ? (base / 50).toFixed(1) : String(base);
      });
      parts.push(`${code},${time},${cells.join(",")}`);
    }
  }
  writeFileSync(path, `${parts.join("\n")}\n`);
}

const store = await openStore(join(dir, "store"), {
  create: true,
  seeds: { ...seeds, places: [...seeds.places, ...more] },
});
try {
  const table = await store.places();
  const city = table.places[0];
  if (city === undefined) throw new Error("no city");
  const plans = await plansOfYear(2024, store.dir);
  const finder = placeFinder(table);
  const ranking = (today: DayNumber) =>
    rankPlaces(store, {
      ...{ indicator: statIndicator("pm25"), among: city, kind: "station", order: "worst", period },
      ...{ policies: DEFAULT_POLICIES, today },
    });
  const outlooks = async (at: DayNumber): Promise<number> => {
    const once = askedOnce(store);
    let answered = 0;
    for (const plan of plans) {
      const place = requirePlace(finder, plan.place);
      for (const target of plan.targets.filter((one) => one.decidedBy === "reading")) {
        const { conventions } = await outlookOf(once, { target, place, at, policies: DEFAULT_POLICIES });
        if (conventions !== undefined) answered += 1;
      }
    }
    return answered;
  };
  let stored = 0;
  console.log("day     minutes    load/s  file+originals  ranks  outlooks  a late minute  peak memory");
  for (let k = 1; k <= days; k++) {
    const day = period.first + k - 1;
    const path = join(dir, `${dayText(day)}.csv`);
    writeDay(day, path);
    const load = await clock(() => ingest(path));
    rmSync(path);
    const read = load.result.reduce((sum, one) => sum + one.inserted, 0);
    stored += read;
    if (!TOLD.has(k)) continue;
    await ranking(day);
    const ranks = await clock(() => ranking(day));
    await outlooks(day);
    const ahead = await clock(() => outlooks(day));
    const late = join(dir, `late-${k}.csv`);
    writeFileSync(late, `站点,时间,pm25\n${codes[0]},${dayText(period.first)} 08:${10 + k},999\n`);
    const one = await clock(() => ingest(late, ["pm25"]));
    await store.sql.run("CHECKPOINT");
    const cells = [
      String(k).padStart(3),
      stored.toLocaleString("en-US").padStart(11),
      ((read / load.ms) * 1000).toFixed(0).padStart(9),
      mb(sizeOf(join(dir, "store"))).padStart(15),
      `${ranks.ms.toFixed(0)} ms`.padStart(6),
      `${ahead.ms.toFixed(0)} ms (${ahead.result})`.padStart(9),
      `${one.ms.toFixed(0)} ms`.padStart(14),
      mb(process.resourceUsage().maxRSS * 1024).padStart(12),
    ];
    console.log(cells.join(" "));
  }
} finally {
  await store.close();
  rmSync(dir, { recursive: true, force: true });
}
