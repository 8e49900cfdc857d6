/**
 * A plan as a Word file: its paragraphs and tables, with merged cells.
 *
 * mammoth turns the file into HTML of a few plain tags and keeps merged cells as `colspan` and `rowspan`; that is read
 * here. Pictures, footnotes and formatting are left out. A line is a paragraph with text, counted from the top.
 */
import mammoth from "mammoth";
import type { Block, Paragraph } from "./document.ts";
import { type GridCell, type GridRow, layGrid } from "./grid.ts";

/** @throws Error when the file is no Word document */
export async function readDocx(bytes: Uint8Array): Promise<readonly Block[]> {
  const noPictures = mammoth.images.imgElement(async () => ({ src: "" }));
  const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, { convertImage: noPictures });
  return blocksOf(value);
}

type OpenCell = { columns: number; rows: number; paragraphs: Paragraph[] };

/** The blocks of mammoth's HTML. A table inside a cell is read as text of that cell. */
function blocksOf(html: string): readonly Block[] {
  const noNotes = html.replace(/<sup><a [^>]*href="#(?:foot|end)note-[^>]*>.*?<\/a><\/sup>/g, "");
  const blocks: Block[] = [];
  let line = 0;
  let text = "";
  let tables = 0;
  let depth = 0;
  let rows: GridRow[] = [];
  let row: OpenCell[] | undefined;
  let rowLine = 1;

  const flush = () => {
    for (const part of text.split(/\r\n?|\n/)) {
      const trimmed = part.trim();
      if (trimmed === "") continue;
      line++;
      const cell = row?.at(-1);
      if (depth > 0 && cell !== undefined) cell.paragraphs.push({ text: trimmed, line });
      else if (depth === 0) blocks.push({ kind: "paragraph", text: trimmed, line });
    }
    text = "";
  };
  for (const [, close, tag, attributes = "", run] of noNotes.matchAll(/<(\/?)([a-z]+[0-9]?)([^>]*)>|([^<]+)/g)) {
    if (run !== undefined) {
      text += decoded(run);
      continue;
    }
    if (tag === "br") text += "\n";
    if (!/^(p|h\d|li|td|th|tr|table|div)$/.test(tag ?? "")) continue;
    flush();
    if (tag === "table") {
      depth += close === "" ? 1 : -1;
      if (depth === 1 && close === "") rows = [];
      if (depth === 0) blocks.push(...layGrid(rows, ++tables));
    }
    if (depth !== 1) continue;
    if (tag === "tr" && close === "") {
      row = [];
      rowLine = line + 1;
    }
    if (tag === "tr" && close !== "" && row !== undefined) {
      rows.push({ line: rowLine, cells: row satisfies readonly GridCell[] });
      row = undefined;
    }
    if ((tag === "td" || tag === "th") && close === "") {
      row?.push({ columns: spanOf(attributes, "colspan"), rows: spanOf(attributes, "rowspan"), paragraphs: [] });
    }
  }
  flush();
  return blocks;
}

function spanOf(attributes: string, name: string): number {
  return Number(new RegExp(`${name}="(\\d+)"`).exec(attributes)?.[1] ?? 1);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

function decoded(text: string): string {
  return text.replace(/&(#\d+|[a-z]+);/g, (whole, name: string) =>
    name.startsWith("#") ? String.fromCodePoint(Number(name.slice(1))) : (ENTITIES[name] ?? whole),
  );
}
