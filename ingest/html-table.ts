/**
 * A page in tags as one table of text: each table row a row, each paragraph between tables a row of one cell.
 *
 * Excel opens such a page named `.xls` without a word, so many systems export one. No script runs, nothing is fetched.
 */
import type { TextRow, TextTable } from "./table.ts";

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ensp: " ",
  emsp: " ",
  sup2: "²",
  sup3: "³",
  micro: "µ",
  mu: "μ",
  middot: "·",
  mdash: "—",
  ndash: "–",
  deg: "°",
};

/** Spans over this many rows or columns are not believed. */
const MOST_SPAN = 1000;
/** Nor are more cells than this that were never written but stand there by a span: a small page could claim any number. */
const MOST_SPANNED = 1_000_000;

/** Whether a page holds a table at all. */
export function hasTable(html: string): boolean {
  return /<(table|w:tbl)[\s>]/i.test(html);
}

export function tableOfHtml(html: string): TextTable {
  const rows: TextRow[] = [];
  let loose = "";
  let row: string[] | undefined;
  let cell: { text: string; across: number; down: number } | undefined;
  /** Cells that reach down from rows above, by column. */
  const reaching = new Map<number, { text: string; left: number }>();
  let spanned = 0;
  const push = (cells: readonly string[]): void => {
    if (cells.some((text) => text !== "")) rows.push({ line: rows.length + 1, cells });
  };
  const flushLoose = (): void => {
    const text = squeezed(loose);
    loose = "";
    if (text !== "") push([text]);
  };
  const fillFromAbove = (target: string[]): void => {
    for (let above = reaching.get(target.length); above !== undefined; above = reaching.get(target.length)) {
      if (above.left === 1) reaching.delete(target.length);
      else above.left -= 1;
      if (++spanned > MOST_SPANNED) {
        reaching.clear();
        return;
      }
      target.push(above.text);
    }
  };
  const endCell = (): void => {
    if (cell === undefined || row === undefined) return;
    fillFromAbove(row);
    const text = squeezed(cell.text);
    for (let i = 0; i < cell.across; i++) {
      if (i > 0 && ++spanned > MOST_SPANNED) break;
      if (cell.down > 1) reaching.set(row.length, { text, left: cell.down - 1 });
      row.push(text);
    }
    cell = undefined;
  };
  const endRow = (): void => {
    endCell();
    if (row === undefined) return;
    fillFromAbove(row);
    push(row);
    row = undefined;
  };
  // A tag ends before the next one begins, so that a page of open brackets is read once and not from each of them.
  for (const [, tag, text] of withoutComments(html).matchAll(/<([^<>]*)>|([^<]+)/g)) {
    if (text !== undefined) {
      if (cell !== undefined) cell.text += text;
      else loose += text;
      continue;
    }
    const found = /^\/?([a-z][a-z0-9]*)/i.exec(tag ?? "");
    const name = found?.[1]?.toLowerCase() ?? "";
    const closing = (tag ?? "").startsWith("/");
    if (name === "td" || name === "th") {
      endCell();
      if (!closing && row !== undefined) cell = { text: "", across: span(tag, "colspan"), down: span(tag, "rowspan") };
    } else if (name === "tr") {
      endRow();
      if (!closing) {
        flushLoose();
        row = [];
      }
    } else if (name === "table") {
      endRow();
      flushLoose();
      reaching.clear();
    } else if (/^(p|div|h[1-6]|br|li|title|section)$/.test(name)) {
      if (cell !== undefined) cell.text += " ";
      else flushLoose();
    }
  }
  endRow();
  flushLoose();
  return { name: "", rows };
}

/** A page without its scripts, styles and head; what is opened and never closed stays. */
export function withoutScripts(html: string): string {
  const closing = { script: /<\/script\s*>/gi, style: /<\/style\s*>/gi, head: /<\/head\s*>/gi };
  const unclosed = new Set<string>();
  let out = "";
  let from = 0;
  for (const { 1: given = "", index } of html.matchAll(/<(script|style|head)[\s>]/gi)) {
    const name = given.toLowerCase() as keyof typeof closing;
    if (index < from || unclosed.has(name)) continue;
    const end = closing[name];
    end.lastIndex = index;
    if (end.exec(html) === null) {
      // It is not looked for again: a page of nothing but openings would be searched to its end from each.
      unclosed.add(name);
      continue;
    }
    out += `${html.slice(from, index)} `;
    from = end.lastIndex;
  }
  return out + html.slice(from);
}

function withoutComments(html: string): string {
  let out = "";
  let from = 0;
  for (let open = html.indexOf("<!--"); open >= 0; open = html.indexOf("<!--", from)) {
    const close = html.indexOf("-->", open + 4);
    if (close < 0) break;
    out += html.slice(from, open);
    from = close + 3;
  }
  return out + html.slice(from);
}

function span(tag: string | undefined, name: string): number {
  const given = Number(new RegExp(`${name}\\s*=\\s*["']?(\\d+)`, "i").exec(tag ?? "")?.[1] ?? 1);
  return given >= 1 && given <= MOST_SPAN ? given : 1;
}

function squeezed(text: string): string {
  return text
    .replace(/&(#x?[0-9a-f]+|[a-z0-9]+);/gi, (whole, name: string) => {
      if (!name.startsWith("#")) return NAMED[name.toLowerCase()] ?? whole;
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
    })
    .replace(/\s+/g, " ")
    .trim();
}
