/**
 * `npm run soak [days]`: simulated days (730 unless told) at high speed in one process that serves, pulls and answers.
 *
 * Each day the clock moves on, a local server gives the day's file (and, asked again, another value for an hour of the
 * days before), pages are read by three readers at once, one day in thirty an older file is undone and taken again, and
 * each month the district's briefing is typeset. Each month it writes down memory after a collection, open files, the
 * size of the store and how long a day took; at the end it holds them: memory and open files flat after the warm-up,
 * the store growing no faster than at first, doctor clean. Needs `--expose-gc`, which the npm script gives.
 *
 * Memory is told in parts, because each has its own reason to grow: JavaScript's heap; buffers, which are the cache of
 * pages and end at its 64 MB; DuckDB, which keeps what is not checkpointed until its log has 16 MB; and the rest,
 * where the typesetter's first briefings leave the allocator its largest size. What lies in memory by kind of mapping
 * (programs and libraries, the C allocator's heap, other anonymous memory) tells where the rest grows, and what is left
 * when server and store are closed tells whose it was.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseSources } from "../ingest/sources/config.ts";
import { runSource } from "../ingest/sources/run.ts";
import { undoBatch } from "../ingest/undo.ts";
import { examine } from "../src/analysis/doctor.ts";
import { makeDistrictBriefing } from "../src/cli/briefing-district.ts";
import { seedPlaces } from "../src/cli/seeds.ts";
import { monthOf } from "../src/domain/period.ts";
import { dayParts, dayStart, dayText, parseDay } from "../src/domain/time.ts";
import { listen } from "../src/server/listen.ts";
import { openStore } from "../src/store/open.ts";

const DAYS = Number(process.argv[2] ?? 730);
const FIRST = parseDay("2024-01-01");
const STATIONS = ["东四", "天坛", "官园", "万寿西宫", "奥体中心", "农展馆", "古城", "云岗"];
const TYPES = ["PM2.5", "PM10", "SO2", "NO2", "CO", "O3"];
const PAGES = ["/", "/rank?indicator=pm25&kind=station", "/targets"];
const EVENING_MS = 20 * 3_600_000;
const MB = 2 ** 20;

const dir = mkdtempSync(join(tmpdir(), "duibiao-soak-"));
let asked = 0;
/** A day's file as it stands at the moment: hour 5 changes its value when the file is asked for again. */
const source = createServer((request, response) => {
  const [, yyyymmdd = ""] = /(\d{8})\.csv/.exec(request.url ?? "") ?? [];
  asked += 1;
  const lines = [`date,hour,type,${STATIONS.join(",")}`];
  for (let hour = 0; hour < 24; hour++)
    for (const [k, type] of TYPES.entries()) {
      const late = hour === 5 ? asked % 7 : 0;
      const cells = STATIONS.map((_, s) =>
        type === "CO" ? (5 + ((hour + s) % 9)) / 10 : 15 + late + ((hour * 7 + s * 3 + k * 11 + Number(yyyymmdd)) % 60),
      );
      lines.push(`${yyyymmdd},${hour},${type},${cells.join(",")}`);
    }
  response.writeHead(200, { "content-type": "text/csv" }).end(`${lines.join("\n")}\n`);
});
await new Promise<void>((resolve) => source.listen(0, "127.0.0.1", resolve));
const { port } = source.address() as AddressInfo;

const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
const openFiles = (): number => readdirSync("/proc/self/fd").length;

/** Resident MB by kind of mapping: files, the C allocator's first heap, everything else. */
function mappings(): { readonly files: number; readonly heap: number; readonly anonymous: number } {
  const found = { files: 0, heap: 0, anonymous: 0 };
  let kind: keyof typeof found = "anonymous";
  for (const line of readFileSync("/proc/self/smaps", "utf8").split("\n")) {
    const head = /^[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \d+ *(.*)$/.exec(line);
    if (head !== null) kind = head[1] === "[heap]" ? "heap" : head[1]?.startsWith("/") ? "files" : "anonymous";
    const resident = /^Rss: +(\d+) kB$/.exec(line);
    if (resident !== null) found[kind] += Number(resident[1]) / 1024;
  }
  return found;
}

/** Memory in words, and what of it nobody accounts for. */
function memoryNow(duckdbMb: number): { readonly restMb: number; readonly heapMb: number; readonly words: string } {
  globalThis.gc?.();
  const { rss, heapTotal, heapUsed, external } = process.memoryUsage();
  const restMb = (rss - heapTotal - external) / MB - duckdbMb;
  const { files, heap, anonymous } = mappings();
  const whole = (mb: number): string => mb.toFixed(0);
  return {
    restMb,
    heapMb: heapUsed / MB,
    words: `${whole(rss / MB)} MB (JavaScript ${whole(heapUsed / MB)} of ${whole(heapTotal / MB)}, buffers ${whole(external / MB)}, DuckDB ${whole(duckdbMb)}, rest ${whole(restMb)}; by mapping: files ${whole(files)}, heap ${whole(heap)}, anonymous ${whole(anonymous)})`,
  };
}

type Mark = {
  readonly day: number;
  /** The process without JavaScript's heap, buffers and what DuckDB accounts for. */
  readonly restMb: number;
  readonly heapMb: number;
  readonly files: number;
  readonly storeMb: number;
  readonly dayMs: number;
};

/** Least squares: what a quantity grows by in a day, and how far from the line it lies at most. */
function lineOf(marks: readonly Mark[], of: (mark: Mark) => number): { readonly perDay: number; readonly off: number } {
  const n = marks.length;
  const [mx, my] = [marks.reduce((sum, one) => sum + one.day, 0) / n, marks.reduce((sum, one) => sum + of(one), 0) / n];
  const perDay =
    marks.reduce((sum, one) => sum + (one.day - mx) * (of(one) - my), 0) /
    marks.reduce((sum, one) => sum + (one.day - mx) ** 2, 0);
  return { perDay, off: Math.max(...marks.map((one) => Math.abs(of(one) - my - perDay * (one.day - mx)))) };
}

const marks: Mark[] = [];
const failures: string[] = [];
let clock = dayStart(FIRST) + EVENING_MS;
const now = (): Date => new Date(clock);
const store = await openStore(join(dir, "store"), { create: true, seeds: seedPlaces() });
try {
  const [pull] = parseSources(
    `sources:\n  - name: air\n    kind: http\n    format: quotsoft\n    url: http://127.0.0.1:${port}/beijing_all_{yyyymmdd}.csv\n    overlapDays: 2\n`,
    "sources.yaml",
  );
  if (pull === undefined) throw new Error("no source");
  const server = await listen(store, { host: "127.0.0.1", port: 0, now, readOnlyDemo: true });
  const district = (await store.places()).places.find((place) => place.code === "110105");
  if (district === undefined) throw new Error("no district");
  const effects = { now, sleep: async () => {}, random: () => 0.5 };
  let spent = 0;
  for (let k = 0; k < DAYS; k++) {
    const day = FIRST + k;
    clock = dayStart(day) + EVENING_MS;
    const started = performance.now();
    const [run, ...answers] = await Promise.all([
      runSource(store, pull, effects),
      ...PAGES.map(async (page) => {
        const answer = await fetch(new URL(page, server.url));
        await answer.text();
        return answer.status;
      }),
    ]);
    if (run?.outcome !== "done") failures.push(`${dayText(day)}: pull ${run?.outcome} ${run?.detail}`);
    for (const status of answers) if (status !== 200) failures.push(`${dayText(day)}: page ${status}`);
    if (k % 30 === 29) {
      const { id } = await store.sql.one<{ id: number }>("SELECT max(id) AS id FROM batch");
      await undoBatch(store, id, now());
      await runSource(store, pull, effects);
    }
    spent += performance.now() - started;
    const next = dayParts(day + 1);
    if (next.day !== 1) continue;
    const { year, month } = dayParts(day);
    await makeDistrictBriefing(store, {
      place: district,
      period: monthOf(year, month),
      today: day - 1,
      now: now(),
      out: join(dir, "briefings"),
    });
    const { bytes } = await store.sql.one<{ bytes: bigint }>(
      "SELECT sum(memory_usage_bytes)::BIGINT AS bytes FROM duckdb_memory()",
    );
    const { words, ...memory } = memoryNow(Number(bytes) / MB);
    const mark = {
      day: k + 1,
      ...memory,
      files: openFiles(),
      storeMb: sizeOf(join(dir, "store")) / MB,
      dayMs: spent / (k + 1),
    };
    marks.push(mark);
    console.log(
      `${dayText(day)}: memory ${words}, open files ${mark.files}, store ${mark.storeMb.toFixed(1)} MB, a day ${mark.dayMs.toFixed(0)} ms`,
    );
  }
  await server.close();
  for (const finding of await examine(store)) if (!finding.ok) failures.push(`${finding.zh}: ${finding.detail}`);
} finally {
  await store.close();
  console.log(`closed: memory ${memoryNow(0).words}`);
  source.closeAllConnections();
  source.close();
  rmSync(dir, { recursive: true, force: true });
}

const [first, second] = [marks.slice(0, Math.ceil(marks.length / 2)), marks.slice(Math.floor(marks.length / 2))];
const last = marks.at(-1);
if (second.length >= 3 && last !== undefined) {
  for (const [what, of, most] of [
    ["JavaScript's heap", (mark: Mark) => mark.heapMb, 30],
    ["the rest of the memory", (mark: Mark) => mark.restMb, 60],
  ] as const) {
    const line = lineOf(second, of);
    console.log(
      `${what} after the warm-up: ${(line.perDay * 365).toFixed(1)} MB a year, at most ${line.off.toFixed(0)} MB off that line`,
    );
    if (line.perDay * 365 > most) failures.push(`${what} grows by more than ${most} MB a year`);
  }
  const files = second[0]?.files ?? 0;
  if (last.files > files + 4) failures.push(`open files grew from ${files} to ${last.files}`);
  // Compaction makes the store smaller at times: that is no fault, only growing faster than at first is.
  const { perDay } = lineOf(first, (mark) => mark.storeMb);
  const from = first[0] ?? last;
  const expected = from.storeMb + Math.max(0, perDay) * (last.day - from.day);
  console.log(
    `store: ${(perDay * 1024).toFixed(0)} KB a day at first, at the end ${last.storeMb.toFixed(1)} MB, by that ${expected.toFixed(1)} MB`,
  );
  if (last.storeMb > expected * 1.25 + 4) failures.push("the store grows faster than at first");
}
for (const failure of failures) console.error(failure);
console.log(failures.length === 0 ? `${DAYS} days, nothing wrong` : `${failures.length} problems`);
process.exitCode = failures.length === 0 ? 0 : 1;
