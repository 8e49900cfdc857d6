/**
 * What a checkpoint may destroy, kept until it is over.
 *
 * DuckDB writes a checkpoint into free blocks and then turns the file's head over to them; only blocks of metadata, which hold
 * pages of the state before beside free ones, are written over in place. A kill or a power cut in the middle of such a
 * write leaves a block whose checksum is wrong, and the file can not be opened any more. So these blocks and the head are
 * kept beside the file first. While the head is the one that was kept, the state before is the one that counts, and
 * its blocks are put back; once it is another, the new state was whole before.
 * See `docs/decisions/checkpoints-with-a-journal.md`.
 */
import { createHash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import { type FileHandle, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "./disk.ts";

/** Bytes before the first block: the file's own head and two heads of the database, of which the newer one counts. */
const HEADS = 12_288;

/** `keptSha256` is of everything after this line. */
type Inventory = { readonly blockBytes: number; readonly blocks: readonly number[]; readonly keptSha256: string };

export function journalOf(file: string): string {
  return `${file}.journal`;
}

/**
 * Keeps the head and these blocks of a database file; on the disk when it is done.
 * @param handle on the file: closing one would give up the lock DuckDB holds on it (POSIX)
 */
export async function writeJournal(
  file: string,
  handle: FileHandle,
  { blockBytes, blocks }: Pick<Inventory, "blockBytes" | "blocks">,
): Promise<void> {
  const heads = await bytesAt(handle, 0, HEADS);
  if (heads.length < HEADS) throw new RangeError("the file has no whole head yet");
  const parts: Buffer[] = [heads];
  const kept: number[] = [];
  for (const block of blocks) {
    const bytes = await bytesAt(handle, HEADS + block * blockBytes, blockBytes);
    // One that was never written is part of no state.
    if (bytes.length < blockBytes) continue;
    kept.push(block);
    parts.push(bytes);
  }
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  const inventory: Inventory = { blockBytes, blocks: kept, keptSha256: hash.digest("hex") };
  const part = `${journalOf(file)}.part`;
  const journal = await open(part, "w");
  try {
    await journal.writeFile(`${JSON.stringify(inventory)}\n`);
    for (const one of parts) await journal.writeFile(one);
    await journal.sync();
  } finally {
    await journal.close();
  }
  await rename(part, journalOf(file));
  await syncFolder(dirname(file));
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** Whether there is a journal of the state that counts: one of a checkpoint that failed, whose blocks may be half new. */
export async function hasJournal(file: string, handle: FileHandle): Promise<boolean> {
  if (!existsSync(journalOf(file))) return false;
  const read = inventoryOf(await readFile(journalOf(file)));
  return read?.kept.subarray(0, HEADS).equals(await bytesAt(handle, 0, HEADS)) ?? false;
}

export async function dropJournal(file: string): Promise<void> {
  await rm(journalOf(file), { force: true });
}

/**
 * Puts back what a checkpoint that did not come to its end wrote over. Only while nobody has the file open.
 * @returns how many blocks were not as they were kept
 * @throws Error of the system, as when the disk is full: then it is to be done again
 */
export async function putBack(file: string): Promise<number> {
  const read = inventoryOf(await readFile(journalOf(file)));
  // One that is not whole was never the one a checkpoint relied on.
  if (read === undefined) return 0;
  const { blocks, blockBytes, kept } = read;
  // In one stretch: what was looked at is what is written to.
  const database = openSync(file, "r+");
  try {
    if (!sameAt(database, 0, kept.subarray(0, HEADS))) return 0;
    let count = 0;
    for (const [k, block] of blocks.entries()) {
      const from = HEADS + k * blockBytes;
      const bytes = kept.subarray(from, from + blockBytes);
      const at = HEADS + block * blockBytes;
      if (sameAt(database, at, bytes)) continue;
      for (let done = 0; done < bytes.length; )
        done += writeSync(database, bytes, done, bytes.length - done, at + done);
      count += 1;
    }
    if (count > 0) fsyncSync(database);
    return count;
  } finally {
    closeSync(database);
  }
}

function sameAt(database: number, position: number, bytes: Buffer): boolean {
  const found = Buffer.alloc(bytes.length);
  return readSync(database, found, 0, bytes.length, position) === bytes.length && found.equals(bytes);
}

function inventoryOf(journal: Buffer): (Inventory & { readonly kept: Buffer }) | undefined {
  const end = journal.indexOf("\n");
  if (end < 0) return undefined;
  const kept = journal.subarray(end + 1);
  try {
    const inventory = JSON.parse(journal.subarray(0, end).toString("utf8")) as Inventory;
    const whole = createHash("sha256").update(kept).digest("hex") === inventory.keptSha256;
    return whole ? { ...inventory, kept } : undefined;
  } catch {
    return undefined;
  }
}
