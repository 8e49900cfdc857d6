/** The sheets of a workbook that is asked about: which the columns are read from, which are taken with it, which not and why. */
import { namedHeads, parseGenericMap } from "../../../ingest/generic-map.ts";
import { lackedBy } from "../../../ingest/map-sheets.ts";
import type { Proposal } from "../../../ingest/propose-map.ts";
import type { TextTable } from "../../../ingest/table.ts";
import { field } from "../form.ts";
import { type Html, html } from "../html.ts";
import { link } from "../query.ts";
import { whole } from "./numbers.ts";

/** Sheets of one file that are asked about; more are told by the dry run alone. */
const MOST_SHEETS = 200;

/** One sheet, and what its columns may be on their own. */
export type AskedSheet = { readonly table: TextTable; readonly proposal: Proposal | undefined };

/** A table of the sheets with what becomes of each, inside the form of the mapping; nothing for a single one. */
export function sheetsTable(upload: string, sheets: readonly AskedSheet[], at: number): Html | false {
  const named = (sheets[at]?.proposal?.columns ?? []).filter(({ means }) => means !== "none").map(({ head }) => head);
  if (sheets.length < 2) return false;
  const shown = sheets.slice(0, MOST_SHEETS);
  return html`<input type="hidden" name="sheets" value="${shown.length}">
<table class="tall"><caption>${sheets.length} 张表，逐列的含义取自“${sheets[at]?.table.name}”；表头相同的一并读取${sheets.length > shown.length && `（列前 ${shown.length} 张，其余由演算说明）`}</caption><thead><tr><th scope="col">工作表</th><th scope="col" class="n">有内容的行</th><th scope="col">读取</th></tr></thead><tbody>${shown.map(
    (sheet, k) =>
      html`<tr${k === at && html` class="self"`}><th scope="row">${sheet.table.name}</th><td class="n">${whole(sheet.table.rows.length)}</td><td>${k === at ? "逐列的含义取自这张" : becomes(upload, sheet, lackedBy(sheet.table, named), k)}</td></tr>`,
  )}</tbody></table>`;
}

function becomes(upload: string, { table, proposal }: AskedSheet, lacks: readonly string[], k: number): Html {
  const other = link("/data/map", { upload, sheet: k + 1 });
  if (lacks.length === 0)
    return html`<input type="hidden" name="sheet${k}" value="${table.name}"><label class="nw"><input type="checkbox" name="take${k}" value="1" checked> 表头相同，一并读取</label>　<a href="${other}">改取这张的列</a>`;
  if (proposal === undefined) return html`不取：没有找到表头、时间列和数值列`;
  return html`不取：没有列 ${lacks.join("、")}　<a href="${other}">改取这张的列</a><span class="two">两种表头要分两次上传</span>`;
}

/** Names of the sheets that would fit and were not chosen. @throws Fault `query.too-long`, `body.unreadable` */
export function skippedSheets(body: Readonly<Record<string, unknown>>): readonly string[] {
  const count = Math.min(MOST_SHEETS, Number(field(body, "sheets", 3)) || 0);
  return Array.from({ length: count }, (_, k) => k).flatMap((k) => {
    const name = field(body, `sheet${k}`, 200);
    return name !== "" && field(body, `take${k}`, 1) === "" ? [name] : [];
  });
}

/** Of each sheet a mapping does not fit, as its file is shown, the heads it has not. @throws Fault `ingest.mapping` */
export function sheetsLacking(
  name: string,
  tables: readonly TextTable[],
  map: string,
): ReadonlyMap<string, readonly string[]> {
  const heads = namedHeads(parseGenericMap(map));
  return new Map(
    tables.map((table) => [tables.length > 1 ? `${name}#${table.name}` : name, lackedBy(table, heads)] as const),
  );
}
