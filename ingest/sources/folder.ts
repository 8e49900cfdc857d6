/**
 * A watched folder: a file is taken when it is complete, and then moved to `done/`, or to `failed/` beside a text that says
 * why. Nothing is deleted, and a file that came twice gets a number.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, stat, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { addAccounts, EMPTY_ACCOUNT } from "../../src/domain/account.ts";
import { Fault, messageOf } from "../../src/domain/faults.ts";
import { REFUSE_REASONS, REJECT_REASONS, type RejectReason } from "../../src/domain/reject.ts";
import type { Store } from "../../src/store/port.ts";
import { recordRun, type SourceRun } from "../../src/store/source-runs.ts";
import { type BatchResult, type IngestOptions, ingestPath } from "../pipeline.ts";
import type { FolderSource } from "./config.ts";
import type { PullEffects } from "./pull.ts";

/** Names that upload programs use while they write. */
const UNFINISHED = /\.(part|tmp|crdownload|filepart|swp)$|^~\$|^\./i;

/** Takes in what lies complete in the folder. @returns `undefined` when there was nothing, and then nothing is recorded */
export async function takeFolder(
  store: Store,
  source: FolderSource,
  { now, readers }: Pick<PullEffects, "now" | "readers">,
): Promise<SourceRun | undefined> {
  const startedAt = now().getTime();
  const files = await completeFiles(source, startedAt);
  if (files.length === 0) return undefined;
  const results: BatchResult[] = [];
  const failures: string[] = [];
  for (const file of files) {
    const path = join(source.path, file);
    const taken = await take(store, source, path, { now: now(), ...(readers === undefined ? {} : { readers }) });
    if (typeof taken === "string") {
      failures.push(`${file}：${taken}`);
      const moved = await move(path, join(source.path, "failed"));
      await writeFile(`${moved}.txt`, `${taken}\n`);
    } else {
      results.push(...taken);
      await move(path, join(source.path, "done"));
    }
  }
  const account = results.length === 0 ? EMPTY_ACCOUNT : addAccounts(results);
  const { read, inserted, corrected, rejected } = account;
  const run: SourceRun = {
    source: source.name,
    startedAt,
    endedAt: now().getTime(),
    outcome: failures.length > 0 ? "failed" : inserted + corrected > 0 ? "done" : "unchanged",
    detail: failures.join("；"),
    until: undefined,
    batches: results.flatMap((result) => (result.id === undefined ? [] : [result.id])),
    read,
    inserted,
    corrected,
    rejected,
  };
  await recordRun(store.sql, run);
  return run;
}

/** Files whose last change lies long enough back, by name. */
async function completeFiles({ path, quietSeconds }: FolderSource, now: number): Promise<readonly string[]> {
  if (!existsSync(path)) return [];
  const entries = await readdir(path, { withFileTypes: true });
  const quiet: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile() || UNFINISHED.test(entry.name)) continue;
    const { mtimeMs } = await stat(join(path, entry.name));
    if (now - mtimeMs >= quietSeconds * 1000) quiet.push(entry.name);
  }
  return quiet.sort();
}

/** The batches, or why the file is of no use. */
async function take(
  store: Store,
  source: FolderSource,
  path: string,
  how: Pick<IngestOptions, "now" | "readers">,
): Promise<readonly BatchResult[] | string> {
  try {
    const results = await ingestPath(store, source.format, path, { ...how, options: source.options });
    if (results.some((result) => result.id !== undefined)) return results;
    const refused = results
      .flatMap((result) => result.files)
      .flatMap((file) => (file.reason === undefined ? [] : [REFUSE_REASONS[file.reason].zh]));
    const rejects = results
      .flatMap((result) => result.rejects)
      .map(({ reason, count }) => `${REJECT_REASONS[reason as RejectReason].zh} ${count} 处`);
    return [...new Set([...refused, ...rejects])].join("；") || "没有数据";
  } catch (problem) {
    if (problem instanceof Fault) return messageOf(problem, "zh");
    throw problem;
  }
}

async function move(path: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const [name, ending] = [basename(path, extname(path)), extname(path)];
  let target = join(folder, `${name}${ending}`);
  for (let k = 2; existsSync(target); k++) target = join(folder, `${name} (${k})${ending}`);
  await rename(path, target);
  return target;
}
