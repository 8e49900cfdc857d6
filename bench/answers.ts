/**
 * What the target board and all outlooks cost on a simulated city, warm, in wall and processor time.
 *
 * Needs a demo folder (`duibiao demo --out DIR`). Run with `npx tsx bench/answers.ts DIR 2026-11-23`.
 */
import { join } from "node:path";
import { askedOnce } from "../src/analysis/asked-once.ts";
import { outlookOf } from "../src/analysis/outlook-answer.ts";
import { judgePlans } from "../src/analysis/target-board.ts";
import { plansOfYear } from "../src/cli/plan-targets.ts";
import { seedPlaces } from "../src/cli/seeds.ts";
import { placeFinder, requirePlace } from "../src/domain/place-finder.ts";
import { dayParts, parseDay } from "../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../src/standards/policy.ts";
import { openStore } from "../src/store/open.ts";
import { oneThreadEach } from "../src/store/threads.ts";

const RUNS = 7;
const [folder = "demo", day = ""] = process.argv.slice(2);
const at = parseDay(day);
const store = await openStore(join(folder, "store"), { seeds: seedPlaces() });
await oneThreadEach(store.sql);
const plans = await plansOfYear(dayParts(at).year, store.dir);
const finder = placeFinder(await store.places());

async function measure(job: string, work: () => Promise<unknown>): Promise<void> {
  await work();
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let k = 0; k < RUNS; k++) {
    const from = performance.now();
    await work();
    times.push(performance.now() - from);
  }
  const { user, system } = process.cpuUsage(before);
  const median = times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
  console.log([job, median.toPrecision(3), ((user + system) / 1000 / RUNS).toPrecision(3)].join(","));
}

console.log("job,median ms,processor ms");
await measure("targets: a board of all plans", () => judgePlans(store, { plans, at, policies: DEFAULT_POLICIES }));
await measure("outlook: every target readings decide", async () => {
  const once = askedOnce(store);
  for (const plan of plans) {
    const place = requirePlace(finder, plan.place);
    for (const target of plan.targets.filter((one) => one.decidedBy === "reading")) {
      await outlookOf(once, { target, place, at, policies: DEFAULT_POLICIES });
    }
  }
});
await store.close();
