/**
 * Past one district: a made-up national network of hourly stations taken in month after month, and what each step costs.
 *
 *     npx tsx bench/scale.ts [--stations 1700] [--months 12] [--minutes 20]
 *
 * After 1, 3, 6, 12, 24 and 36 months, as far as the minutes allow: load rate of the last month, file size, the statistics
 * of all stations over the last month and the last year, one corrected day of the last month and of the
 * first, peak memory. Cost must grow with what changed, not with what is stored.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ingestPath } from "../ingest/pipeline.ts";
import { periodStatistics } from "../src/analysis/period.ts";
import { subjectOf } from "../src/analysis/subject.ts";
import { seedPlaces } from "../src/cli/seeds.ts";
import { indicatorOf } from "../src/domain/indicator.ts";
import { cumulativeOf, monthOf, type Period, yearOf } from "../src/domain/period.ts";
import { DEFAULT_POLICIES } from "../src/standards/policy.ts";
import { openStore } from "../src/store/open.ts";
import { stationCodes, writeArchive } from "./headline/data.ts";

const { values: options } = parseArgs({
  options: {
    stations: { type: "string", default: "1700" },
    months: { type: "string", default: "12" },
    minutes: { type: "string", default: "20" },
  },
});
const codes = stationCodes(Number(options.stations));
const months = Number(options.months);
const until = performance.now() + Number(options.minutes) * 60_000;
const FIRST_YEAR = 2021;
const TOLD = new Set([1, 3, 6, 12, 24, 36, 60, 120]);

const dir = mkdtempSync(join(tmpdir(), "duibiao-scale-"));
const clock = async <T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly result: T }> => {
  const started = performance.now();
  const result = await work();
  return { ms: performance.now() - started, result };
};
const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
const mb = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;

try {
  const store = await openStore(join(dir, "store"), { create: true, seeds: seedPlaces() });
  const statistics = async (period: Period): Promise<number> => {
    const table = await store.places();
    const subjects = codes
      .flatMap((code) => table.places.filter((place) => place.code === code))
      .map((place) => subjectOf(table, place, "air"));
    const results = await periodStatistics(store, {
      indicator: indicatorOf("pm25"),
      subjects,
      period,
      policies: DEFAULT_POLICIES,
      today: period.last,
    });
    return results.filter((one) => one.n > 0).length;
  };
  let [stored, corrections] = [0, 0];
  console.log(
    "months  readings    load/s   file+originals  month of all  year of all  a day corrected  one of month 1  peak memory",
  );
  for (let month = 1; month <= months && performance.now() < until; month++) {
    const period = monthOf(FIRST_YEAR + Math.floor((month - 1) / 12), ((month - 1) % 12) + 1);
    const archive = join(dir, "archive");
    writeArchive(codes, period.first, period.last, archive);
    const load = await clock(() => ingestPath(store, "quotsoft", archive, { now: new Date() }));
    const read = load.result.reduce((sum, one) => sum + one.inserted, 0);
    stored += read;
    rmSync(archive, { recursive: true });
    if (!TOLD.has(month)) continue;
    const late = async (of: Period): Promise<number> => {
      const folder = join(dir, "late");
      corrections += 1;
      writeArchive(codes, of.first + 14, of.first + 14, folder, corrections);
      const taken = await clock(() => ingestPath(store, "quotsoft", folder, { now: new Date() }));
      rmSync(folder, { recursive: true });
      return taken.ms;
    };
    const year = FIRST_YEAR + Math.floor((month - 1) / 12);
    await statistics(period);
    const ofMonth = await clock(() => statistics(period));
    const ofYear = await clock(() =>
      statistics(month % 12 === 0 ? yearOf(year) : cumulativeOf(year, ((month - 1) % 12) + 1)),
    );
    const [lateNow, lateThen] = [await late(period), await late(monthOf(FIRST_YEAR, 1))];
    await store.sql.run("CHECKPOINT");
    const cells = [
      String(month).padStart(6),
      stored.toLocaleString("en-US").padStart(11),
      ((read / load.ms) * 1000).toFixed(0).padStart(8),
      mb(sizeOf(join(dir, "store"))).padStart(15),
      `${ofMonth.ms.toFixed(0)} ms`.padStart(13),
      `${ofYear.ms.toFixed(0)} ms`.padStart(12),
      `${lateNow.toFixed(0)} ms`.padStart(16),
      `${lateThen.toFixed(0)} ms`.padStart(15),
      mb(process.resourceUsage().maxRSS * 1024).padStart(12),
    ];
    console.log(cells.join(" "));
  }
  await store.close();
} finally {
  rmSync(dir, { recursive: true, force: true });
}
