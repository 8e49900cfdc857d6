/**
 * Killing influxd or duibiao (SIGKILL) at random moments of ingest, undo and copy, many times over one store.
 *
 * After each kill the server is started again and the store opened: `doctor` must be clean, and the content must be
 * what it was before the command or what the command makes of it, never something between.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { examine } from "../../src/analysis/doctor.ts";
import { seedPlaces } from "../../src/cli/seeds.ts";
import { digestOf } from "../../src/store/digest.ts";
import { openStore } from "../../src/store/open.ts";
import { influxServer } from "./server.ts";

const PROGRAM = fileURLToPath(new URL("../../bin/duibiao.mjs", import.meta.url));

/** Kills come within this much more than a whole run took, so that some come too late. */
const MARGIN = 1.1;

const STATIONS = ["东四", "天坛", "官园", "万寿西宫", "奥体中心", "农展馆"];

export type Round = {
  readonly command: "ingest" | "undo" | "copy";
  readonly victim: "duibiao" | "influxd";
  readonly after: number;
  readonly outcome: "before" | "after";
};

type State = { readonly digest: string; readonly engine: string; readonly lastBatch: number | undefined };

/**
 * @param random numbers from 0 to 1
 * @returns what was done and what came of it @throws Error when a round left something between
 */
export async function crashRounds(
  rounds: number,
  random: () => number,
  report: (line: string) => void = () => undefined,
): Promise<readonly Round[]> {
  const dir = await mkdtemp(join(tmpdir(), "crash-"));
  const server = await influxServer();
  const storeDir = join(dir, "store");
  const done: Round[] = [];
  let child: ChildProcess | undefined;
  let said = "";
  try {
    await server.command("CREATE DATABASE crash WITH DURATION INF REPLICATION 1 SHARD DURATION 52w");
    await mkdir(storeDir);
    await writeFile(
      join(storeDir, "store.yaml"),
      `readings:\n  engine: influxdb\n  url: ${server.url}\n  database: crash\n  timeout: 5\n`,
    );
    await writeDays(join(dir, "base"), "2015-01", 12, 0);
    // Corrects the base's last days and goes on after them.
    await writeDays(join(dir, "more"), "2015-01", 24, 1);

    const run = (args: readonly string[]): Promise<number | null> => {
      const started = spawn(process.execPath, [PROGRAM, ...args, "--store", storeDir], {
        stdio: ["ignore", "ignore", "pipe"],
      });
      child = started;
      said = "";
      started.stderr?.on("data", (part: Buffer) => {
        said += part.toString("utf8");
      });
      return new Promise((resolve) => started.once("exit", resolve));
    };
    const look = async (): Promise<State> => {
      const store = await openStore(storeDir, { seeds: seedPlaces() });
      try {
        const findings = (await examine(store)).filter((one) => !one.ok && one.check !== "originals");
        if (findings.length > 0) throw new Error(`doctor: ${JSON.stringify(findings)}`);
        const [last] = await store.sql.rows<{ id: number }>(`SELECT id FROM batch WHERE kind = 'ingest' AND id > 1
          AND id NOT IN (SELECT undoes FROM batch WHERE undoes IS NOT NULL) ORDER BY id DESC LIMIT 1`);
        return { digest: JSON.stringify(await digestOf(store)), engine: store.readings.engine, lastBatch: last?.id };
      } finally {
        await store.close();
      }
    };
    const must = async (args: readonly string[]): Promise<number> => {
      const from = performance.now();
      const code = await run(args);
      if (code !== 0) throw new Error(`duibiao ${args.join(" ")} ended with ${code}: ${said}`);
      return performance.now() - from;
    };
    const ingest = ["ingest", "quotsoft", join(dir, "more")];

    await must(["ingest", "quotsoft", join(dir, "base")]);
    const without = await look();
    const took = { ingest: await must(ingest), undo: 0, copy: 0 };
    let now = await look();
    const withMore = now;
    took.undo = await must(["batch", "undo", String(now.lastBatch)]);
    now = await look();
    if (now.digest !== without.digest) throw new Error("undo does not give back what was there");
    took.copy = await must(["store", "copy", "--to", "duckdb"]);
    now = await look();
    if (now.digest !== without.digest || now.engine !== "duckdb") throw new Error("copy does not keep what was there");

    for (let round = 0; round < rounds; round++) {
      const other = now.engine === "duckdb" ? "influxdb" : "duckdb";
      const possible =
        now.engine === "duckdb"
          ? (["copy"] as const)
          : ([now.lastBatch === undefined ? "ingest" : "undo", "copy"] as const);
      const command = rarest(possible, (one) => done.filter((round) => round.command === one).length);
      const args = { ingest, undo: ["batch", "undo", String(now.lastBatch)], copy: ["store", "copy", "--to", other] }[
        command
      ];
      const goal =
        command === "copy"
          ? { digest: now.digest, engine: other }
          : { digest: command === "ingest" ? withMore.digest : without.digest, engine: now.engine };
      const victim = rarest(
        ["duibiao", "influxd"] as const,
        (one) => done.filter((round) => round.command === command && round.victim === one).length,
      );
      const after = Math.round(random() * took[command] * MARGIN);
      const ended = run(args);
      await new Promise((resolve) => setTimeout(resolve, after));
      if (victim === "duibiao") child?.kill("SIGKILL");
      else {
        await server.kill();
        await server.start();
      }
      await ended;
      const found = await look();
      const isAfter = found.digest === goal.digest && found.engine === goal.engine;
      const isBefore = found.digest === now.digest && found.engine === now.engine;
      report(`${command} on ${now.engine}: ${victim} killed after ${after} ms: ${isAfter ? "after" : "before"}`);
      if (!isAfter && !isBefore) {
        throw new Error(`${command}, ${victim} killed after ${after} ms: ${found.digest} is neither before nor after`);
      }
      done.push({ command, victim, after, outcome: isAfter ? "after" : "before" });
      now = found;
    }
    return done;
  } finally {
    child?.kill("SIGKILL");
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

/** The one that was done least often: so that few rounds, too, cover every command and both victims. */
function rarest<T>(all: readonly [T, ...T[]], times: (one: T) => number): T {
  return all.reduce((least, one) => (times(one) < times(least) ? one : least), all[0]);
}

/** Days of the wide archive format with made-up values. */
async function writeDays(dir: string, month: string, days: number, shift: number): Promise<void> {
  await mkdir(dir);
  for (let day = 1; day <= days; day++) {
    const date = `${month.replace("-", "")}${String(day).padStart(2, "0")}`;
    const lines = [`date,hour,type,${STATIONS.join(",")}`];
    for (let hour = 0; hour < 24; hour++) {
      for (const [item, type] of ["PM2.5", "PM10", "SO2", "NO2", "O3"].entries()) {
        const values = STATIONS.map((_, k) => ((day * 7 + hour * 3 + item * 11 + k * 5) % 180) + (day > 6 ? shift : 0));
        lines.push(`${date},${hour},${type},${values.join(",")}`);
      }
    }
    await writeFile(join(dir, `beijing_all_${date}.csv`), `${lines.join("\n")}\n`);
  }
}
