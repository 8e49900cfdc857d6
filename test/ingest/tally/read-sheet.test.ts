import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { csvRows } from "../../../ingest/tally/csv-rows.ts";
import { readTallySheet } from "../../../ingest/tally/read-sheet.ts";
import { workbookBytes } from "../../../reports/workbooks/xlsx-write.ts";
import { Fault } from "../../../src/domain/faults.ts";

const dir = mkdtempSync(join(tmpdir(), "sheet-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const file = (name: string, bytes: string | Uint8Array) => {
  const path = join(dir, name);
  writeFileSync(path, bytes);
  return path;
};
const refusal = async (path: string) => {
  try {
    await readTallySheet(path);
    return "read";
  } catch (error) {
    return error instanceof Fault ? error.code : String(error);
  }
};

describe("Rows of a CSV text", () => {
  it("begin on the lines they begin on, line ends inside quotes counted", () => {
    expect(csvRows('a,b\r\n\r\n"x\ny",2\nlast,3')).toEqual([
      { line: 1, cells: ["a", "b"] },
      { line: 3, cells: ["x\ny", "2"] },
      { line: 5, cells: ["last", "3"] },
    ]);
  });
  it("keep commas and doubled quotes of quoted cells, and an empty last cell", () => {
    expect(csvRows('"a,""b""",c,')).toEqual([{ line: 1, cells: ['a,"b"', "c", ""] }]);
  });
  it("take a quote that is never closed as it stands, to the line's end", () => {
    expect(csvRows('"open,1\nnext,2').map((row) => row.cells)).toEqual([
      ['"open', "1"],
      ["next", "2"],
    ]);
  });
  it("come back from what is written with every cell quoted", () => {
    const cell = fc.string({ maxLength: 6 }).map((text) => text.replaceAll("\r", "").replaceAll("\uFEFF", ""));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, fc.constant("x")), { minLength: 1 }), (rows) => {
        const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(",")).join("\n");
        expect(csvRows(text).map((row) => row.cells)).toEqual(rows);
      }),
    );
  });
});

describe("A tally sheet", () => {
  it("is read by the names of its columns, in any order, in either language, others left alone", async () => {
    const path = file("a.csv", "指标,计量单位,target,数据日期,数值\n某数,次,t1,2024-06-30,5\n");
    const { rows } = await readTallySheet(path);
    expect(rows).toEqual([{ line: 2, row: { target: "t1", date: "2024-06-30", value: "5", unit: "次" } }]);
  });
  it("is read in GB 18030 too, as spreadsheet programs write it", async () => {
    const head = [0xc4, 0xbf, 0xb1, 0xea, 0xb1, 0xe0, 0xba, 0xc5]; // 目标编号
    const bytes = Uint8Array.from([...head, ...new TextEncoder().encode(",date,unit,value\nt,2024-06-30,x,1\n")]);
    expect((await readTallySheet(file("gbk.csv", bytes))).rows).toHaveLength(1);
  });
  it("skips the rows a department left unfilled, and says how many", async () => {
    const path = file("b.csv", "目标编号,数据日期,数值,计量单位,填报单位\nt1,,,次,甲\nt2,2024-06-30,5,次,甲\n");
    const { rows, blank } = await readTallySheet(path);
    expect([rows.map((one) => one.line), blank]).toEqual([[3], 1]);
  });
  it("is read from a workbook with real dates and numbers, lines counted as on the sheet", async () => {
    const bytes = await workbookBytes([
      { name: "说明", header: ["先读"], rows: [["一"]] },
      {
        name: "填报",
        header: ["目标编号", "数据日期", "数值", "计量单位"],
        rows: [
          ["t1", new Date(Date.UTC(2024, 5, 30)), 98.5, "%"],
          [null, null, null, null],
          ["t2", "2024-06-30", 47500, "次"],
        ],
      },
    ]);
    const { rows } = await readTallySheet(file("c.xlsx", bytes));
    expect(rows).toEqual([
      { line: 2, row: { target: "t1", date: "2024-06-30", value: "98.5", unit: "%" } },
      { line: 4, row: { target: "t2", date: "2024-06-30", value: "47500", unit: "次" } },
    ]);
  });
  it("is refused when it is no sheet: no file, empty, a PDF, a page, another zip, other columns, nothing filled in", async () => {
    expect(await refusal(join(dir, "none.csv"))).toBe("ingest.path-missing");
    expect(await refusal(file("empty.csv", ""))).toBe("tally.sheet-empty");
    expect(await refusal(file("pdf.xlsx", "%PDF-1.7 \n"))).toBe("tally.sheet-unreadable");
    expect(await refusal(file("page.csv", "<html></html>"))).toBe("tally.sheet-unreadable");
    expect(await refusal(file("zip.xlsx", "PK\u0003\u0004 nothing"))).toBe("tally.sheet-unreadable");
    expect(await refusal(file("binary.xlsx", Uint8Array.from([1, 0, 2])))).toBe("tally.sheet-unreadable");
    expect(await refusal(file("other.csv", "a,b\n1,2\n"))).toBe("tally.sheet-header");
    expect(await refusal(file("nodate.csv", "目标编号,数值,计量单位\nt,1,次\n"))).toBe("tally.sheet-header");
    expect(await refusal(file("unfilled.csv", "目标编号,数据日期,数值,计量单位\nt,,,次\n"))).toBe("tally.sheet-empty");
  });
});
