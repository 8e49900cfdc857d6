/**
 * The files behind a path: one file, a folder, or an archive (tar, tar.gz), each member unpacked.
 *
 * Members come in the order of their base names, since that is the order in which later values replace earlier ones.
 */
import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import { fault } from "../src/domain/faults.ts";
import type { RefuseReason } from "../src/domain/reject.ts";

/** No single unpacked file may be larger: a compressed file of a few kilobytes can claim any size. */
const MOST_BYTES = 1_500_000_000;

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
    members.push(...(await unpack(original, shown)));
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

async function unpack(original: Original, shown: string): Promise<readonly Member[]> {
  let { bytes } = original;
  let name = basename(shown);
  const member = (refusal?: RefuseReason): Member => ({
    name,
    path: shown,
    bytes,
    sha256: sha256Of(bytes),
    origin: resolve(original.path),
    original: original.sha256,
    ...(refusal === undefined ? {} : { refusal }),
  });
  if (isGzip(bytes)) {
    try {
      bytes = gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
    } catch {
      return [member("file.unpackable")];
    }
    name = name.replace(/\.gz$/i, "").replace(/\.tgz$/i, ".tar");
  }
  if (!isTar(bytes)) return [member()];
  try {
    return (await tarEntries(bytes)).map(({ path, content }) => {
      const inner = isGzip(content) ? gunzipSync(content, { maxOutputLength: MOST_BYTES }) : content;
      return {
        name: basename(path).replace(/\.gz$/i, ""),
        path: `${shown}/${path}`,
        bytes: inner,
        sha256: sha256Of(inner),
        origin: resolve(original.path),
        original: original.sha256,
      };
    });
  } catch {
    return [member("file.unpackable")];
  }
}

type TarEntry = { readonly path: string; readonly content: Uint8Array };

function tarEntries(bytes: Uint8Array): Promise<readonly TarEntry[]> {
  return new Promise((resolve, reject) => {
    const entries: TarEntry[] = [];
    const parser = new Parser({
      strict: true,
      onReadEntry(entry: ReadEntry) {
        const parts: Buffer[] = [];
        entry.on("data", (part: Buffer) => parts.push(part));
        entry.on("end", () => {
          const hidden = basename(entry.path).startsWith(".");
          if (entry.type === "File" && !hidden) entries.push({ path: entry.path, content: Buffer.concat(parts) });
        });
        entry.on("error", reject);
      },
    });
    parser.on("end", () => resolve(entries));
    parser.on("error", reject);
    parser.end(Buffer.from(bytes));
  });
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** POSIX and GNU tar carry `ustar` at byte 257. */
function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= 512 && String.fromCharCode(...bytes.subarray(257, 262)) === "ustar";
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
