/** From an unpacked file to what a format can read: its text, or each of its sheets as a file of its own. */
import type { RefuseReason } from "../src/domain/reject.ts";
import { type Body, openBody } from "./body.ts";
import type { Format, SourceFile } from "./format.ts";
import { recognise } from "./formats.ts";
import { PERSONAL_HEADS } from "./keep-originals.ts";
import { longText } from "./long-text.ts";
import type { Member } from "./members.ts";
import { isNoiseSummary } from "./noise-summary.ts";
import { headOfTable } from "./table.ts";

export type Readable = {
  readonly format: Format;
  readonly member: Member;
  readonly file: SourceFile;
  /** Its first lines. */
  readonly head: string;
};

/** `personal`: it holds facts about persons all the same. */
export type NotReadable = { readonly path: string; readonly refusal: RefuseReason; readonly personal?: boolean };

/** How much of a file is looked at to recognise it. */
const HEAD_CHARS = 4000;

/**
 * @param long of so many bytes a text is not decoded whole; given where texts are only read
 * @returns one entry a file; one a sheet, when a workbook has several
 */
export async function openMember(
  member: Member,
  fixed: Format | undefined,
  open: (bytes: Uint8Array, name: string) => Promise<Body> = openBody,
  long = Number.POSITIVE_INFINITY,
): Promise<readonly (Readable | NotReadable)[]> {
  const { path, name } = member;
  if (member.refusal !== undefined) return [{ path, refusal: member.refusal }];
  if (fixed !== undefined && !fixed.takesName(name) && path.includes("/")) return [{ path, refusal: "file.name" }];
  const unread = member.bytes.length >= long ? openLong(member, fixed) : undefined;
  if (unread !== undefined) return [unread];
  const body = await open(member.bytes, name);
  if (body.kind === "refused") return [{ path, refusal: body.refusal }];
  return filesOf(member, body).map(({ file, head }) => {
    const format = fixed ?? recognise(name, head, body.kind === "tables");
    const refusal = format === undefined ? unknown(head) : unfit(format, body);
    if (format !== undefined && refusal === undefined) return { format, member, file, head };
    return { path: file.path, refusal: refusal ?? unknown(head), personal: PERSONAL_HEADS.test(head) };
  });
}

/** A long text of a format that takes it so. */
function openLong(member: Member, fixed: Format | undefined): Readable | undefined {
  const { name, path, origin } = member;
  const found = longText(member.bytes);
  if (found === undefined) return undefined;
  const head = found.head.slice(0, HEAD_CHARS);
  const format = fixed ?? recognise(name, head, false);
  if (format?.takesLong !== true || format.encodings?.includes(found.long.encoding) === false) return undefined;
  return { format, member, head, file: { name, path, origin, text: found.head, long: found.long } };
}

function unknown(head: string): RefuseReason {
  return isNoiseSummary(head) ? "file.noise-summary" : "file.unknown-format";
}

function unfit(format: Format, body: Exclude<Body, { kind: "refused" }>): RefuseReason | undefined {
  if (body.kind === "tables") return format.takesTables === true ? undefined : "file.not-text";
  return format.encodings === undefined || format.encodings.includes(body.encoding) ? undefined : "file.not-utf8";
}

type Opened = { readonly file: SourceFile; readonly head: string };

function filesOf(member: Member, body: Exclude<Body, { kind: "refused" }>): readonly Opened[] {
  const { name, path, origin } = member;
  if (body.kind === "text") {
    const { text, encoding, cut } = body;
    const coded = cut === true ? { coded: { bytes: member.bytes, encoding } } : {};
    return [{ file: { name, path, origin, text, ...coded }, head: text.slice(0, HEAD_CHARS) }];
  }
  const several = body.tables.length > 1;
  return body.tables.map((table) => {
    const shown = several ? `${path}#${table.name}` : path;
    return { file: { name, path: shown, origin, text: "", table }, head: headOfTable(table).slice(0, HEAD_CHARS) };
  });
}

/** About as much of a text as a sheet's cell stands for, and rows enough to know a sheet's width by. */
const TEXT_OF_A_CELL = 6;
const ROWS_LOOKED_AT = 20;

/** How large a file is to read, in characters or bytes of text; of a sheet what its cells stand for. */
export function sizeToRead({ text, coded, long, table }: SourceFile): number {
  if (table === undefined) return (coded ?? long)?.bytes.length ?? text.length;
  const width = Math.max(0, ...table.rows.slice(0, ROWS_LOOKED_AT).map((row) => row.cells.length));
  return table.rows.length * width * TEXT_OF_A_CELL;
}
