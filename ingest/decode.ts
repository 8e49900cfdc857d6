/**
 * From bytes to text, or why the bytes are no text.
 *
 * A mark at the start decides; without one, UTF-8 is tried strictly, then UTF-16 by its zero bytes, then GB18030 (which
 * holds GBK and GB2312), taken only when what it gives reads as Chinese text.
 */
import { Buffer, isAscii, isUtf8 } from "node:buffer";
import type { RefuseReason } from "../src/domain/reject.ts";
import { cellSafe } from "./cell-separator.ts";

export const ENCODINGS = ["utf-8", "gb18030", "utf-16le", "utf-16be"] as const;

export type Encoding = (typeof ENCODINGS)[number];

export type Decoded = { readonly text: string; readonly encoding: Encoding } | { readonly refusal: RefuseReason };

/** The text (without a byte order mark) and its encoding; `file.empty`, `file.not-text` or `file.not-utf8` when there is none. */
export function decodeText(bytes: Uint8Array): Decoded {
  const encoding = encodingOf(bytes);
  const text = encoding === undefined ? undefined : decode(bytes, encoding);
  if (encoding === undefined || text === undefined) {
    return { refusal: bytes.includes(0) ? "file.not-text" : "file.not-utf8" };
  }
  if (text.trim() === "") return { refusal: "file.empty" };
  if (text.includes("\0")) return { refusal: "file.not-text" };
  return { text: cellSafe(text), encoding };
}

/** The encoding of a text, by its mark or by what it holds; `undefined` when it is none that is known. */
export function encodingOf(bytes: Uint8Array): Encoding | undefined {
  return marked(bytes) ?? (isUtf8(bytes) ? "utf-8" : guessed(bytes));
}

/** Whether a text is a page or another document in tags. */
export function looksLikeHtml(text: string): boolean {
  return text.slice(0, 2000).trimStart().startsWith("<");
}

function marked(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return undefined;
}

function decode(bytes: Uint8Array, encoding: Encoding): string | undefined {
  // Told as one byte a sign, such a text takes half the memory: most archives are ASCII from end to end.
  if (encoding === "utf-8" && isAscii(bytes)) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** How much of a file is looked at to guess. */
const SAMPLE = 4096;

function guessed(bytes: Uint8Array): Encoding | undefined {
  const wide = wideSide(bytes);
  if (wide !== undefined) return wide;
  if (bytes.includes(0)) return undefined;
  const beginning = beginningOf(bytes, "gb18030");
  return beginning !== undefined && readsAsChinese(beginning) ? "gb18030" : undefined;
}

/** How much of a text is looked at to tell whether it is one. */
const BEGINNING = 200_000;
const PIECE_BYTES = 1_000_000;

/** The beginning of a text; `undefined` where any of the bytes are none. Decoded in pieces: only the beginning is kept. */
function beginningOf(bytes: Uint8Array, encoding: Encoding): string | undefined {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let beginning = "";
  try {
    for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
      const part = bytes.subarray(from, from + PIECE_BYTES);
      const text = decoder.decode(part, { stream: from + PIECE_BYTES < bytes.length });
      if (beginning.length < BEGINNING) beginning = (beginning + text).slice(0, BEGINNING);
    }
  } catch {
    return undefined;
  }
  return beginning;
}

/** UTF-16 without a mark: digits, commas and line ends leave a zero on one side of nearly every second pair. */
function wideSide(bytes: Uint8Array): Encoding | undefined {
  if (bytes.length % 2 !== 0) return undefined;
  const end = Math.min(bytes.length, SAMPLE);
  const zeros = [0, 0];
  for (let i = 0; i < end; i++) if (bytes[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const enough = end / 8;
  if (odd > enough && even * 10 < odd) return "utf-16le";
  if (even > enough && odd * 10 < even) return "utf-16be";
  return undefined;
}

/** Any bytes make some GB18030 text: only one of common characters is believed. */
const COMMON =
  /[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u2044\u00b0-\u00b7\u00d7\u0391-\u03c9\u2103-\u2109\u2160-\u217f\u33a1\u33a5]/;

function readsAsChinese(text: string): boolean {
  let common = 0;
  let rare = 0;
  for (const char of text) {
    if (char < "\x20" && char !== "\t" && char !== "\n" && char !== "\r") return false;
    if (char <= "\x7f") continue;
    if (COMMON.test(char)) common += 1;
    else rare += 1;
  }
  return common > 0 && rare * 10 <= common;
}
