/** A briefing as one HTML file: no script, no request, for an intranet or a phone. */
import { COLOURS } from "../charts/theme.ts";
import { type Block, type Cell, type Outline, STANDING_MARK, withoutBars } from "./outline.ts";

const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

const STYLE = `
:root { color: ${COLOURS.ink}; background: ${COLOURS.ground}; }
body { font: 15px/1.65 ${FONT}; max-width: 60rem; margin: 0 auto; padding: 1rem; }
header { text-align: center; border-bottom: 2px solid ${COLOURS.masthead}; margin-bottom: 1.5rem; }
header b { display: block; color: ${COLOURS.masthead}; font-size: 2rem; letter-spacing: .14em; }
header div { display: flex; justify-content: space-between; padding: .5rem 0; }
.simulated { border: 1px solid ${COLOURS.ink}; padding: .25rem .5rem; font-weight: 600; }
h1 { font-size: 1.5rem; text-align: center; } h2 { font-size: 1.125rem; } h3 { font-size: 1rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; border-top: 2px solid ${COLOURS.ink}; }
caption, figcaption { font-weight: 600; padding: .5rem 0; }
th, td { border-bottom: 1px solid ${COLOURS.rule}; padding: .25rem .5rem; text-align: left; font-variant-numeric: tabular-nums; }
th { font-weight: 600; } .right { text-align: right; } small, .note, footer { color: ${COLOURS.ink2}; font-size: 13px; }
figure { margin: 1rem 0; text-align: center; } figure img { max-width: 100%; height: auto; }
footer { border-top: 2px solid ${COLOURS.ink}; margin-top: 2rem; padding-top: .5rem; overflow-wrap: anywhere; }
@media print { @page { size: A4; margin: 16mm 15mm 17mm; } thead { display: table-header-group; } tr, figure { break-inside: avoid; } }
`;

/** The whole file as text; equal outlines give equal text. */
export function outlineHtml(outline: Outline): string {
  const { title, masthead, issue, bureau, dateZh, simulated, blocks, stamp } = outline;
  const mark = simulated ? `<p class="simulated">模拟数据：只供演示，不反映任何真实情况。</p>\n` : "";
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><b>${escaped(masthead)}</b>${escaped(issue)}<div><span>${escaped(bureau)}</span><span>${escaped(dateZh)}</span></div></header>
<main>
<h1>${escaped(title)}</h1>
${mark}${blocks.map(blockHtml).join("\n")}
</main>
<footer>${outline.contact === undefined ? "" : `<p>${escaped(outline.contact)}</p>`}${escaped(stamp)}${simulated ? "　·　模拟数据" : ""}</footer>
</body>
</html>
`;
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `<h${block.level + 1}>${escaped(block.text)}</h${block.level + 1}>`;
    case "paragraph":
      return `<p>${block.lead === undefined ? "" : `<strong>${escaped(block.lead)}</strong>：`}${escaped(block.text)}</p>`;
    case "note":
      return `<p class="note">${escaped(block.text)}</p>`;
    case "figure":
      // As an image, the figure's ids cannot meet those of another figure, and its text is the alt.
      return `<figure><img alt="${escaped(block.alt)}" src="data:image/svg+xml;base64,${Buffer.from(block.svg).toString("base64")}"><figcaption>${escaped(block.caption)}</figcaption></figure>`;
    case "table": {
      const { columns, rows: cells } = withoutBars(block);
      const side = (at: number): string => (columns[at]?.align === "right" ? ' class="right"' : "");
      const head = columns.map((column, at) => `<th scope="col"${side(at)}>${escaped(column.head)}</th>`).join("");
      const rows = cells.map(
        (row) => `<tr>${row.map((one, at) => `<td${side(at)}>${cellHtml(one)}</td>`).join("")}</tr>`,
      );
      return `<div class="scroll"><table><caption>${escaped(block.caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${rows.join("\n")}\n</tbody></table></div>`;
    }
  }
}

function cellHtml({ text, strong, small, lead, tail, standing }: Cell): string {
  const mark = standing === undefined ? "" : `${STANDING_MARK[standing]} `;
  const before = lead === undefined ? "" : `<small>${escaped(lead)}</small>`;
  const after = tail === undefined || tail === "" ? "" : ` <small>${escaped(tail)}</small>`;
  const word = small === true ? `<small>${escaped(text)}</small>` : escaped(mark + text);
  return `${before}${strong === true ? `<strong>${word}</strong>` : word}${after}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A comparator is kept on the line of its number: on a phone “≤” stood alone. */
function escaped(text: string): string {
  const bound = text.replaceAll(/([≤≥<>约]) (?=\d)/g, "$1\u00a0");
  return bound.replaceAll(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}
