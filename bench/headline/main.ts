/**
 * The headline job beside what people would use instead: hourly values of 50 stations × 6 pollutants → daily values of
 * 20 hours and more, MDA8 with its rules, annual means and percentiles, over one and five years.
 *
 *     npx tsx bench/headline/main.ts [years …] [--stations N] [--without PEER] [--results FILE]
 *
 * Each side runs in a process of its own, so that its memory is its own. Results are compared first; only sides that are
 * not installed (R with openair, pandas, the analysts' packages) are left out, by name. Loading is timed apart: duibiao's
 * checks every cell and keeps originals, accounts and history, the others parse one table.
 */
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeInput } from "./data.ts";
import { difference, type PeerResult } from "./result.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const here = (name: string): string => join(root, "bench", "headline", name);
/** Installed with the analysts' REPL, not with the product: `npm ci` in `analysts/`. */
const analyst = (name: string): string => join(root, "analysts", "peers", name);
const tsx = join(root, "node_modules", "tsx", "dist", "cli.mjs");
/** A peer that needs longer than this is stopped, and the table says so. */
const PATIENCE_MS = 300_000;
/** duibiao's time is the best of this many runs, and so is every peer's that answers within seconds. */
const RUNS = 3;
const SHORT_MS = 20_000;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    stations: { type: "string", default: "50" },
    results: { type: "string" },
    without: { type: "string", multiple: true, default: [] },
  },
});
const stations = Number(options.stations);
const FIRST_YEAR = 2019;

type Side = { readonly name: string; readonly command: string; readonly args: (at: Paths) => readonly string[] };
type Paths = { readonly archive: string; readonly table: string; readonly dir: string; readonly years: number };

const OURS: Side = {
  name: "duibiao",
  command: process.execPath,
  args: ({ archive, dir, years }) => [
    tsx,
    here("ours.ts"),
    archive,
    join(dir, `store-${Math.random().toString(36).slice(2)}`),
    `${stations}`,
    `${FIRST_YEAR}`,
    `${years}`,
  ],
};
const PEERS: readonly Side[] = [
  {
    name: "DuckDB SQL",
    command: process.execPath,
    args: ({ table, dir }) => [
      tsx,
      here("peer-sql.ts"),
      table,
      join(dir, `${Math.random().toString(36).slice(2)}.duckdb`),
    ],
  },
  { name: "pandas", command: "/usr/bin/python3", args: ({ table }) => [here("peer-pandas.py"), table] },
  { name: "openair", command: "Rscript", args: ({ table }) => [here("peer-openair.R"), table] },
  {
    name: "arquero",
    command: process.execPath,
    args: ({ table }) => ["--max-old-space-size=8000", analyst("arquero.mjs"), table],
  },
  {
    name: "danfojs (means only)",
    command: process.execPath,
    args: ({ table }) => ["--max-old-space-size=8000", analyst("danfojs.mjs"), table],
  },
];

function run(side: Side, at: Paths): PeerResult | string {
  let best: PeerResult | undefined;
  for (let k = 0; k < RUNS; k++) {
    const { stdout, status, error } = spawnSync(side.command, side.args(at), {
      encoding: "utf8",
      timeout: PATIENCE_MS,
      stdio: ["ignore", "pipe", "ignore"],
    });
    if (error !== undefined && "code" in error && error.code === "ETIMEDOUT")
      return `stopped after ${PATIENCE_MS / 1000} s`;
    const line = stdout?.trim().split("\n").at(-1) ?? "";
    if (status !== 0 || !line.startsWith("{")) return "not installed here, or failed";
    const found = JSON.parse(line) as PeerResult;
    if (best === undefined || found.jobMs < best.jobMs) best = found;
    if (found.jobMs + found.loadMs > SHORT_MS) break;
  }
  return best ?? "did not run";
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const wanted = positionals.length === 0 ? [1, 5] : positionals.map(Number);
for (const years of wanted) {
  const dir = mkdtempSync(join(tmpdir(), "duibiao-headline-"));
  try {
    const { values, archive, table } = writeInput({ stations, firstYear: FIRST_YEAR, years }, dir);
    console.log(`\n${stations} stations × 6 pollutants × ${years} year(s): ${values.toLocaleString("en-US")} values`);
    const at = { archive, table, dir, years };
    const ours = run(OURS, at);
    if (typeof ours === "string") throw new Error(`duibiao: ${ours}`);
    const rows: (readonly string[])[] = [
      ["duibiao", seconds(ours.jobMs), "×1", seconds(ours.loadMs), `${ours.memoryMb.toFixed(0)} MB`, ours.version],
    ];
    for (const peer of PEERS.filter(({ name }) => !options.without.some((word) => name.startsWith(word)))) {
      const theirs = run(peer, at);
      if (typeof theirs === "string") {
        rows.push([peer.name, theirs, "", "", "", ""]);
        continue;
      }
      const apart = difference(ours, theirs);
      console.log(`check: ${peer.name}: ${apart === undefined ? "equal" : `DIFFERENT, ${apart}`}`);
      rows.push([
        peer.name,
        seconds(theirs.jobMs),
        `×${(theirs.jobMs / ours.jobMs).toFixed(2)}`,
        seconds(theirs.loadMs),
        `${theirs.memoryMb.toFixed(0)} MB`,
        theirs.version,
      ]);
      if (options.results !== undefined && existsSync(options.results)) {
        const date = new Date().toISOString().slice(0, 10);
        const cells = [
          date,
          `headline of ${years} year(s)`,
          ours.jobMs.toFixed(0),
          theirs.version,
          theirs.jobMs.toFixed(0),
        ];
        appendFileSync(options.results, `${cells.join(";")}\n`);
      }
    }
    const head = ["side", "job", "times ours", "loading", "peak memory", "version"];
    const widths = head.map((word, k) => Math.max(word.length, ...rows.map((row) => row[k]?.length ?? 0)));
    for (const row of [head, ...rows]) console.log(row.map((cell, k) => cell.padEnd(widths[k] ?? 0)).join("  "));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
