/**
 * The ranking page of a served store under load: at a fixed rate for a minute while a large import runs, then flat out.
 *
 * Makes a store with 349 townships and half a year of days (made-up numbers) and a large file to take in, serves it from
 * a process of its own, and asks from here: both share the machine. The rate is kept whatever the answers do, and an
 * answer's time counts from when it was due, so that a stalled server cannot hide. Run with `npx tsx bench/server.ts`;
 * `--seconds N` for a shorter look.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, get } from "node:http";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { recomputeDaily } from "../src/analysis/daily.ts";
import { seedPlaces } from "../src/cli/seeds.ts";
import { dayStart, dayText, parseDay } from "../src/domain/time.ts";
import { openStore } from "../src/store/open.ts";
import { announcedServer } from "../src/store/server-file.ts";

const BIN = resolve(import.meta.dirname, "../bin/duibiao.mjs");
const FIRST = parseDay("2024-01-01");
const DAYS = 180;
const IMPORTED_DAYS = 366;
const TSP = 7;
const RATE = 300;
const FLAT_OUT_SECONDS = 10;
const CONNECTIONS = 20;
const PATH = "/rank?indicator=tsp&period=2024-05";

const asked = process.argv.indexOf("--seconds");
const seconds = asked < 0 ? 60 : Number(process.argv[asked + 1]);

type Measured = { readonly times: number[]; errors: number };

async function makeStore(dir: string): Promise<void> {
  const store = await openStore(join(dir, "store"), { create: true, seeds: seedPlaces() });
  const { sql } = store;
  await sql.run(`INSERT INTO reading SELECT p.id, ${TSP}, make_timestamp((${dayStart(FIRST)} + d * 86400000) * 1000), 2,
    CAST(80 + hash(p.id * 1000 + d) % 120 AS DECIMAL(18,8)), 0, 0, 1
    FROM place p, range(${DAYS}) r(d) WHERE p.kind IN ('township', 'zone') ORDER BY d, p.id`);
  await sql.run(
    "CREATE TEMP TABLE every AS SELECT DISTINCT place, indicator, CAST(epoch_ms(start) // 86400000 + 1 AS INTEGER) AS day FROM reading",
  );
  await recomputeDaily(store, "every");
  await sql.run(
    "INSERT INTO batch SELECT 1, now(), 'ingest', NULL, 'bench', '', 'cell', 0, '', NULL, NULL, 0,0,0,0,0,0,0,0",
  );
  await store.setMeta("simulated", "yes");
  const { places } = await store.places();
  const townships = places.filter(({ kind }) => kind === "township" || kind === "zone");
  await store.close();
  const rows = ["place,period,indicator,value,unit,模拟数据"];
  for (let day = 0; day < IMPORTED_DAYS; day++)
    for (const [k, { code }] of townships.entries())
      rows.push(`${code},${dayText(FIRST - IMPORTED_DAYS + day)},pm25,${20 + ((day * 7 + k) % 80)},µg/m³,`);
  await writeFile(join(dir, "large.csv"), `${rows.join("\n")}\n`);
  console.log(`store: ${townships.length} townships × ${DAYS} days; file to take in: ${rows.length - 1} rows`);
}

async function serveStore(dir: string): Promise<{ readonly server: ChildProcess; readonly url: string }> {
  const server = spawn(process.execPath, [BIN, "serve", "--port", "0", "--store", join(dir, "store")]);
  server.stderr?.pipe(process.stderr);
  for await (const line of createInterface({ input: server.stdout ?? process.stdin })) {
    const url = /http:\S+\//.exec(line)?.[0];
    if (url !== undefined) return { server, url };
  }
  throw new Error("the server did not start");
}

/** Has the server take a file in, as a command of this machine would. @returns the exit code */
async function importThrough(dir: string, file: string): Promise<number> {
  const running = await announcedServer(join(dir, "store"));
  if (running === undefined) throw new Error("the server did not announce itself");
  const response = await fetch(new URL("local/run", running.url), {
    method: "POST",
    headers: { authorization: `Local ${running.token}`, "content-type": "application/json" },
    body: JSON.stringify({ args: ["ingest", "township", file] }),
  });
  const last = (await response.text()).trim().split("\n").at(-1) ?? "{}";
  return (JSON.parse(last) as { exit?: number }).exit ?? 3;
}

/** One question over a kept connection. @returns whether it was answered with 200 */
function ask(url: URL, agent: Agent): Promise<boolean> {
  return new Promise((done) => {
    get(url, { agent, headers: { "accept-encoding": "gzip" } }, (response) => {
      response.resume().on("end", () => done(response.statusCode === 200));
      response.on("error", () => done(false));
    }).on("error", () => done(false));
  });
}

/** Asks at a fixed rate until `over`; a question's time counts from when it was due. */
async function atRate(url: URL, over: () => boolean): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  const measured: Measured = { times: [], errors: 0 };
  const open: Promise<void>[] = [];
  const begun = performance.now();
  for (let k = 0; !over(); k++) {
    const due = begun + (k * 1000) / RATE;
    const early = due - performance.now();
    if (early > 1) await sleep(early);
    open.push(
      ask(url, agent).then((good) => {
        measured.times.push(performance.now() - due);
        if (!good) measured.errors += 1;
      }),
    );
  }
  await Promise.all(open);
  agent.destroy();
  return measured;
}

async function flatOut(url: URL, until: number): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const measured: Measured = { times: [], errors: 0 };
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < until) {
        const begun = performance.now();
        if (!(await ask(url, agent))) measured.errors += 1;
        measured.times.push(performance.now() - begun);
      }
    }),
  );
  agent.destroy();
  return measured;
}

function said({ times, errors }: Measured): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, slowest ${at(1)} ms, ${times.length} answers, ${errors} errors`;
}

const dir = await mkdtemp(join(tmpdir(), "duibiao-bench-"));
await makeStore(dir);
const { server, url } = await serveStore(dir);
try {
  const page = new URL(PATH, url);
  await ask(page, new Agent());
  const load = () =>
    loadavg()
      .map((one) => one.toFixed(1))
      .join(" ");
  console.log(`load average before: ${load()}`);
  const until = performance.now() + seconds * 1000;
  const imports = (async () => {
    let count = 0;
    while (performance.now() < until) {
      const exit = await importThrough(dir, join(dir, "large.csv"));
      if (exit !== 0) throw new Error(`an import ended with ${exit}`);
      count += 1;
    }
    return count;
  })();
  const steady = await atRate(page, () => performance.now() >= until);
  console.log(`${RATE} requests/s for ${seconds} s while imports run (${await imports} of them): ${said(steady)}`);
  const quiet = await atRate(
    page,
    (
      (end) => () =>
        performance.now() >= end
    )(performance.now() + FLAT_OUT_SECONDS * 1000),
  );
  console.log(`${RATE} requests/s for ${FLAT_OUT_SECONDS} s, nothing else: ${said(quiet)}`);
  const flat = await flatOut(page, performance.now() + FLAT_OUT_SECONDS * 1000);
  console.log(
    `flat out, ${CONNECTIONS} connections: ${Math.round(flat.times.length / FLAT_OUT_SECONDS)} requests/s, ${said(flat)}`,
  );
  console.log(`load average after: ${load()}`);
} finally {
  server.kill("SIGTERM");
  await once(server, "exit");
  await rm(dir, { recursive: true, force: true });
}
