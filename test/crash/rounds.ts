/**
 * Kill −9 at random moments, many times: of a process that works on a store, of one that takes large batches in by
 * slices, of one that moves an old store up, of one that keeps its readings in InfluxDB (or of the InfluxDB), of one that
 * serves pages while it works.
 *
 * After each kill the store is opened as the next process would: `doctor` must be clean, everything acknowledged must be
 * there, the step that was under way must be done whole or not at all, and no file be left that nothing names.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededDraws, seedOf } from "../../src/analysis/seeded.ts";
import { openStore } from "../../src/store/open.ts";
import { type InfluxServer, influxServer } from "../influx/server.ts";
import { oldStores } from "../store/old-stores.ts";
import { bundledVictim } from "./bundle.ts";
import { LANES, type Lane, type LaneName } from "./lanes.ts";
import { backupFault, clearBackups, fits, look } from "./look.ts";
import { type Model, moved, type Orders, type Said, type Step } from "./model.ts";
import { type Victim, victim } from "./process.ts";
import { reader } from "./reader.ts";
import { references } from "./references.ts";
import { STATION_SEEDS } from "./source-files.ts";

export type Round = {
  readonly lane: LaneName;
  readonly killed: "duibiao" | "influxd" | "nobody";
  /** What was under way, if anything. */
  readonly step: Step | "between steps" | "opening";
  /** `broken`: neither, or something else was wrong. */
  readonly outcome: "before" | "after" | "broken";
  /** Whether slices of a large batch lay beside the database: the kill fell into the middle of one. */
  readonly sliced: boolean;
  /** What was wrong; nothing, when all promises held. */
  readonly wrong: readonly string[];
};

/** A store is made anew after so many rounds: a long history only makes the looking slower. */
const ROUNDS_A_STORE = 25;
/** The first kills come within this; later ones within a few steps' own time. */
const FIRST_WINDOW_MS = 1000;
const STEPS_A_WINDOW = 4;
/** An acknowledged backup is restored in one of so many rounds; one that was under way always. */
const RESTORED_ONE_IN = 5;

const EMPTY: Model = { level: 0, batches: [], published: 0, accounts: 0, engine: "duckdb" };

export type Campaign = {
  readonly rounds: number;
  readonly lanes: readonly LaneName[];
  /** Draws lanes, steps and moments: round k of the same seed draws the same. */
  readonly seed?: number;
  readonly report?: (round: Round, number: number) => void;
  /** Ends the campaign after the round under way. */
  readonly stop?: AbortSignal;
  /** Folder where stores that failed are kept for looking at, by round. */
  readonly keep?: string;
};

const SEEDS = 1_000_000;

/** Goes on after a round that broke a promise, on a new store. @returns what was done and what was wrong */
export async function crashCampaign({
  rounds,
  lanes,
  seed = Math.floor(Math.random() * SEEDS),
  report,
  keep,
  stop,
}: Campaign): Promise<readonly Round[]> {
  const dir = mkdtempSync(join(tmpdir(), "crash-"));
  const known = await references(dir);
  const bundle = await bundledVictim();
  const old = oldStores();
  const server = lanes.includes("influx") ? await influxServer() : undefined;
  const backups = join(dir, "backups");
  mkdirSync(backups);
  const windows = new Map<LaneName, number>();
  const stands = new Map<LaneName, { readonly dir: string; model: Model; rounds: number }>();
  const done: Round[] = [];
  const sourceArgs = ["--import", "tsx", join(import.meta.dirname, "victim.ts")];
  const start = (lane: Lane): Victim => victim(lane.name === "serve" ? sourceArgs : [bundle]);
  const chosen = LANES.filter(({ name }) => lanes.includes(name));
  const total = chosen.reduce((sum, { share }) => sum + share, 0);
  const laneOf = (round: number): Lane => {
    let at = seededDraws(seedOf(seed, round, "lane"))() * total;
    for (const lane of chosen) {
      at -= lane.share;
      if (at < 0) return lane;
    }
    return chosen[0] as Lane;
  };
  let made = 0;
  const standOf = async (lane: Lane, random: () => number) => {
    const held = stands.get(lane.name);
    if (held !== undefined && held.rounds < ROUNDS_A_STORE && lane.name !== "migrate") return held;
    if (held !== undefined) rmSync(held.dir, { recursive: true, force: true });
    made += 1;
    const fresh = { dir: join(dir, `store-${made}`), model: EMPTY, rounds: 0 };
    if (lane.name === "migrate") await old[Math.floor(random() * old.length)]?.into(fresh.dir);
    else if (lane.name === "influx") fresh.model = { ...EMPTY, engine: await influxStore(fresh.dir, server, made) };
    else cpSync(known.empty, fresh.dir, { recursive: true });
    stands.set(lane.name, fresh);
    return fresh;
  };

  let lane = laneOf(0);
  let next = start(lane);
  try {
    while (done.length < rounds && stop?.aborted !== true) {
      const number = done.length;
      const random = seededDraws(seedOf(seed, number));
      const stand = await standOf(lane, random);
      const { model } = stand;
      const orders: Orders = {
        dir: stand.dir,
        sources: known.sources,
        backups,
        steps: lane.steps,
        model,
        serve: lane.name === "serve",
        sizes: lane.sizes,
        seed: seedOf(seed, number, "steps"),
      };
      const running = next;
      await running.go(orders);
      const from = performance.now();
      const reading = lane.name === "serve" ? await reader(running, known.answers) : undefined;
      const window = windows.get(lane.name) ?? FIRST_WINDOW_MS;
      const which = lane;
      // The next victim loads while this one works.
      lane = laneOf(number + 1);
      next = start(lane);
      const died =
        which.name === "migrate" ? running.hears(({ what }) => what === "end") : new Promise<void>(() => undefined);
      await Promise.race([new Promise((resolve) => setTimeout(resolve, random() * window)), died]);
      const struckServer = server !== undefined && which.name === "influx" && random() < 1 / 2;
      if (struckServer) await strike(server, running);
      const alive = await running.kill();
      await reading?.stop();
      const story = tell(model, running.said);
      const wrong = [...(reading?.faults() ?? [])];
      // Nothing stands in a step's way but the kill; an InfluxDB on a busy machine may take too long.
      if (which.name !== "influx")
        wrong.push(...running.said.flatMap((said) => (said.what === "failed" ? [`${said.step}: ${said.reason}`] : [])));
      let outcome: Round["outcome"] = "before";
      const sliced = readdirSync(stand.dir).some((name) => name.startsWith("stage-"));
      try {
        if (which.name === "migrate") wrong.push(...(await migratedFaults(stand.dir, known.migrated)));
        else {
          const left = await look(stand.dir);
          wrong.push(...left.faults);
          if (fits(left, story.after, known.digests)) outcome = "after";
          else if (!fits(left, story.before, known.digests)) wrong.push(`between: ${JSON.stringify({ left, story })}`);
          stand.model = { ...(outcome === "after" ? story.after : story.before), batches: left.batches };
        }
        for (const { file, level, acknowledged } of story.backups) {
          if (existsSync(file) && (!acknowledged || random() < 1 / RESTORED_ONE_IN)) {
            wrong.push(...[await backupFault(file, known.digests[level])].filter((one) => one !== undefined));
          } else if (acknowledged && !existsSync(file)) wrong.push(`${file} was acknowledged and is not there`);
        }
      } catch (error) {
        wrong.push(`what was left cannot be looked at: ${error instanceof Error ? error.message : String(error)}`);
      }
      clearBackups(backups);
      if (wrong.length > 0) {
        outcome = "broken";
        wrong.push(`${JSON.stringify(running.said.slice(-4))} ${running.errors().slice(0, 500)}`);
        if (keep !== undefined) cpSync(stand.dir, join(keep, `round-${number}`), { recursive: true });
        // The next round of this lane starts from a store of its own.
        stand.rounds = ROUNDS_A_STORE;
      }
      stand.rounds += 1;
      const steps = running.said.filter(({ what }) => what === "end").length;
      const took = performance.now() - from;
      windows.set(
        which.name,
        nextWindow(window, which.name === "migrate" ? (alive ? undefined : took) : took / (steps + 1)),
      );
      const round: Round = {
        lane: which.name,
        killed: struckServer ? "influxd" : alive ? "duibiao" : "nobody",
        step: story.step,
        outcome,
        sliced,
        wrong,
      };
      done.push(round);
      report?.(round, done.length);
    }
    return done;
  } finally {
    await next.kill();
    await server?.stop();
    rmSync(dir, { recursive: true, force: true });
    rmSync(bundle, { force: true });
  }
}

/** Follows the machine's speed: a window of a few steps, or a little more than a whole migration. */
function nextWindow(window: number, stepMs: number | undefined): number {
  const wanted = stepMs === undefined ? window * 1.1 : stepMs * STEPS_A_WINDOW;
  const SLOWLY = 0.6;
  return Math.min(Math.max(window * SLOWLY + Math.min(wanted, window * 3) * (1 - SLOWLY), 100), 4000);
}

/** Kills the server, starts it again, and lets the step under way come to its end, good or bad. */
async function strike(server: InfluxServer, running: Victim): Promise<void> {
  const begun = running.said.filter(({ what }) => what === "begin").length;
  await server.kill();
  await server.start();
  const ended = (): boolean => running.said.filter(({ what }) => what === "end" || what === "failed").length >= begun;
  await running.hears(ended);
}

type Story = {
  readonly before: Model;
  readonly after: Model;
  readonly step: Round["step"];
  readonly backups: readonly { readonly file: string; readonly level: number; readonly acknowledged: boolean }[];
};

/** What a victim said it had done, and was doing. */
function tell(model: Model, said: readonly Said[]): Story {
  let before = model;
  let under: Step | undefined;
  let failed: Step | undefined;
  const backups: { file: string; level: number; acknowledged: boolean }[] = [];
  for (const one of said) {
    if (one.what === "begin") {
      under = one.step;
      if (one.file !== undefined) backups.push({ file: one.file, level: before.level, acknowledged: false });
    } else if (one.what === "end") {
      before = moved(before, one.step, one.batch);
      const last = backups.at(-1);
      if (one.step === "backup" && last !== undefined) last.acknowledged = true;
      under = undefined;
    } else if (one.what === "failed") failed = one.step;
  }
  const opened = said.some(({ what }) => what !== "ready");
  const after = under === undefined ? before : moved(before, under);
  return { before, after, step: failed ?? under ?? (opened ? "between steps" : "opening"), backups };
}

async function migratedFaults(dir: string, core: string): Promise<readonly string[]> {
  const left = await look(dir);
  return [...left.faults, ...(left.core === core ? [] : [`a store that moved up holds ${left.core}, not ${core}`])];
}

async function influxStore(dir: string, server: InfluxServer | undefined, number: number): Promise<"influxdb"> {
  if (server === undefined) throw new Error("no InfluxDB");
  await server.command(`CREATE DATABASE crash${number} WITH DURATION INF REPLICATION 1 SHARD DURATION 52w`);
  mkdirSync(dir);
  writeFileSync(
    join(dir, "store.yaml"),
    `readings:\n  engine: influxdb\n  url: ${server.url}\n  database: crash${number}\n  timeout: 5\n`,
  );
  await (await openStore(dir, { create: true, seeds: STATION_SEEDS })).close();
  return "influxdb";
}
