/** Texts too long to be decoded whole, read in pieces: no piece's end is seen. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText } from "../../ingest/decode.ts";
import { eachLineOf, longRows, longText } from "../../ingest/long-text.ts";
import { tableOfText } from "../../ingest/table.ts";
import { eachLine } from "../../ingest/text-lines.ts";

type Line = readonly [string, number];

function linesOf(bytes: Uint8Array, piece: number): readonly Line[] {
  const found = longText(bytes);
  if (found === undefined) throw new RangeError("not taken in pieces");
  const lines: Line[] = [];
  eachLineOf({ text: found.head, long: found.long }, (line, number) => lines.push([line, number]), piece);
  return lines;
}

function wholeLines(bytes: Uint8Array): readonly Line[] {
  const decoded = decodeText(bytes);
  if ("refusal" in decoded) throw new RangeError(decoded.refusal);
  const lines: Line[] = [];
  eachLine(decoded.text, (line, number) => lines.push([line, number]));
  return lines;
}

/** 街道,35 and 浓度 in GBK, from the code table. */
const GBK_LINE = [0xbd, 0xd6, 0xb5, 0xc0, 0x2c, 0x33, 0x35, 0x0a, 0xc5, 0xa8, 0xb6, 0xc8, 0x0a];

describe("A long text", () => {
  it("gives the lines of the whole, each with its number, wherever a piece ends", () => {
    const bytes = Buffer.from('日期,值\r\n2024-03-05,"1\n2",3\n\n末行,4');
    for (let piece = 1; piece <= bytes.length; piece++) {
      expect(linesOf(bytes, piece)).toEqual([
        ["日期,值", 1],
        ['2024-03-05,"1\n2",3', 2],
        ["", 4],
        ["末行,4", 5],
      ]);
    }
  });

  it("is GBK too, cut between lines and never within a letter", () => {
    const bytes = Uint8Array.from(Array.from({ length: 50 }, () => GBK_LINE).flat());
    const lines = linesOf(bytes, 3).map(([line]) => line);
    expect(new Set(lines)).toEqual(new Set(["街道,35", "浓度"]));
    expect(lines).toHaveLength(100);
  });

  it("loses the mark at its very beginning and no other", () => {
    const bytes = Buffer.from("\ufeffa,一\n\ufeffb,二\n");
    expect(linesOf(bytes, 1).map(([line]) => line)).toEqual(["a,一", "\ufeffb,二"]);
  });

  it("has the rows of its table from a line on", () => {
    const bytes = Buffer.from("题目\n站点,值\n东四, 1 \n\n天坛,2\n");
    const found = longText(bytes);
    expect(found).toBeDefined();
    if (found === undefined) return;
    const rows = tableOfText(found.head, ",").rows.filter(({ line }) => line >= 3);
    expect([...longRows(found.long, ",", 3)]).toEqual(rows);
    expect(rows.map(({ line }) => line)).toEqual([3, 5]);
  });

  it("reads as the whole does: any lines, quotes and ends", () => {
    const part = fc.constantFrom("a", ",", '"', "\n", "\r\n", "中", "é", "\x1f", " ", "𠀀", '""');
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (parts, piece) => {
        const bytes = Buffer.from(`甲,1${parts.join("")}`);
        expect(linesOf(bytes, piece)).toEqual(wholeLines(bytes));
      }),
    );
  });

  it("is none where it has to be decoded whole: UTF-16, a page, bytes that are no text, blanks", () => {
    for (const bytes of [
      Buffer.from("\ufeff街道,1\n", "utf16le"),
      Buffer.from("<html><body>500</body></html>\n"),
      Uint8Array.from([0, 1, 2, 255]),
      Buffer.from(" \n \n"),
    ]) {
      expect(longText(bytes)).toBeUndefined();
    }
  });
});
