/** A briefing as a list of blocks: what Word and HTML are made of. The PDF has its own template and the same words. */

export type Align = "left" | "right";

/** A cell: its text; `strong` for what stands out, `small` for a reason in the place of a number. */
export type Cell = { readonly text: string; readonly strong?: boolean; readonly small?: boolean };

export type Block =
  | { readonly kind: "heading"; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string; readonly lead?: string }
  | { readonly kind: "note"; readonly text: string }
  | {
      readonly kind: "table";
      readonly caption: string;
      readonly align: readonly Align[];
      readonly head: readonly string[];
      readonly rows: readonly (readonly Cell[])[];
    }
  | { readonly kind: "figure"; readonly caption: string; readonly alt: string; readonly svg: string };

export type Outline = {
  readonly title: string;
  readonly masthead: string;
  readonly issue: string;
  readonly bureau: string;
  readonly dateZh: string;
  readonly simulated: boolean;
  readonly blocks: readonly Block[];
  /** Printed at the end: data until, schema, program, digest. */
  readonly stamp: string;
};

const NUMERALS = "一二三四五六七八九十";

/** Headings numbered 一、 and （一）, tables 表1 and figures 图1: what the PDF's template does by itself. */
export function numbered(blocks: readonly Block[]): readonly Block[] {
  const at = { one: 0, two: 0, table: 0, figure: 0 };
  return blocks.map((block): Block => {
    switch (block.kind) {
      case "heading":
        if (block.level === 1) {
          at.one += 1;
          at.two = 0;
          return { ...block, text: `${NUMERALS[at.one - 1] ?? at.one}、${block.text}` };
        }
        at.two += 1;
        return { ...block, text: `（${NUMERALS[at.two - 1] ?? at.two}）${block.text}` };
      case "table":
        at.table += 1;
        return { ...block, caption: `表${at.table}　${block.caption}` };
      case "figure":
        at.figure += 1;
        return { ...block, caption: `图${at.figure}　${block.caption}` };
      default:
        return block;
    }
  });
}
