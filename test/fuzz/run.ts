/**
 * Mutated files through the whole pipeline. It never crashes, the account always adds up, and rows nobody touched keep
 * their values. A failure names its seed: `npm run fuzz -- --seed N --rows 1` makes it again.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeXlsx } from "hucre";
import { type BatchResult, ingestPath } from "../../ingest/pipeline.ts";
import { addAccounts, addsUp } from "../../src/domain/account.ts";
import { Fault } from "../../src/domain/faults.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { FUZZ_CASES, type FuzzCase, type Known } from "./cases.ts";
import { mutateBytes, mutateRow } from "./mutate.ts";
import { type Random, random } from "./random.ts";

const NOW = new Date("2026-01-01T00:00:00Z");

type Made = {
  readonly bytes: Uint8Array;
  readonly file: string;
  readonly rows: number;
  readonly known: readonly Known[];
  readonly mutatedLines: readonly string[];
};

/** @returns how many rows went through. @throws Error that names the seed and what does not hold */
export async function fuzz(
  seed: number,
  rows: number,
  progress: (done: number) => void = () => undefined,
): Promise<number> {
  let done = 0;
  for (let turn = 0; done < rows; turn++) {
    done += await fuzzOne(seed + turn, Math.min(2000, Math.max(200, Math.ceil(rows / 40))));
    progress(done);
  }
  return done;
}

/** One file of one seed. */
export async function fuzzOne(seed: number, most: number): Promise<number> {
  const r = random(seed);
  const one = FUZZ_CASES[seed % FUZZ_CASES.length] as FuzzCase;
  const made = await makeFile(one, r, most);
  const fixture = await temporaryStore();
  const at = `seed ${seed} (${one.format}, ${made.file})`;
  try {
    const path = join(fixture.dir, made.file);
    await writeFile(path, made.bytes);
    const format = r.chance(0.2) ? "auto" : one.format;
    const batches = await taken(fixture, format, path, one, at);
    for (const batch of batches) checkAccount(batch, at);
    if (format !== "auto") await checkKnown(fixture, made, batches, at);
  } finally {
    await fixture.remove();
  }
  return made.rows;
}

async function taken(
  { store }: TemporaryStore,
  format: string,
  path: string,
  one: FuzzCase,
  at: string,
): Promise<readonly BatchResult[]> {
  try {
    return await ingestPath(store, format, path, { now: NOW, options: one.options ?? {} });
  } catch (problem) {
    // A mix of simulated and real, a file that is gone: faults with words are an answer, anything else is a crash.
    if (problem instanceof Fault) return [];
    throw new Error(`${at}: ${problem instanceof Error ? problem.stack : String(problem)}`);
  }
}

function checkAccount(batch: BatchResult, at: string): void {
  const sum = addAccounts(batch.files);
  const rejected = batch.rejects.reduce((total, one) => total + one.count, 0);
  if (!addsUp(batch))
    throw new Error(`${at}: the account does not add up: ${JSON.stringify({ ...batch, files: undefined })}`);
  for (const key of [
    "read",
    "inserted",
    "corrected",
    "unchanged",
    "outranked",
    "rejected",
    "missing",
    "ignored",
  ] as const) {
    if (sum[key] !== batch[key])
      throw new Error(`${at}: ${key} of the files is ${sum[key]}, of the batch ${batch[key]}`);
    if (batch[key] < 0 || !Number.isInteger(batch[key])) throw new Error(`${at}: ${key} is ${batch[key]}`);
  }
  if (batch.unit === "cell" && rejected !== batch.rejected)
    throw new Error(`${at}: ${rejected} reasons for ${batch.rejected} rejected cells`);
}

async function checkKnown(
  { store }: TemporaryStore,
  made: Made,
  batches: readonly BatchResult[],
  at: string,
): Promise<void> {
  if (made.known.length === 0 || batches.every((batch) => batch.id === undefined)) return;
  const rows = await store.sql.rows<{ key: string; value: string }>(
    `SELECT key, value::VARCHAR AS value FROM (
       SELECT unnest([p.code, p.name]) || '|' || indicator || '|' || epoch_ms(start) AS key, value FROM reading r JOIN place p ON p.id = r.place)`,
  );
  const held = new Map(rows.map((row) => [row.key, row.value]));
  for (const { place, indicator, start, value } of made.known) {
    const found = held.get(`${place}|${indicator}|${start}`);
    if (found === undefined || Number(found) !== Number(value)) {
      throw new Error(`${at}: ${place} ${indicator} ${new Date(start).toISOString()} was ${value}, is ${found}`);
    }
  }
}

async function makeFile(one: FuzzCase, r: Random, most: number): Promise<Made> {
  const rows = 1 + r.below(most);
  const lines: string[] = [];
  const known: Known[] = [];
  const mutatedLines: string[] = [];
  const share = r.pick([0, 0.01, 0.1, 0.5]);
  for (let i = 0; i < rows; i++) {
    const victim = r.chance(share);
    const row = one.row(i, victim);
    const line = victim ? mutateRow(row.line, one.delimiter, r) : row.line;
    lines.push(line);
    if (victim) mutatedLines.push(line);
    else known.push(...row.known);
  }
  const bytes = Buffer.from([...one.head, ...lines, ...(one.tail ?? [])].join(r.pick(["\n", "\r\n"])));
  const base = { file: one.file, rows, mutatedLines };
  // Half of the files are also changed as a whole; then nothing is known of single rows any more.
  const spoilt = one.whole === true && mutatedLines.length > 0;
  if (r.chance(0.5)) return { ...base, bytes, known: spoilt ? [] : known };
  if (r.chance(0.3))
    return {
      ...base,
      file: one.file.replace(/\.\w+$/, ".xlsx"),
      bytes: mutateBytes(await workbookOf(one, lines.slice(0, 300)), r),
      known: [],
    };
  return { ...base, bytes: mutateBytes(bytes, r), known: [] };
}

async function workbookOf(one: FuzzCase, lines: readonly string[]): Promise<Uint8Array> {
  const rows = [...one.head, ...lines].map((line) =>
    line.split(one.delimiter).map((cell) => cell.replaceAll(/[^\x20-\ud7ff\ue000-\ufffd]/g, "")),
  );
  return new Uint8Array(await writeXlsx({ sheets: [{ name: "Sheet1", rows }] }));
}
