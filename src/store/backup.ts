/**
 * Backups: the whole store folder as one compressed archive with a manifest of checksums; restored into a new folder only.
 *
 * The store is checkpointed first, so the copied file is complete in itself. The caller owns the store while it is
 * copied, so nothing writes meanwhile.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { createGzip } from "node:zlib";
import { create, extract } from "tar";
import { fault } from "../domain/faults.ts";
import { SCHEMA_VERSION } from "./migrations.ts";
import type { Store } from "./port.ts";
import { SERVER_FILE } from "./server-file.ts";

const run = promisify(execFile);

const DATABASE = "duibiao.duckdb";
const MANIFEST = "backup-manifest.json";
const CHECKPOINTS = 50;
const CHECKPOINT_WAIT_MS = 100;

export type BackupManifest = {
  readonly schema: number;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
};

/** Writes the backup file. @throws Fault `backup.not-written`, `backup.exists` */
export async function backupStore(store: Store, file: string): Promise<BackupManifest> {
  if (existsSync(file)) throw fault("backup.exists", { file }, { file });
  await checkpointed(store);
  // Backups beside the store are not backed up again; nor what only a running server knows.
  const target = `${relative(store.dir, dirname(resolve(file)))
    .split(sep)
    .join("/")}/`;
  const passing = [target, "uploads/"];
  const paths = (await filesBelow(store.dir)).filter(
    (path) =>
      !/\.(wal|part)$/.test(path) &&
      ![MANIFEST, SERVER_FILE].includes(path) &&
      !passing.some((folder) => path.startsWith(folder)),
  );
  const staging = `${resolve(file)}.staging`;
  const part = `${file}.part`;
  try {
    await mkdir(staging, { recursive: true });
    await stage(store.dir, paths, staging);
    const files = [];
    for (const path of paths) {
      const full = join(staging, path);
      files.push({ path, bytes: (await stat(full)).size, sha256: await sha256Of(full) });
    }
    const manifest: BackupManifest = { schema: SCHEMA_VERSION, files };
    await writeFile(join(staging, MANIFEST), JSON.stringify(manifest, null, 2));
    await pipeline(
      create({ cwd: staging, portable: true, follow: true }, [MANIFEST, ...paths]),
      createGzip({ level: 6 }),
      createWriteStream(part),
    );
    await rename(part, file);
    return manifest;
  } catch (error) {
    await rm(part, { force: true });
    throw fault(
      "backup.not-written",
      { file, reason: error instanceof Error ? error.message : String(error) },
      { file },
    );
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/**
 * The store's files as links, the database as a copy. It is copied by another process: a process that closes any file
 * gives up its own lock on it (POSIX), so reading the database here would let a second owner in.
 */
async function stage(dir: string, paths: readonly string[], staging: string): Promise<void> {
  for (const name of new Set(paths.map((path) => path.split("/")[0] ?? path)))
    if (name !== DATABASE) await symlink(join(dir, name), join(staging, name));
  const copy = "const [from, to] = process.argv.slice(1); require('node:fs').copyFileSync(from, to)";
  await run(process.execPath, ["-e", copy, join(dir, DATABASE), join(staging, DATABASE)]);
}

/** Until the file is complete in itself: while pages read, a checkpoint may leave the log for the next one. */
async function checkpointed({ sql, dir }: Store): Promise<void> {
  const log = join(dir, `${DATABASE}.wal`);
  let problem: unknown;
  for (let attempt = 0; attempt < CHECKPOINTS; attempt++) {
    try {
      await sql.run("CHECKPOINT");
      const left = await stat(log).catch(() => undefined);
      if (left === undefined || left.size === 0) return;
      problem = new Error("日志没有并入");
    } catch (error) {
      problem = error;
    }
    await sleep(CHECKPOINT_WAIT_MS);
  }
  const reason = problem instanceof Error ? problem.message : String(problem);
  throw fault("backup.not-written", { file: log, reason }, { file: log });
}

/** Unpacks a backup into a folder that is not there yet and checks every byte. @throws Fault `backup.folder-taken`, `backup.broken` */
export async function restoreStore(file: string, into: string): Promise<BackupManifest> {
  if (!existsSync(file)) throw fault("ingest.path-missing", { path: file }, { file });
  if (existsSync(into) && (await readdir(into)).length > 0)
    throw fault("backup.folder-taken", { folder: into }, { file: into });
  await mkdir(into, { recursive: true });
  try {
    await extract({ file, cwd: into, strict: true });
    const manifest = JSON.parse(await readFile(join(into, MANIFEST), "utf8")) as BackupManifest;
    for (const { path, sha256 } of manifest.files) {
      if ((await sha256Of(join(into, path))) !== sha256) throw new Error(`${path} 的内容与清单不符`);
    }
    await rm(join(into, MANIFEST));
    return manifest;
  } catch (error) {
    await rm(into, { recursive: true, force: true });
    throw fault("backup.broken", { file, reason: error instanceof Error ? error.message : String(error) }, { file });
  }
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
