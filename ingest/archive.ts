/**
 * What is inside compressed bytes: gzip, zip, tar. Nothing is written to disk, and nothing an archive claims is believed.
 *
 * Refused: names that lead out of the archive, content out of proportion to its compressed size, passwords.
 */
import { basename } from "node:path";
import type { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import { type Entry, fromBuffer, validateFileName, type ZipFile } from "yauzl";
import type { RefuseReason } from "../src/domain/reject.ts";
import { decodeText } from "./decode.ts";

/** No file or archive may unpack to more: a compressed file of a few kilobytes can claim any size. */
const MOST_BYTES = 1_500_000_000;
const MOST_ENTRIES = 200_000;
/** Below this size any ratio is harmless; above it, real data stay far under the largest ratio. */
const HARMLESS_BYTES = 64_000_000;
const MOST_RATIO = 250;

export type ArchiveEntry = { readonly path: string; readonly bytes: Uint8Array };

/** Why an archive is not unpacked; thrown inside this file, caught by `unpackOne`. */
class Refused extends Error {
  readonly reason: RefuseReason;
  constructor(reason: RefuseReason) {
    super(reason);
    this.reason = reason;
  }
}

export type Unpacked =
  | { readonly kind: "plain" }
  | { readonly kind: "gzip"; readonly bytes: Uint8Array }
  | { readonly kind: "entries"; readonly entries: readonly ArchiveEntry[] }
  | { readonly kind: "refused"; readonly reason: RefuseReason };

/** Takes off one layer: `plain` when there is none (an office document counts as one file, though it is a zip). */
export async function unpackOne(bytes: Uint8Array): Promise<Unpacked> {
  try {
    if (isGzip(bytes)) return { kind: "gzip", bytes: gunzipped(bytes) };
    if (isTar(bytes)) return { kind: "entries", entries: await tarEntries(bytes) };
    if (isZip(bytes)) {
      const names = await zipNames(bytes);
      if (isDocument(names)) return { kind: "plain" };
      return { kind: "entries", entries: await zipEntries(bytes, (name) => isWanted(name)) };
    }
    return { kind: "plain" };
  } catch (problem) {
    return { kind: "refused", reason: problem instanceof Refused ? problem.reason : "file.unpackable" };
  }
}

/** Folders, hidden files and what a Mac adds are no data. */
function isWanted(path: string): boolean {
  return !path.endsWith("/") && !basename(path).startsWith(".") && !path.startsWith("__MACOSX/");
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** POSIX and GNU tar carry `ustar` at byte 257. */
function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= 512 && String.fromCharCode(...bytes.subarray(257, 262)) === "ustar";
}

/** Word, Excel and OpenDocument files. */
export function isDocument(names: readonly string[]): boolean {
  return names.includes("[Content_Types].xml") || (names.includes("mimetype") && names.includes("content.xml"));
}

/** The most bytes an archive of this size may unpack to. */
function allowance(packed: number): number {
  return Math.min(MOST_BYTES, Math.max(HARMLESS_BYTES, packed * MOST_RATIO));
}

function gunzipped(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: allowance(bytes.length) });
  } catch (problem) {
    throw new Refused((problem as { code?: string }).code === "ERR_BUFFER_TOO_LARGE" ? "file.bomb" : "file.unpackable");
  }
}

function tarEntries(bytes: Uint8Array): Promise<readonly ArchiveEntry[]> {
  return new Promise((resolve, reject) => {
    const entries: ArchiveEntry[] = [];
    const parser = new Parser({
      strict: true,
      onReadEntry(entry: ReadEntry) {
        const parts: Buffer[] = [];
        if (validateFileName(entry.path) !== null) reject(new Refused("file.path-trick"));
        entry.on("data", (part: Buffer) => parts.push(part));
        entry.on("end", () => {
          if (entry.type === "File" && isWanted(entry.path)) {
            entries.push({ path: entry.path, bytes: Buffer.concat(parts) });
          }
        });
        entry.on("error", reject);
      },
    });
    parser.on("end", () => resolve(entries));
    parser.on("error", reject);
    parser.end(Buffer.from(bytes));
  });
}

/** The names in a zip. */
export async function zipNames(bytes: Uint8Array): Promise<readonly string[]> {
  const names: string[] = [];
  await eachZipEntry(bytes, async (name) => {
    names.push(name);
  });
  return names;
}

/** The unpacked files of a zip whose names are wanted, each read to its end against what it claims. */
export async function zipEntries(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
): Promise<readonly ArchiveEntry[]> {
  const entries: ArchiveEntry[] = [];
  await eachZipEntry(bytes, async (path, open) => {
    if (wanted(path)) entries.push({ path, bytes: await contentOf(await open()) });
  });
  return entries;
}

async function eachZipEntry(
  bytes: Uint8Array,
  visit: (name: string, open: () => Promise<Readable>) => Promise<void>,
): Promise<void> {
  const zip = await openZip(bytes);
  const most = allowance(bytes.length);
  let claimed = 0;
  let count = 0;
  await new Promise<void>((resolve, reject) => {
    const stop = (problem: unknown): void => {
      zip.close();
      reject(problem);
    };
    zip.on("error", stop);
    zip.on("end", resolve);
    zip.on("entry", (entry: Entry) => {
      const name = entryName(entry);
      claimed += entry.uncompressedSize;
      count += 1;
      if (validateFileName(name.replaceAll("\\", "/")) !== null) return stop(new Refused("file.path-trick"));
      if (claimed > most || count > MOST_ENTRIES) return stop(new Refused("file.bomb"));
      if (entry.isEncrypted()) return stop(new Refused("file.encrypted"));
      visit(name, () => openEntry(zip, entry)).then(() => zip.readEntry(), stop);
    });
    zip.readEntry();
  });
}

function openZip(bytes: Uint8Array): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // Names are decoded here: older Chinese systems write them in GBK without saying so.
    fromBuffer(buffer, { lazyEntries: true, decodeStrings: false }, (error, zip) => {
      if (error) reject(error);
      else resolve(zip);
    });
  });
}

function entryName(entry: Entry): string {
  const raw = entry.fileName as unknown as Buffer;
  const decoded = decodeText(raw);
  return "text" in decoded ? decoded.text : raw.toString("latin1");
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(error);
      else resolve(stream);
    });
  });
}

async function contentOf(stream: Readable): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const ENTITY = /<!(DOCTYPE|ENTITY)/i;
/** A declaration stands before the first element, so the beginning of a part is enough. */
const PROLOG_BYTES = 4096;

/**
 * Looks through an office document before a library unpacks it: sizes as claimed, and no entity declarations.
 * @returns why it is refused, if it is
 */
export async function checkDocument(bytes: Uint8Array): Promise<RefuseReason | undefined> {
  try {
    await eachZipEntry(bytes, async (name, open) => {
      let seen = 0;
      let prolog = "";
      for await (const part of await open()) {
        if (seen < PROLOG_BYTES) prolog += (part as Buffer).subarray(0, PROLOG_BYTES - seen).toString("latin1");
        seen += (part as Buffer).length;
      }
      if (/\.(xml|rels)$/i.test(name) && ENTITY.test(prolog.replaceAll("\0", "")))
        throw new Refused("file.xml-entities");
    });
    return undefined;
  } catch (problem) {
    return problem instanceof Refused ? problem.reason : "file.unpackable";
  }
}
