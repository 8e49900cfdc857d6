/** A briefing as an editable Word file: real heads, tables whose head repeats, captions, figures as pictures with their alt. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  ImageRun,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import { COLOURS, PAPER } from "../charts/theme.ts";
import { settledDocx } from "./docx-bytes.ts";
import { type Block, type Cell, type Outline, STANDING_MARK, withoutBars } from "./outline.ts";
import { svgPng } from "./png.ts";

/** A computer of a bureau has these; they are named, not embedded. */
const SERIF = "SimSun";
const SANS = "Microsoft YaHei";
/** Word counts half points and twentieths of a point. */
const half = (points: number): number => Math.round(points * 2);
const twips = (points: number): number => Math.round(points * 20);
const MARGIN = 42.5;
const ink = (colour: string): string => colour.slice(1);

/** The bytes of the file; equal outlines give equal bytes: no clock is read and no id is drawn. */
export async function outlineDocx(outline: Outline, date: Date): Promise<Uint8Array> {
  const children: (Paragraph | Table)[] = [...masthead(outline)];
  for (const block of outline.blocks) children.push(...(await blockOf(block)));
  children.push(note([outline.contact, outline.stamp].filter((line) => line !== undefined).join("　·　")));
  const document = new Document({
    title: outline.title,
    creator: outline.bureau,
    description: `${outline.title}（${outline.issue}）`,
    styles: {
      default: {
        document: {
          run: {
            font: { ascii: SERIF, eastAsia: SERIF, hAnsi: SERIF },
            size: half(PAPER.body),
            color: ink(COLOURS.ink),
          },
        },
        heading1: { run: headRun(PAPER.heading + 2), paragraph: { spacing: { before: twips(15), after: twips(8) } } },
        heading2: { run: headRun(PAPER.heading), paragraph: { spacing: { before: twips(12), after: twips(6) } } },
        title: { run: { ...headRun(PAPER.title), font: SERIF } },
      },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: twips(595.3), height: twips(841.9) },
            margin: { top: twips(57), bottom: twips(54), left: twips(MARGIN), right: twips(MARGIN) },
          },
        },
        footers: { default: footer(outline) },
        children,
      },
    ],
  });
  return settledDocx(new Uint8Array(await Packer.toArrayBuffer(document)), date);
}

const headRun = (size: number) => ({ font: SANS, size: half(size), bold: true, color: ink(COLOURS.ink) });

function masthead({ masthead: words, issue, bureau, dateZh, title, simulated }: Outline): readonly Paragraph[] {
  const centre = AlignmentType.CENTER;
  const red = new TextRun({
    text: words,
    bold: true,
    size: half(30),
    color: ink(COLOURS.masthead),
    characterSpacing: 60,
  });
  const rule = { style: BorderStyle.SINGLE, size: 12, color: ink(COLOURS.masthead), space: 4 };
  return [
    new Paragraph({ alignment: centre, spacing: { after: twips(10) }, children: [red] }),
    new Paragraph({ alignment: centre, children: [new TextRun({ text: issue, size: half(12) })] }),
    new Paragraph({
      tabStops: [{ type: "right", position: twips(PAPER.width) }],
      border: { bottom: rule },
      spacing: { after: twips(14) },
      children: [new TextRun({ text: `${bureau}\t${dateZh}`, size: half(12) })],
    }),
    new Paragraph({ heading: HeadingLevel.TITLE, alignment: centre, text: title }),
    ...(simulated
      ? [
          new Paragraph({
            alignment: centre,
            children: [new TextRun({ text: "模拟数据：只供演示，不反映任何真实情况。", bold: true })],
          }),
        ]
      : []),
  ];
}

function footer({ dateZh, simulated }: Outline): Footer {
  const small = { size: half(PAPER.note), color: ink(COLOURS.ink2) };
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          new TextRun({ ...small, text: `数据截至 ${dateZh}${simulated ? "　模拟数据" : ""}　第 ` }),
          new TextRun({ ...small, children: [PageNumber.CURRENT] }),
          new TextRun({ ...small, text: " 页　共 " }),
          new TextRun({ ...small, children: [PageNumber.TOTAL_PAGES] }),
          new TextRun({ ...small, text: " 页" }),
        ],
      }),
    ],
  });
}

async function blockOf(block: Block): Promise<readonly (Paragraph | Table)[]> {
  switch (block.kind) {
    case "heading": {
      const heading = block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2;
      return [new Paragraph({ heading, keepNext: true, text: block.text })];
    }
    case "paragraph": {
      const lead = block.lead === undefined ? [] : [new TextRun({ text: `${block.lead}：`, bold: true })];
      const indent = { firstLine: twips(PAPER.body * 2) };
      return [new Paragraph({ indent, spacing: { line: 320 }, children: [...lead, new TextRun(block.text)] })];
    }
    case "note":
      return [note(block.text)];
    case "table":
      return [caption(block.caption, true), tableOf(block), new Paragraph({ spacing: { after: twips(4) } })];
    case "figure": {
      const { bytes, width, height } = await svgPng(block.svg);
      const shown = { width: PAPER.width * PIXELS, height: Math.round((height / width) * PAPER.width * PIXELS) };
      const altText = { name: block.caption, title: block.caption, description: block.alt };
      const image = new ImageRun({ type: "png", data: bytes, transformation: shown, altText });
      return [
        new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, children: [image] }),
        caption(block.caption, false),
      ];
    }
  }
}

/** Word's pixels are 1/96 of an inch, points 1/72. */
const PIXELS = 96 / 72;

function note(text: string): Paragraph {
  const run = new TextRun({ text, size: half(PAPER.note), color: ink(COLOURS.ink2), font: SANS });
  return new Paragraph({ spacing: { before: twips(3), after: twips(6) }, children: [run] });
}

function caption(text: string, above: boolean): Paragraph {
  const run = new TextRun({ text, size: half(PAPER.table), bold: true, font: SANS });
  return new Paragraph({
    style: "Caption",
    alignment: AlignmentType.CENTER,
    keepNext: above,
    spacing: { before: twips(6), after: twips(4) },
    children: [run],
  });
}

function tableOf(block: Extract<Block, { kind: "table" }>): Table {
  const { columns, rows } = withoutBars(block);
  const total = columns.reduce((sum, { width }) => sum + width, 0);
  const widths = columns.map(({ width }) => Math.round((width / total) * twips(PAPER.width)));
  const line = (size: number, colour: string) => ({ style: BorderStyle.SINGLE, size, color: ink(colour) });
  const none = { style: BorderStyle.NONE, size: 0, color: "auto" };
  const cellOf = (at: number, cell: Cell, head: boolean): TableCell =>
    new TableCell({
      width: { size: widths[at] ?? 0, type: WidthType.DXA },
      margins: { top: 40, bottom: 40, left: 60, right: 60 },
      children: [
        new Paragraph({
          alignment: columns[at]?.align === "right" ? AlignmentType.RIGHT : AlignmentType.LEFT,
          children: runsOf(cell, head),
        }),
      ],
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: twips(PAPER.width), type: WidthType.DXA },
    columnWidths: widths,
    borders: {
      top: line(8, COLOURS.ink),
      bottom: line(4, COLOURS.rule2),
      left: none,
      right: none,
      insideHorizontal: line(4, COLOURS.rule2),
      insideVertical: none,
    },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map(({ head }, at) => cellOf(at, { text: head }, true)),
      }),
      ...rows.map((row) => new TableRow({ cantSplit: true, children: row.map((cell, at) => cellOf(at, cell, false)) })),
    ],
  });
}

function runsOf({ text, strong, small, lead, tail, standing }: Cell, head: boolean): readonly TextRun[] {
  const grey = { size: half(PAPER.note), color: ink(COLOURS.ink2), font: SANS };
  const plain = { size: half(PAPER.table), bold: head || strong === true, font: SANS };
  return [
    ...(lead === undefined ? [] : [new TextRun({ ...grey, text: lead })]),
    new TextRun({
      ...(small === true ? grey : plain),
      text: standing === undefined ? text : `${STANDING_MARK[standing]} ${text}`,
    }),
    ...(tail === undefined || tail === "" ? [] : [new TextRun({ ...grey, text: ` ${tail}` })]),
  ];
}
