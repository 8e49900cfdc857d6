/** Originals: the bytes as they were handed in, whatever their size. */
import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { originalsIn } from "../../src/store/originals.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "duibiao-originals-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** Bytes of which no two pieces are alike. */
const bytesOf = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, k) => 32 + ((k * 7 + (k >> 8) + (k >> 16)) % 90));

it.each([0, 1, 999_999, 1_000_000, 1_000_001, 3_400_000])(
  "An original of %d bytes comes back as it was, and leaves no half",
  async (length) => {
    const originals = originalsIn(dir);
    const bytes = bytesOf(length);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await originals.put(bytes, sha256);
    expect(Buffer.compare(await originals.get(sha256), bytes)).toBe(0);
    expect(await originals.list()).toEqual([sha256]);
    expect((await readdir(dir, { recursive: true })).filter((name) => name.endsWith(".part"))).toEqual([]);
  },
);
