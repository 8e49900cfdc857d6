/** CSV as spreadsheets read it: a mark of UTF-8 first, quotes where needed, and no cell that a spreadsheet would run. */

type Cell = string | number | boolean;

export function csvText(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${[head, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

/** A text that begins like a formula gets an apostrophe before it; numbers stay numbers, also negative ones. */
export function csvCell(value: Cell): string {
  const text = String(value);
  const risky = typeof value === "string" && /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text);
  const safe = risky ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
