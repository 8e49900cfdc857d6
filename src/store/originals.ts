/** Originals: every ingested file's bytes, once, named by their hash, beside the database. Written before the batch commits. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { createGzip, gunzip, gzip } from "node:zlib";
import { fault } from "../domain/faults.ts";
import { onDisk, syncFolder } from "./disk.ts";
import type { Originals } from "./port.ts";

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Bytes that are compressed already (gzip, zip, xz, zstd magic) are kept as they are. */
const COMPRESSED = [
  [0x1f, 0x8b],
  [0x50, 0x4b],
  [0xfd, 0x37],
  [0x28, 0xb5],
];

/** More than this is compressed piece by piece: the whole of it beside the bytes would be half as much again. */
const PIECE_BYTES = 1_000_000;

function piecesOf(bytes: Uint8Array): Readable {
  const count = Math.ceil(bytes.length / PIECE_BYTES);
  return Readable.from(Array.from({ length: count }, (_, k) => bytes.subarray(k * PIECE_BYTES, (k + 1) * PIECE_BYTES)));
}

export function originalsIn(dir: string): Originals {
  const fileOf = (sha256: string, packed: boolean): string =>
    join(dir, sha256.slice(0, 2), packed ? `${sha256}.gz` : sha256);
  const find = (sha256: string): string | undefined =>
    [fileOf(sha256, true), fileOf(sha256, false)].find((file) => existsSync(file));
  return {
    put: (bytes, sha256) =>
      onDisk(async () => {
        if (find(sha256) !== undefined) return;
        const packed = !COMPRESSED.some(([a, b]) => bytes[0] === a && bytes[1] === b);
        const file = fileOf(sha256, packed);
        const folder = join(dir, sha256.slice(0, 2));
        const made = await mkdir(folder, { recursive: true });
        const temporary = `${file}.${process.pid}.part`;
        const handle = await open(temporary, "w");
        try {
          const parts =
            packed && bytes.length > PIECE_BYTES ? piecesOf(bytes).pipe(createGzip({ level: 6 })) : undefined;
          if (parts === undefined) await handle.writeFile(packed ? await pack(bytes, { level: 6 }) : bytes);
          else for await (const part of parts) await handle.writeFile(part as Uint8Array);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(temporary, file);
        await syncFolder(folder);
        if (made !== undefined) await syncFolder(dir);
      }),
    async get(sha256) {
      const file = find(sha256);
      if (file === undefined) throw fault("store.broken", { reason: `原件 ${sha256} 不在` }, { file: dir });
      const kept = await readFile(file);
      const bytes = file.endsWith(".gz") ? await unpack(kept) : kept;
      if (createHash("sha256").update(bytes).digest("hex") !== sha256) {
        throw fault("store.broken", { reason: `原件 ${sha256} 已被改动` }, { file });
      }
      return bytes;
    },
    async has(sha256) {
      return find(sha256) !== undefined;
    },
    async list() {
      if (!existsSync(dir)) return [];
      const names = await readdir(dir, { recursive: true, withFileTypes: true });
      return names
        .filter((entry) => entry.isFile() && !entry.name.endsWith(".part"))
        .map((entry) => entry.name.replace(/\.gz$/, ""))
        .sort();
    },
  };
}
