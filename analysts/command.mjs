// duibiao's own command line is the only door: figures come out computed and checked, the store is never opened here.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../bin/duibiao.mjs", import.meta.url));
const MOST_OUTPUT = 1 << 30;

/** Runs one command with `--json`. @returns what it printed @throws Error with duibiao's own words */
export function ask(store, ...words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...words, "--store", store, "--json"], {
    encoding: "utf8",
    maxBuffer: MOST_OUTPUT,
  });
  if (status === 2 || status === 3 || stdout.trim() === "") throw new Error(stderr.trim() || `exit ${status}`);
  return JSON.parse(stdout);
}

/** The rows of an exported table: arrays of texts by column name. */
export function exported(store, table, ...words) {
  const dir = mkdtempSync(join(tmpdir(), "duibiao-export-"));
  try {
    const out = join(dir, "table.csv");
    ask(store, "export", "csv", table, "--out", out, ...words);
    const [head = "", ...lines] = readFileSync(out, "utf8").trimEnd().split("\n");
    const names = cells(head);
    return lines.map((line) => Object.fromEntries(cells(line).map((text, k) => [names[k], text])));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** One CSV line; cells may be quoted, as DuckDB writes them. */
function cells(line) {
  const found = [];
  const pattern = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;
  for (const [, quoted, plain] of line.matchAll(pattern)) found.push(quoted?.replaceAll('""', '"') ?? plain);
  return found;
}
