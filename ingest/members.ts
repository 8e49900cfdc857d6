/**
 * The files behind a path: one file, a folder, or an archive (gz, zip, tar, tar.gz; an archive inside one too).
 *
 * Members come in the order of their base names, since that is the order in which later values replace earlier ones.
 */
import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { fault } from "../src/domain/faults.ts";
import type { RefuseReason } from "../src/domain/reject.ts";
import { unpackOne } from "./archive.ts";

/** An archive inside an archive is opened; one inside that is not. */
const DEEPEST = 2;

/** An unpacked file, or why it could not be unpacked. */
export type Member = {
  /** Base name without compression endings. */
  readonly name: string;
  /** As people find it: the path given, and inside an archive `archive.tar.gz/inner/path`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** Full path of the file on disk that holds it. */
  readonly origin: string;
  /** SHA-256 of the file on disk that holds it. */
  readonly original: string;
  readonly refusal?: RefuseReason;
};

/** A file on disk as it was handed in, to be kept. */
export type Original = { readonly path: string; readonly bytes: Uint8Array; readonly sha256: string };

export type Source = { readonly members: readonly Member[]; readonly originals: readonly Original[] };

/** @throws Fault `ingest.path-missing` */
export async function openSource(path: string): Promise<Source> {
  if (!existsSync(path)) throw fault("ingest.path-missing", { path }, { file: path });
  const files = statSync(path).isDirectory() ? await filesBelow(path) : [path];
  const members: Member[] = [];
  const originals: Original[] = [];
  for (const file of files) {
    const bytes = await readFile(file);
    const original = { path: file, bytes, sha256: sha256Of(bytes) };
    originals.push(original);
    const shown = file === path ? basename(file) : relative(path, file);
    members.push(...(await membersOf(original, shown)));
  }
  return { members: members.sort(byName), originals };
}

/** Base names by code point, then the whole path, so that the order never depends on the folder's. */
function byName(a: Member, b: Member): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The files inside one file on disk, shown under `path`. */
export async function membersOf(original: Original, path: string): Promise<readonly Member[]> {
  return await unpack(original, path, original.bytes, 0);
}

async function unpack(original: Original, path: string, packed: Uint8Array, depth: number): Promise<readonly Member[]> {
  let bytes = packed;
  let name = basename(path);
  const member = (refusal?: RefuseReason): Member => ({
    name,
    path,
    bytes,
    sha256: bytes === original.bytes ? original.sha256 : sha256Of(bytes),
    origin: resolve(original.path),
    original: original.sha256,
    ...(refusal === undefined ? {} : { refusal }),
  });
  let layer = await unpackOne(bytes);
  if (layer.kind === "gzip") {
    bytes = layer.bytes;
    name = name.replace(/\.gz$/i, "").replace(/\.tgz$/i, ".tar");
    layer = await unpackOne(bytes);
  }
  if (layer.kind === "refused") return [member(layer.reason)];
  if (layer.kind !== "entries") return [member()];
  if (depth === DEEPEST) return [member("file.nested")];
  const inner: Member[] = [];
  for (const entry of layer.entries) {
    inner.push(...(await unpack(original, `${path}/${entry.path}`, entry.bytes, depth + 1)));
  }
  return inner;
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
