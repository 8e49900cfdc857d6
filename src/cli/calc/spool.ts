/**
 * A stream that has to be read twice, kept in a temporary file meanwhile: memory stays flat however long it is.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/**
 * Copies `input` into a temporary file while `watch` reads it, then lets `use` read it again as often as it likes. The
 * file is gone afterwards, also when something fails.
 */
export async function readTwice<W>(
  input: AsyncIterable<Uint8Array>,
  watch: (bytes: AsyncIterable<Uint8Array>) => Promise<W>,
  use: (again: () => AsyncIterable<Uint8Array>, watched: W) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "duibiao-"));
  const file = join(folder, "input");
  try {
    await pipeline(Readable.from(input), createWriteStream(file));
    const watched = await watch(createReadStream(file));
    await use(() => createReadStream(file), watched);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
