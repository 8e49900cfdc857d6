/** A briefing's blocks as PDF: data in, bytes out. */
import type { Stamp } from "./district-data.ts";
import type { Block, Cell } from "./outline.ts";
import { typeset } from "./typst.ts";
import { dayZh } from "./words.ts";

export type PaperBriefing = {
  readonly bureau: string;
  readonly masthead: string;
  readonly issue: string;
  readonly dataUntil: string;
  readonly stamp: Stamp;
  readonly simulated: boolean;
  readonly contact?: string;
};

/** Blocks that stay on one page together: a table or figure with the notes under it. */
type Group = { readonly whole: boolean; readonly blocks: readonly object[] };

/**
 * A tagged A4 PDF; equal data give equal bytes on any machine.
 * @param blocks not numbered: the template counts heads, tables and figures itself
 * @throws Fault `briefing.glyph-missing`, `briefing.cell-overflow`, `briefing.not-typeset`
 */
export function renderPdf(briefing: PaperBriefing, title: string, blocks: readonly Block[]): Uint8Array {
  const { bureau, masthead, issue, dataUntil, stamp, simulated, contact = "" } = briefing;
  const figures: Record<string, string> = {};
  /** Drawings go beside the data as files, numbered as they come. */
  const filed = <T extends { readonly svg: string }>({ svg, ...rest }: T) => {
    const file = `figure-${Object.keys(figures).length}.svg`;
    figures[file] = svg;
    return { ...rest, file };
  };
  const cellOf = (cell: Cell): object => (cell.spark === undefined ? cell : { ...cell, spark: filed(cell.spark) });
  const paper = blocks.map((block): object => {
    if (block.kind === "figure") return filed(block);
    return block.kind === "table" ? { ...block, rows: block.rows.map((row) => row.map(cellOf)) } : block;
  });
  const data = {
    bureau,
    masthead,
    issue,
    stamp,
    simulated,
    contact,
    title,
    date: dataUntil.split("-").map(Number),
    dataUntilZh: dayZh(dataUntil),
    groups: groupsOf(blocks, paper),
  };
  return typeset({ template: "briefing.typ", data, figures, date: dataUntil });
}

function groupsOf(blocks: readonly Block[], paper: readonly object[]): readonly Group[] {
  const groups: { whole: boolean; blocks: object[] }[] = [];
  for (const [at, block] of blocks.entries()) {
    const open = groups.at(-1);
    const printed = paper[at] ?? {};
    if (block.kind === "note" && open?.whole === true) open.blocks.push(printed);
    else {
      const whole = block.kind === "figure" || (block.kind === "table" && block.whole === true);
      groups.push({ whole, blocks: [printed] });
    }
  }
  return groups;
}
