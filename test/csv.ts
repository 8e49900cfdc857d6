/** CSV files of the shared data as rows by column name; `.gz` is unpacked. Written apart from the code under test. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export type CsvRow = Readonly<Record<string, string>>;

/** All rows of a CSV file. @throws when a row has another width than the header */
export function readCsv(path: string): readonly CsvRow[] {
  const bytes = readFileSync(path);
  return parseCsv((path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
}

/** All rows of a CSV text; of columns with the same name the last one counts. */
export function parseCsv(text: string): readonly CsvRow[] {
  const [header = [], ...rows] = records(text);
  return rows.map((cells, index) => {
    if (cells.length !== header.length) throw new Error(`row ${index + 2} has ${cells.length} cells`);
    return Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ""]));
  });
}

function records(text: string): readonly (readonly string[])[] {
  const all: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  for (let found = cell.exec(text); found !== null && cell.lastIndex <= text.length; found = cell.exec(text)) {
    row.push(found[1] === undefined ? (found[2] ?? "") : found[1].replaceAll('""', '"'));
    if (found[3] === ",") continue;
    if (row.length > 1 || row[0] !== "") all.push(row);
    row = [];
    if (cell.lastIndex >= text.length) break;
  }
  return all;
}
