/** A plan file → its blocks. What a file is, its bytes say; its name only what it should have been. */
import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fault } from "../../src/domain/faults.ts";
import type { Block } from "./document.ts";
import { readDocx } from "./read-docx.ts";
import { readTxt } from "./read-txt.ts";
import { readXlsx } from "./read-xlsx.ts";
import { zipEntries } from "./safe-zip.ts";

/** Plans are tables of text: a larger file is something else. */
const MOST_BYTES = 50_000_000;
/** Nor does one say so much in one paragraph. Patterns that look through a paragraph rely on it being no longer. */
const MOST_CHARACTERS = 20_000;

/**
 * The blocks of a plan file (.txt, .docx, .xlsx).
 *
 * @throws Fault `ingest.path-missing`, `plan.empty`, `plan.file`
 */
export async function readPlanFile(path: string): Promise<readonly Block[]> {
  const blocks = await blocksOf(path);
  const paragraphs = blocks.flatMap((block) =>
    block.kind === "row" ? block.cells.flatMap((cell) => cell.paragraphs) : [block],
  );
  const long = paragraphs.find(({ text }) => text.length > MOST_CHARACTERS);
  if (long === undefined) return blocks;
  const reason = `一段文字有 ${long.text.length} 个字，超过 ${MOST_CHARACTERS}，不像一份计划`;
  throw fault("plan.file", { reason }, { file: basename(path), line: long.line });
}

async function blocksOf(path: string): Promise<readonly Block[]> {
  const file = basename(path);
  if (!existsSync(path) || !statSync(path).isFile()) throw fault("ingest.path-missing", { path }, { file: path });
  const unreadable = (reason: string) => fault("plan.file", { reason }, { file });
  if (statSync(path).size > MOST_BYTES) throw unreadable("文件大于 50 MB，不像一份计划");
  const bytes = await readFile(path);
  if (bytes.length === 0) throw fault("plan.empty", {}, { file });
  const other = OTHERS.find(([start]) => start.every((byte, index) => bytes[index] === byte))?.[1];
  if (other !== undefined) throw unreadable(`${named(file)}，内容却是${other}`);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readZip(bytes, file);
  if (/\.(docx|xlsx)$/i.test(file)) throw unreadable(`${named(file)}，内容却不是 Office 文档`);
  const text = decoded(bytes);
  if (text === undefined) throw unreadable("内容不是文字");
  if (text.trim() === "") throw fault("plan.empty", {}, { file });
  return readTxt(text);
}

async function readZip(bytes: Uint8Array, file: string): Promise<readonly Block[]> {
  try {
    const names = await zipEntries(bytes);
    if (names.includes("word/document.xml")) return await readDocx(bytes);
    if (names.includes("xl/workbook.xml")) return await readXlsx(bytes);
  } catch (error) {
    throw fault("plan.file", { reason: error instanceof Error ? error.message : String(error) }, { file });
  }
  throw fault("plan.file", { reason: `${named(file)}，内容却是别的压缩包` }, { file });
}

/** First bytes of files that people rename. */
const OTHERS: readonly (readonly [readonly number[], string])[] = [
  [[0x25, 0x50, 0x44, 0x46], " PDF"],
  [[0xd0, 0xcf, 0x11, 0xe0], "旧版 Word 或 Excel（.doc、.xls）"],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], " RTF"],
  [[0x89, 0x50, 0x4e, 0x47], "图片（PNG）"],
  [[0xff, 0xd8, 0xff], "图片（JPEG）"],
];

function named(file: string): string {
  return `文件名是“${file}”`;
}

/** UTF-8, UTF-16 with its mark, else GB 18030; undefined for bytes that are no text. */
function decoded(bytes: Uint8Array): string | undefined {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : undefined;
  if (marked !== undefined) return new TextDecoder(marked).decode(bytes);
  if (bytes.includes(0)) return undefined;
  for (const label of ["utf-8", "gb18030"]) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {}
  }
  return undefined;
}
