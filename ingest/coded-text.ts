/** Texts that stay coded where a file is opened, since another thread reads them. */
import { decodeText } from "./decode.ts";
import type { SourceFile } from "./format.ts";

/** The file with its text decoded whole, where only the beginning was. */
export function wholeFile({ coded, ...file }: SourceFile): SourceFile {
  if (coded === undefined) return file;
  const decoded = decodeText(coded.bytes);
  return "text" in decoded ? { ...file, text: decoded.text } : file;
}
