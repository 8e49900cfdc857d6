/**
 * Which characters the bundled fonts can show.
 *
 * A name with a character outside the fonts must fail the document, not print a box. The typesetter refuses too, but
 * cannot say where; charts would fall back to whatever the machine has. So every text is held against the fonts' own
 * character maps first.
 */
import { fault } from "../src/domain/faults.ts";
import { fontBytes } from "./fonts.ts";

/** Characters laid out as space, not as glyphs. */
const SPACE = /\s/u;
const SEGMENTED = 12;

let covered: ReadonlySet<number> | undefined;

/** The characters of a text that at least one of the bundled fonts lacks, each once, in order. */
export function missingGlyphs(text: string): readonly string[] {
  covered ??= intersect(fontBytes().map(characterMap));
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
function characterMap(font: Buffer): ReadonlySet<number> {
  const table = tableOffset(font, "cmap");
  const codes = new Set<number>();
  for (let at = 0; at < font.readUInt16BE(table + 2); at++) {
    const map = table + font.readUInt32BE(table + 4 + at * 8 + 4);
    if (font.readUInt16BE(map) !== SEGMENTED) continue;
    for (let group = 0; group < font.readUInt32BE(map + 12); group++) {
      const entry = map + 16 + group * 12;
      for (let code = font.readUInt32BE(entry); code <= font.readUInt32BE(entry + 4); code++) codes.add(code);
    }
  }
  return codes;
}

/** @throws RangeError when the file has no such table */
function tableOffset(font: Buffer, tag: string): number {
  for (let at = 0; at < font.readUInt16BE(4); at++) {
    const entry = 12 + at * 16;
    if (font.toString("latin1", entry, entry + 4) === tag) return font.readUInt32BE(entry + 8);
  }
  throw new RangeError(`font has no ${tag} table`);
}
