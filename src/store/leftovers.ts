/**
 * Files in a store's folder that no row names: written before a commit that never came. Nothing reads them.
 *
 * Originals and frozen briefings are written first and named by their hash, so that a committed row always has its
 * bytes; a process killed in between leaves bytes without a row.
 */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Store } from "./port.ts";

/** Names of files that are only ever half of a step. */
const PASSING = /\.part$|^backup-manifest\.json$|^influx-intent\.parquet$/;

/** Their paths below the store's folder, in order. */
export async function leftovers({ dir, sql }: Store): Promise<readonly string[]> {
  const named = async (query: string): Promise<ReadonlySet<string>> =>
    new Set((await sql.rows<{ hash: string }>(query)).map(({ hash }) => hash));
  const files = (await below(dir, "")).filter((name) => PASSING.test(name));
  const originals = await unnamed(dir, "originals", await named("SELECT DISTINCT original AS hash FROM batch_file"));
  const frozen = await unnamed(dir, "published", await named("SELECT DISTINCT sha256 AS hash FROM briefing"));
  return [...files, ...originals, ...frozen].sort();
}

async function unnamed(dir: string, folder: string, names: ReadonlySet<string>): Promise<readonly string[]> {
  const hashOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1).replace(/\.gz$/, "");
  const files: string[] = [];
  for (const shelf of await below(dir, folder)) {
    for (const path of await below(dir, shelf)) {
      if (PASSING.test(path) || !names.has(hashOf(path))) files.push(path);
    }
  }
  return files;
}

async function below(dir: string, folder: string): Promise<readonly string[]> {
  const full = join(dir, folder);
  if (!existsSync(full)) return [];
  const prefix = folder === "" ? "" : `${folder}/`;
  return (await readdir(full)).map((name) => `${prefix}${name}`);
}
