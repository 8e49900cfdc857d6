/**
 * Keeping the bytes of what was taken in. Files with facts about persons are kept in a scrubbed form only, and then
 * nothing that holds them (the archive around) is kept as it came.
 */
import type { Originals } from "../src/store/port.ts";
import { wholeFile } from "./coded-text.ts";
import type { Format } from "./format.ts";
import { type Source, sha256Of } from "./members.ts";
import type { Readable } from "./readable.ts";

/**
 * Writes them and tells which original stands behind a file.
 * @param personal hashes of files on disk that hold facts about persons
 */
export async function keepOriginals(
  store: Originals,
  source: Source,
  format: Format,
  files: readonly Readable[],
  personal: ReadonlySet<string>,
): Promise<(file: Readable) => string> {
  for (const { bytes, sha256 } of source.originals) if (!personal.has(sha256)) await store.put(bytes, sha256);
  const kept = new Map<Readable, string>();
  for (const file of files) {
    if (!personal.has(file.member.original)) continue;
    const bytes = format.scrub === undefined ? file.member.bytes : Buffer.from(format.scrub(wholeFile(file.file)));
    const sha256 = sha256Of(bytes);
    await store.put(bytes, sha256);
    kept.set(file, sha256);
  }
  return (file) => kept.get(file) ?? file.member.original;
}

/** Heads that announce a caller, his number or his words. */
export const PERSONAL_HEADS = /来电人|来电号码|来电电话|联系电话|联系人|手机号|诉求人|市民姓名|身份证/;
