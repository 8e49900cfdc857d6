/**
 * Texts too long to be decoded whole: they stay bytes and are decoded piece by piece, as they are read.
 *
 * One letter outside ASCII makes each sign of a JavaScript text two bytes: a file of 200 MB would take 600.
 */
import { Buffer, isAscii } from "node:buffer";
import { cellSafe } from "./cell-separator.ts";
import { encodingOf, looksLikeHtml } from "./decode.ts";
import type { SourceFile } from "./format.ts";
import type { TextRow } from "./table.ts";
import { eachLine, splitCells, takeLines } from "./text-lines.ts";

/** `encoding` is one in which a line's end is one byte that nothing else holds. */
export type LongText = { readonly bytes: Uint8Array; readonly encoding: "utf-8" | "gb18030" };

const PIECE_BYTES = 1_000_000;

/** The text of bytes and its beginning in whole lines; `undefined` when it has to be decoded whole. */
export function longText(bytes: Uint8Array): { readonly long: LongText; readonly head: string } | undefined {
  const encoding = encodingOf(bytes);
  if ((encoding !== "utf-8" && encoding !== "gb18030") || bytes.includes(0)) return undefined;
  const long: LongText = { bytes, encoding };
  const [first] = piecesOf(long, PIECE_BYTES);
  const head = first?.text ?? "";
  return head.trim() === "" || looksLikeHtml(head) ? undefined : { long, head };
}

/** `eachLine` of a file, whether its text is long or not. */
export function eachLineOf(
  { text, long }: Pick<SourceFile, "text" | "long">,
  visit: (line: string, number: number) => void,
  pieceBytes = PIECE_BYTES,
): void {
  if (long === undefined) eachLine(text, visit);
  else for (const take of partsOf(long, pieceBytes)) take(visit);
}

/** The rows of a long text from a line on, as `tableOfText` gives them. */
export function* longRows(long: LongText, delimiter: string, from: number): Generator<TextRow> {
  for (const take of partsOf(long, PIECE_BYTES)) {
    const rows: TextRow[] = [];
    take((line, number) => {
      if (number < from || line.trim() === "") return;
      rows.push({ line: number, cells: splitCells(line, delimiter).map((cell) => cell.trim()) });
    });
    yield* rows;
  }
}

type Visit = (line: string, number: number) => void;

/** One function a piece, which visits the lines that end in it. */
function* partsOf(long: LongText, pieceBytes: number): Generator<(visit: Visit) => void> {
  let rest = "";
  let number = 1;
  for (const { text, last } of piecesOf(long, pieceBytes)) {
    yield (visit) => {
      const all = rest + text;
      const taken = takeLines(all, number, last, visit);
      rest = all.slice(taken.from);
      number = taken.number;
    };
  }
}

/** Whole lines of about so many bytes, decoded. A mark at the very beginning is none of the text. */
function* piecesOf({ bytes, encoding }: LongText, about: number): Generator<{ text: string; last: boolean }> {
  const first = new TextDecoder(encoding);
  const later = new TextDecoder(encoding, { ignoreBOM: true });
  const lineEnd = "\n".charCodeAt(0);
  for (let from = 0; from < bytes.length; ) {
    const end = from + about >= bytes.length ? -1 : bytes.indexOf(lineEnd, from + about);
    const to = end < 0 ? bytes.length : end + 1;
    const part = bytes.subarray(from, to);
    const text = isAscii(part)
      ? Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString("latin1")
      : (from === 0 ? first : later).decode(part);
    yield { text: cellSafe(text), last: to === bytes.length };
    from = to;
  }
}
