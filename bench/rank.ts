/**
 * What answers cost on a year of townships, beside hand-written SQL for the same answer.
 *
 * Makes a store with 349 townships and their daily values of a year (made-up numbers), asks each question warm and takes
 * the median of some runs. Run with `npx tsx bench/rank.ts`; it prints one line a job.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stateAt } from "../src/analysis/as-of.ts";
import { recomputeDaily } from "../src/analysis/daily.ts";
import { rankPlaces } from "../src/analysis/rank.ts";
import { statIndicator } from "../src/analysis/stat-indicators.ts";
import { seedPlaces } from "../src/cli/seeds.ts";
import { monthOf } from "../src/domain/period.ts";
import { dayStart, parseDay } from "../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../src/standards/policy.ts";
import { openStore } from "../src/store/open.ts";
import { oneThreadEach } from "../src/store/threads.ts";

const RUNS = 41;
const FIRST = parseDay("2026-01-01");
const DAYS = 365;
const PM25 = 1;
const LCM = 5_354_228_880n;

const dir = await mkdtemp(join(tmpdir(), "duibiao-bench-"));
const opening = performance.now();
const store = await openStore(join(dir, "store"), { create: true, seeds: seedPlaces() });
const opened = performance.now() - opening;
const { sql } = store;
// As the service has it; the SQL by hand runs in the same database.
await oneThreadEach(sql);
await sql.run(`INSERT INTO reading SELECT p.id, ${PM25}, make_timestamp((${dayStart(FIRST)} + d * 86400000) * 1000), 2,
  CAST(20 + hash(p.id * 1000 + d) % 60 AS DECIMAL(18,8)), 0, 0, 1
  FROM place p, range(${DAYS}) r(d) WHERE p.kind IN ('township', 'zone') ORDER BY d, p.id`);
await sql.run(
  "CREATE TEMP TABLE every AS SELECT DISTINCT place, indicator, CAST(epoch_ms(start) // 86400000 + 1 AS INTEGER) AS day FROM reading",
);
await recomputeDaily(store, "every");
await sql.run(
  "INSERT INTO batch SELECT i, now(), 'ingest', NULL, 'bench', '', 'cell', 0, '', NULL, NULL, 0,0,0,0,0,0,0,0 FROM range(1, 4) t(i)",
);

const { places } = await store.places();
const city = places[0];
if (city === undefined) throw new Error("no city");
const period = monthOf(2026, 9);
const ask = (daily?: string) =>
  rankPlaces(store, {
    indicator: statIndicator("pm25"),
    among: city,
    kind: "township",
    order: "worst",
    period,
    policies: DEFAULT_POLICIES,
    today: FIRST + DAYS,
    daily,
  });
/** The same answer by hand: exact means, half to even, competition ranks from both ends. */
const byHand = () =>
  sql.rows(`WITH m AS (SELECT place, count(*) AS n, sum(total * (${LCM} // d.n)) AS num FROM daily d
      WHERE indicator = ${PM25} AND day BETWEEN ${period.first} AND ${period.last} AND (span = 2 OR d.n >= 20) GROUP BY place),
    v AS (SELECT place, n, num / (n * ${LCM}::HUGEINT) AS mean FROM m WHERE n >= 27),
    r AS (SELECT *, round_even(mean::DOUBLE, 0) AS rounded FROM v)
    SELECT r.*, p.name, p.code, rank() OVER (ORDER BY rounded DESC) AS worst, rank() OVER (ORDER BY rounded) AS best
    FROM r JOIN place p ON p.id = r.place ORDER BY worst, place`);

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let k = 0; k < RUNS; k++) {
    const from = performance.now();
    await work();
    times.push(performance.now() - from);
  }
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
}

const cold = performance.now();
const first = await ask();
const coldTime = performance.now() - cold;
if (first.n === 0) throw new Error("nothing was ranked");
const warm = await median(() => ask());
const hand = await median(byHand);
// One late hour: the day of one township is computed again, and the ranking with it.
const late = await median(async () => {
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE late AS SELECT ${first.all[0]?.item.place.id} AS place, ${PM25} AS indicator, ${period.first} AS day`,
  );
  await sql.transaction(() => recomputeDaily(store, "late"));
  await ask();
});
await sql.run(
  `UPDATE reading SET value = value + 1, batch = 3 WHERE place < 100 AND start >= make_timestamp(${dayStart(period.first)}000)`,
);
await sql.run(
  "INSERT INTO history SELECT place, indicator, start, span, value - 1, flag, grade, 1, 3 FROM reading WHERE batch = 3",
);
const asOf = async () => ask(await stateAt(store, 2).dailyOf(period));
const firstThen = await median(async () => {
  await sql.run(`DROP TABLE IF EXISTS temp.daily_at_2_${period.first}_${period.last}`);
  await asOf();
});
const then = await median(asOf);

const line = (job: string, ms: number, ratio: number | undefined) =>
  console.log([job, ms.toPrecision(3), ratio === undefined ? "" : ratio.toPrecision(3)].join(","));
console.log("job,ms,ratio to SQL by hand");
line("rank: a month of 349 townships, warm", warm, warm / hand);
line("rank: the same by hand in SQL", hand, 1);
line("rank: first question of a process", coldTime, undefined);
line("rank: after one late hour", late, late / hand);
line("rank: as of an earlier batch, the first question about it", firstThen, firstThen / warm);
line("rank: as of an earlier batch, again", then, then / warm);
line("store: making an empty one", opened, undefined);
await store.close();
await rm(dir, { recursive: true, force: true });
