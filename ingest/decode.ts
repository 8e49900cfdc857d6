/** From bytes to text, or why the bytes are no text: empty, an HTML page, another encoding, binary. */
import type { RefuseReason } from "../src/domain/reject.ts";

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** UTF-8 with or without BOM. */
export function decodeText(bytes: Uint8Array): { readonly text: string } | { readonly refusal: RefuseReason } {
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    return { refusal: bytes.includes(0) ? "file.not-text" : "file.not-utf8" };
  }
  if (text.trim() === "") return { refusal: "file.empty" };
  if (text.includes("\0")) return { refusal: "file.not-text" };
  if (text.trimStart().startsWith("<")) return { refusal: "file.html" };
  return { text };
}
