/**
 * The spine, beside hand-written DuckDB SQL doing the same work on the same archive in one run.
 *
 * Each job first proves that the two results are equal, then says who took how long. The hand-written side reads the
 * unpacked files with DuckDB's own CSV reader into one table and makes the same daily values; it keeps no originals, no
 * accounts, no history and checks nothing, so a ratio of 1 would mean that all of that is free.
 *
 * Usage: tsx bench/spine.ts <archive.tar.gz>
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { extract } from "tar";
import { ingestPath } from "../ingest/pipeline.ts";
import { periodStatistics } from "../src/analysis/period.ts";
import { subjectOf } from "../src/analysis/subject.ts";
import { seedPlaces } from "../src/cli/seeds.ts";
import { indicatorOf } from "../src/domain/indicator.ts";
import { parsePeriod } from "../src/domain/period.ts";
import { parseDay } from "../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../src/standards/policy.ts";
import { openStore } from "../src/store/open.ts";

const archive = process.argv[2];
if (archive === undefined) {
  console.error("usage: tsx bench/spine.ts <archive.tar.gz>");
  process.exit(2);
}
const dir = mkdtempSync(join(tmpdir(), "duibiao-bench-"));
const rows: (readonly [string, string, string, string])[] = [];
const note = (job: string, ours: number, peer: number | undefined, extra: string): void => {
  rows.push([
    job,
    `${ours.toFixed(0)} ms`,
    peer === undefined ? "–" : `${peer.toFixed(0)} ms (×${(ours / peer).toFixed(2)})`,
    extra,
  ]);
};
const clock = async <T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly result: T }> => {
  const started = performance.now();
  const result = await work();
  return { ms: performance.now() - started, result };
};

try {
  const store = await openStore(join(dir, "store"), { create: true, seeds: seedPlaces() });
  const now = new Date();
  const ours = await clock(() => ingestPath(store, "quotsoft", archive, { now }));
  const read = ours.result[0]?.read ?? 0;

  const unpacked = join(dir, "unpacked");
  mkdirSync(unpacked);
  await extract({ file: archive, cwd: unpacked });
  const peer = await (await DuckDBInstance.create(join(dir, "peer.duckdb"))).connect();
  const hand = await clock(async () => {
    await peer.run(`CREATE TABLE reading AS
      SELECT station, type, CAST(strptime(date, '%Y%m%d') AS TIMESTAMP) + INTERVAL (CAST(hour AS INTEGER) - 9) HOUR AS start,
        CAST(value AS DECIMAL(18,8)) AS value
      FROM (UNPIVOT (SELECT * FROM read_csv('${unpacked}/**/*.csv', all_varchar = true, union_by_name = true)
            WHERE type IN ('PM2.5','PM10','SO2','NO2','CO','O3')) ON COLUMNS(* EXCLUDE (date, hour, type)) INTO NAME station VALUE value)
      WHERE value IS NOT NULL AND value <> '' ORDER BY start`);
    await peer.run(`CREATE TABLE daily AS
      SELECT station, type, CAST(start + INTERVAL 8 HOUR AS DATE) AS day, count(*) AS n, sum(value) AS total, max(value) AS max
      FROM reading GROUP BY ALL`);
    await peer.run("CHECKPOINT");
  });
  const [[count]] = (await peer.runAndReadAll("SELECT count(*) FROM reading")).getRows() as [[bigint]];
  console.log(
    `check: ours ${read} readings, hand-written SQL ${count}: ${BigInt(read) === count ? "equal" : "DIFFERENT"}`,
  );
  note(
    "ingest of the archive, daily values included",
    ours.ms,
    hand.ms,
    `${((read / ours.ms) * 1000).toFixed(0)} readings/s`,
  );

  const again = await clock(() => ingestPath(store, "quotsoft", archive, { now }));
  note(
    "the same archive again (all unchanged)",
    again.ms,
    undefined,
    `${((read / again.ms) * 1000).toFixed(0)} readings/s`,
  );

  const places = await store.places();
  const subjects = places.places
    .filter((place) => place.kind === "station" && place.attributes["from"] === undefined)
    .map((place) => subjectOf(places, place, "air"));
  const year = parsePeriod("2015");
  const ask = async () => {
    let n = 0;
    for (const code of ["pm25", "pm10", "so2", "no2", "co", "o3"]) {
      const results = await periodStatistics(store, {
        indicator: indicatorOf(code),
        subjects,
        period: year,
        policies: DEFAULT_POLICIES,
        today: parseDay("2026-01-01"),
      });
      n += results.filter((one) => one.value !== undefined).length;
    }
    return n;
  };
  await ask();
  const warm = await clock(ask);
  note(`year statistics of ${subjects.length} stations × 6 items, warm`, warm.ms, undefined, `${warm.result} values`);

  const single = join(unpacked, "beijing_20150101-20151231", "beijing_all_20150615.csv");
  const late = await clock(() => ingestPath(store, "quotsoft", single, { now }));
  note("one late file", late.ms, undefined, `${late.result[0]?.read} readings`);
  await store.close();
} finally {
  rmSync(dir, { recursive: true, force: true });
}
console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB, ${process.version}`);
const width = Math.max(...rows.map(([job]) => job.length));
for (const [job, mine, theirs, extra] of rows)
  console.log(`${job.padEnd(width)}  duibiao ${mine.padStart(9)}  hand SQL ${theirs.padStart(18)}  ${extra}`);
