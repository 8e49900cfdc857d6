/** Rejected rows as a workbook a person puts right and hands back: a sheet for each set of heads. */
import { workbookBytes } from "./xlsx-write.ts";

type RejectSheet = { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** The format that keeps what is typed as it is typed. */
const TEXT = "@";

/** The bytes of the workbook. Every cell is text, so that a code, a date or `0.10` comes back as it stands. */
export async function rejectWorkbook(sheets: readonly RejectSheet[]): Promise<Uint8Array> {
  return await workbookBytes(
    sheets.map(({ header, rows }, k) => ({
      name: sheets.length === 1 ? "拒收" : `拒收${k + 1}`,
      header,
      rows: rows.map((row) => header.map((_, at) => row[at] ?? "")),
      formats: rows.map(() => header.map(() => TEXT)),
    })),
  );
}
