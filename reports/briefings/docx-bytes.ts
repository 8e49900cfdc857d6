/**
 * Word files that are the same bytes for the same content: the writer puts the clock into them and counts figures
 * through the life of the process.
 */
import { unzipSync, zipSync } from "fflate";

/** The earliest a ZIP entry can carry; in local parts, because ZIP has no zone. */
const ENTRY_DATE = new Date(1980, 0, 1);
const CLOCK = /(<dcterms:(?:created|modified)[^>]*>)[^<]*/g;

/** The file with its dates set to `date` and its figures numbered from 1. */
export function settledDocx(bytes: Uint8Array, date: Date): Uint8Array {
  const entries = unzipSync(bytes);
  const settled = Object.entries(entries).map(([name, content]) => [name, settledPart(name, content, date)] as const);
  return zipSync(Object.fromEntries(settled.sort(([a], [b]) => (a < b ? -1 : 1))), { mtime: ENTRY_DATE });
}

function settledPart(name: string, content: Uint8Array, date: Date): Uint8Array {
  if (name === "docProps/core.xml") {
    return edited(content, (text) => text.replaceAll(CLOCK, `$1${date.toISOString().slice(0, 19)}Z`));
  }
  if (name !== "word/document.xml") return content;
  let figure = 0;
  return edited(content, (text) =>
    text.replaceAll(/<wp:docPr id="\d+"/g, () => {
      figure += 1;
      return `<wp:docPr id="${figure}"`;
    }),
  );
}

function edited(content: Uint8Array, edit: (text: string) => string): Uint8Array {
  return new TextEncoder().encode(edit(new TextDecoder().decode(content)));
}
