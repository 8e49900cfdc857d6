/**
 * Which characters the bundled fonts can show.
 *
 * A name with a character outside the fonts must fail the document, not print a box. The typesetter refuses too, but
 * cannot say where; charts would fall back to whatever the machine has. So every text is held against the fonts' own
 * character maps first.
 */
import { closeSync, openSync, readSync } from "node:fs";
import { fault } from "../src/domain/faults.ts";
import { FONT_FILES } from "./fonts.ts";

/** Characters laid out as space, not as glyphs. */
const SPACE = /\s/u;
const SEGMENTED = 12;

let covered: ReadonlySet<number> | undefined;

/** The characters of a text that at least one of the bundled fonts lacks, each once, in order. */
export function missingGlyphs(text: string): readonly string[] {
  covered ??= intersect(FONT_FILES.map(({ path }) => characterMap(path)));
  const known = covered;
  return [...new Set(text)].filter((char) => !SPACE.test(char) && !known.has(char.codePointAt(0) ?? 0));
}

/** @throws Fault `briefing.glyph-missing` naming the characters and their code points */
export function assertGlyphs(text: string, document: string): void {
  const missing = missingGlyphs(text);
  if (missing.length === 0) return;
  const characters = missing.map((char) => `“${char}”（U+${codePoint(char)}）`).join("、");
  throw fault("briefing.glyph-missing", { characters, document });
}

function codePoint(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}

function intersect(maps: readonly ReadonlySet<number>[]): ReadonlySet<number> {
  const [first = new Set<number>(), ...rest] = maps;
  return new Set([...first].filter((code) => rest.every((map) => map.has(code))));
}

/** The code points of a TrueType font's full Unicode map (cmap format 12, which every bundled font has). */
function characterMap(path: string): ReadonlySet<number> {
  const table = tableBytes(path, "cmap");
  const codes = new Set<number>();
  for (let at = 0; at < table.readUInt16BE(2); at++) {
    const map = table.readUInt32BE(4 + at * 8 + 4);
    if (table.readUInt16BE(map) !== SEGMENTED) continue;
    for (let group = 0; group < table.readUInt32BE(map + 12); group++) {
      const entry = map + 16 + group * 12;
      for (let code = table.readUInt32BE(entry); code <= table.readUInt32BE(entry + 4); code++) codes.add(code);
    }
  }
  return codes;
}

/** One table of a font file and no more of it: the four files are 50 MB, their maps are 0.4. @throws RangeError when the file has no such table */
function tableBytes(path: string, tag: string): Buffer {
  const file = openSync(path, "r");
  const read = (at: number, length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, at);
    return bytes;
  };
  try {
    const tables = read(4, 2).readUInt16BE(0);
    const directory = read(12, tables * 16);
    for (let at = 0; at < directory.length; at += 16) {
      if (directory.toString("latin1", at, at + 4) !== tag) continue;
      return read(directory.readUInt32BE(at + 8), directory.readUInt32BE(at + 12));
    }
  } finally {
    closeSync(file);
  }
  throw new RangeError(`font has no ${tag} table`);
}
