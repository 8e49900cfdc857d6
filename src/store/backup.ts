/**
 * Backups: the whole store folder as one compressed archive with a manifest of checksums; restored into a new folder only.
 *
 * The catalogue is taken as of one instant (`snapshot.ts`), and the files beside it are listed after that: what a row of
 * the snapshot names was written before its row. So a backup is consistent while the store is read and written.
 */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { create, extract } from "tar";
import { Fault, fault } from "../domain/faults.ts";
import { diskFault, syncFile, syncFolder } from "./disk.ts";
import { SCHEMA_VERSION } from "./migrations.ts";
import type { Store } from "./port.ts";
import { SERVER_FILE } from "./server-file.ts";
import { snapshotCatalogue } from "./snapshot.ts";

const DATABASE = "duibiao.duckdb";
const MANIFEST = "backup-manifest.json";
/** Where a backup is unpacked and checked, inside the folder it is restored into. */
const UNPACKED = "restore.part";

export type BackupManifest = {
  readonly schema: number;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
};

/** Writes the backup file. @throws Fault `backup.not-written`, `backup.exists` */
export async function backupStore(store: Store, file: string): Promise<BackupManifest> {
  if (existsSync(file)) throw fault("backup.exists", { file }, { file });
  const staging = `${resolve(file)}.staging`;
  const part = `${file}.part`;
  try {
    // A process killed in the middle of a backup of this name leaves one.
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging, { recursive: true });
    await snapshotCatalogue(store, join(staging, DATABASE));
    const beside = await filesToKeep(store.dir, file);
    for (const name of new Set(beside.map((path) => path.split("/")[0] ?? path)))
      await symlink(join(store.dir, name), join(staging, name));
    const paths = [DATABASE, ...beside];
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
    await syncFile(part);
    await rename(part, file);
    await syncFolder(dirname(file));
    return manifest;
  } catch (error) {
    await removed(part);
    if (error instanceof Fault) throw error;
    throw fault(
      "backup.not-written",
      { file, reason: error instanceof Error ? error.message : String(error) },
      { file },
    );
  } finally {
    await removed(staging);
  }
}

/** A disk that refuses even this has told of itself already, or the work is done: nothing more is to be said. */
async function removed(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

/** What stands beside the database; neither backups, which are not backed up again, nor what only a running server knows. */
async function filesToKeep(dir: string, backup: string): Promise<readonly string[]> {
  const target = `${relative(dir, dirname(resolve(backup)))
    .split(sep)
    .join("/")}/`;
  return (await filesBelow(dir)).filter(
    (path) =>
      !/\.(wal|part|journal)$/.test(path) &&
      ![DATABASE, MANIFEST, SERVER_FILE].includes(path) &&
      ![target, "uploads/", `${DATABASE}.tmp/`].some((folder) => path.startsWith(folder)),
  );
}

/** Unpacks a backup into a folder that is not there yet and checks every byte. @throws Fault `backup.folder-taken`, `backup.broken`, `store.not-written` */
export async function restoreStore(file: string, into: string): Promise<BackupManifest> {
  if (!existsSync(file)) throw fault("ingest.path-missing", { path: file }, { file });
  if (existsSync(into) && (await readdir(into)).length > 0)
    throw fault("backup.folder-taken", { folder: into }, { file: into });
  // Beside nothing that is there already, and on the disk it will be on; the database comes last, for without it the
  // folder is no store to anybody.
  const part = join(into, UNPACKED);
  try {
    await mkdir(part, { recursive: true });
    // One file after the other: after a refusal nothing is still being written.
    extract({ file, cwd: part, strict: true, sync: true });
    const manifest = JSON.parse(await readFile(join(part, MANIFEST), "utf8")) as BackupManifest;
    for (const { path, sha256 } of manifest.files) {
      if ((await sha256Of(join(part, path))) !== sha256) throw new Error(`${path} 的内容与清单不符`);
      await syncFile(join(part, path));
    }
    const names = (await readdir(part)).filter((name) => name !== MANIFEST && name !== DATABASE);
    for (const name of [...names, DATABASE]) await rename(join(part, name), join(into, name));
    await syncFolder(into);
    await removed(part);
    return manifest;
  } catch (error) {
    await removed(into);
    throw (
      diskFault(error) ??
      fault("backup.broken", { file, reason: error instanceof Error ? error.message : String(error) }, { file })
    );
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
