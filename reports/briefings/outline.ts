/** A briefing as a list of blocks: what PDF, Word, HTML and workbook are made of, so that none can say another thing. */
import type { Standing } from "../../src/domain/plan.ts";

export type Align = "left" | "right";

/** A cell: its text; `strong` for what stands out, `small` for a reason in the place of a number. */
export type Cell = {
  readonly text: string;
  readonly strong?: boolean;
  readonly small?: boolean;
  /** The day the text says, `2026-03-20`: a date where cells can hold one. */
  readonly date?: string;
  /** Said small and grey behind the text: a unit. */
  readonly tail?: string;
  /** Said small and grey before the text: 并列. */
  readonly lead?: string;
  /** The mark of a standing before the word; its colour on paper. */
  readonly standing?: Standing;
  /** Instead of text: a bar of this share of the column, 0 to 100. */
  readonly bar?: { readonly share: number; readonly own: boolean };
  /** Instead of text: a line as high as the row. */
  readonly spark?: { readonly svg: string; readonly alt: string };
};

export type Column = {
  readonly head: string;
  readonly align: Align;
  /** Share of the table's width on paper. */
  readonly width: number;
  /** A small square before the head: the colour of an AQI class. */
  readonly hex?: string;
  /** Holds bars or sparklines only: left out where they cannot be drawn. */
  readonly bars?: boolean;
};

export type Block =
  | {
      readonly kind: "heading";
      readonly level: 1 | 2;
      readonly text: string;
      /** Millimetres that must be left on the page: what follows would be torn apart right under its head. */
      readonly room?: number;
    }
  | { readonly kind: "paragraph"; readonly text: string; readonly lead?: string }
  | { readonly kind: "note"; readonly text: string }
  | {
      readonly kind: "table";
      readonly caption: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Cell[])[];
      /** Short enough to stand on one page: never split. */
      readonly whole?: boolean;
      /** Columns as wide as millimetres say, not the page's width. */
      readonly narrow?: boolean;
    }
  | FigureBlock;

export type FigureBlock = {
  readonly kind: "figure";
  readonly caption: string;
  readonly alt: string;
  readonly svg: string;
};

export type Outline = {
  readonly title: string;
  readonly masthead: string;
  readonly issue: string;
  readonly bureau: string;
  readonly dateZh: string;
  readonly simulated: boolean;
  /** Numbered: 一、 and （一）, 表1, 图1. */
  readonly blocks: readonly Block[];
  /** Printed at the end: data until, schema, program, digest. */
  readonly stamp: string;
  /** Who answers questions; absent where the template names nobody. */
  readonly contact?: string;
};

/** Shape beside the word: readable in black and white. */
export const STANDING_MARK: Readonly<Record<Standing, string>> = {
  missed: "■",
  at_risk: "▲",
  on_track: "○",
  met: "●",
  not_due: "△",
  cannot_judge: "◇",
};

/** A table without the columns that hold bars only: for forms that do not draw them. */
export function withoutBars({ columns, rows }: Extract<Block, { kind: "table" }>): {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
} {
  const kept = columns.flatMap((column, at) => (column.bars === true ? [] : [at]));
  return {
    columns: columns.filter((column) => column.bars !== true),
    rows: rows.map((row) => kept.flatMap((at) => row[at] ?? [])),
  };
}

const NUMERALS = "一二三四五六七八九十";

/** 一 to 十九: a briefing has no more sections. */
function numeral(n: number): string {
  const ten = NUMERALS.length;
  if (n <= ten) return NUMERALS[n - 1] ?? String(n);
  return `十${NUMERALS[n - ten - 1] ?? n - ten}`;
}

/** Headings numbered 一、 and （一）, tables 表1 and figures 图1: what the PDF's template does by itself. */
export function numbered(blocks: readonly Block[]): readonly Block[] {
  const at = { one: 0, two: 0, table: 0, figure: 0 };
  return blocks.map((block): Block => {
    switch (block.kind) {
      case "heading":
        if (block.level === 1) {
          at.one += 1;
          at.two = 0;
          return { ...block, text: `${numeral(at.one)}、${block.text}` };
        }
        at.two += 1;
        return { ...block, text: `（${numeral(at.two)}）${block.text}` };
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
