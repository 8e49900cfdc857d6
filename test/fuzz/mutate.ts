/** What the wild does to files: to single rows, and to whole files. */
import { gzipSync } from "node:zlib";
import type { Random } from "./random.ts";

const ODD_CELLS = [
  "",
  " ",
  "NULL",
  "NA",
  "NaN",
  "Infinity",
  "-1",
  "1e308",
  "-1e-400",
  "99999999999999999999",
  "0.123456789012",
  "3O",
  "１２３",
  "1,234",
  "=1+1",
  "=cmd|'/c calc'!A0",
  "+5",
  "--",
  "—",
  "未检出",
  "0.025L",
  "<5",
  "#DIV/0!",
  "#REF!",
  "2024-02-30",
  "2024/13/45",
  "25:00",
  "24:00",
  "1899-12-31",
  "9999-12-31",
  "45000.5",
  "true",
  "<b>1</b>",
  "\u202e12",
  "😀",
  "\ufeff",
  "a".repeat(5000),
  "'; DROP TABLE reading; --",
  "$(x)",
  "%s%n",
  "\\N",
  "\x1f",
  "\x1e",
  "\x7f",
  "null",
  "undefined",
  "[object Object]",
];

/** One row, changed. No quote and no line end is put in, so its neighbours stay what they are. */
export function mutateRow(line: string, delimiter: string, r: Random): string {
  const cells = line.split(delimiter);
  const at = r.below(cells.length);
  switch (r.below(8)) {
    case 0:
      cells[at] = r.pick(ODD_CELLS);
      return cells.join(delimiter);
    case 1: {
      const other = r.below(cells.length);
      [cells[at], cells[other]] = [cells[other] ?? "", cells[at] ?? ""];
      return cells.join(delimiter);
    }
    case 2:
      return cells.slice(0, at).join(delimiter);
    case 3:
      return [...cells, ...cells.slice(0, at + 1)].join(delimiter);
    case 4:
      return line.slice(0, r.below(line.length + 1));
    case 5: {
      const k = r.below(Math.max(1, line.length));
      return `${line.slice(0, k)}${String.fromCharCode(35 + r.below(90))}${line.slice(k + 1)}`;
    }
    case 6:
      cells[at] = `${cells[at]}${r.pick(ODD_CELLS)}`;
      return cells.join(delimiter);
    default:
      cells.splice(at, 1);
      return cells.join(delimiter);
  }
}

/** The whole file's bytes, changed: nothing can be said of its rows but that they are accounted for. */
export function mutateBytes(bytes: Uint8Array, r: Random): Uint8Array {
  const copy = Uint8Array.from(bytes);
  switch (r.below(8)) {
    case 0:
      for (let k = 0; k < 1 + r.below(20); k++) copy[r.below(copy.length)] = r.below(256);
      return copy;
    case 1:
      return copy.slice(0, r.below(copy.length + 1));
    case 2:
      return Buffer.concat([
        copy.slice(0, r.below(copy.length)),
        Buffer.from("\xb6\xab\xcb\xc4,\xff", "latin1"),
        copy.slice(r.below(copy.length)),
      ]);
    case 3:
      copy[r.below(copy.length)] = 0;
      return copy;
    case 4:
      copy[r.below(copy.length)] = 0x22;
      return copy;
    case 5:
      return Buffer.from(Buffer.from(copy).toString("utf8"), "utf16le");
    case 6: {
      const packed = Uint8Array.from(gzipSync(copy));
      packed[r.below(packed.length)] = r.below(256);
      return packed;
    }
    default:
      return Buffer.concat([copy.slice(r.below(copy.length)), copy.slice(0, r.below(copy.length))]);
  }
}
