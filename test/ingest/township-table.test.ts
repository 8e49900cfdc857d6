/** Township tables as offices send them, in every coat they come in. Spans: 3 half-month, 4 month, 7 cumulative. */
import { gzipSync } from "node:zlib";
import { writeXlsx } from "hucre";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { xlsOf } from "./biff8.ts";
import { held, take } from "./take.ts";

let fixture: TemporaryStore;
beforeEach(async () => {
  fixture = await temporaryStore();
});
afterEach(() => fixture.remove());

const LINES = [
  "2024年3月上半月街道（乡镇）TSP浓度统计表",
  "单位：微克/立方米",
  "序号,街道（乡镇）,TSP浓度,同比变化,排名",
  "1,将台乡,１２３,-5%,1",
  "2,三里屯街道,98.5,3%,2",
  ",全区平均,110,,",
];
const EXPECTED = ["三里屯街道 7 2024-03-01 00:00 3 98.5", "将台地区 7 2024-03-01 00:00 3 123"];

/** GBK bytes of a text, from the decoder turned round. */
function gbk(text: string): Uint8Array {
  const decoder = new TextDecoder("gb18030");
  const codes = new Map<string, number[]>();
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) codes.set(decoder.decode(Uint8Array.from([high, low])), [high, low]);
  }
  return Uint8Array.from(
    [...text].flatMap((char) => (char <= "\x7f" ? [char.charCodeAt(0)] : (codes.get(char) ?? []))),
  );
}

describe("A township table with title rows, a total row and full-width digits", () => {
  const text = LINES.join("\r\n");
  it.each<readonly [string, string, () => string | Uint8Array | Promise<Uint8Array>]>([
    ["UTF-8", "t.csv", () => text],
    ["UTF-8 with a mark", "t.csv", () => `\ufeff${text}`],
    ["GBK of a vendor's old system", "t.csv", () => gbk(text)],
    ["UTF-16", "t.txt", () => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["tabs", "t.tsv", () => text.replaceAll(",", "\t")],
    ["semicolons", "t.csv", () => text.replaceAll(",", ";")],
    ["gzip", "t.csv.gz", () => gzipSync(text)],
    [
      "a page named .xls",
      "t.xls",
      () =>
        `<html><head><meta charset="utf-8"></head><body><table>${LINES.map(
          (line) =>
            `<tr>${line
              .split(",")
              .map((cell) => `<td>${cell}</td>`)
              .join("")}</tr>`,
        ).join("")}</table></body></html>`,
    ],
    [
      "a workbook",
      "t.xlsx",
      async () =>
        new Uint8Array(await writeXlsx({ sheets: [{ name: "Sheet1", rows: LINES.map((line) => line.split(",")) }] })),
    ],
    [
      "an .xls of Excel 97",
      "t.xls",
      () =>
        xlsOf(
          "Sheet1",
          LINES.map((line) => line.split(",")),
        ),
    ],
  ])("reads the same from %s", async (_, name, make) => {
    const batch = await take(fixture, name, await make());
    expect(batch).toMatchObject({ format: "township", read: 2, inserted: 2, rejected: 0, ignored: 1 });
    expect(await held(fixture)).toEqual(EXPECTED);
  });
});

describe("A workbook of a bureau", () => {
  const sheet = async (
    rows: (string | number | Date | null)[][],
    merges: { startRow: number; startCol: number; endRow: number; endCol: number }[] = [],
    name = "Sheet1",
  ) => new Uint8Array(await writeXlsx({ sheets: [{ name, rows, merges }] }));

  it("has its heads merged over two rows and its districts merged down the rows", async () => {
    const bytes = await sheet(
      [
        ["2024年3月街道（乡镇）空气质量情况", null, null, null, null],
        ["区", "街道（乡镇）", "PM2.5", null, "TSP"],
        [null, null, "浓度(μg/m³)", "同比", "浓度(μg/m³)"],
        ["朝阳区", "八里庄街道", 35.5, -0.1, 101],
        [null, "三里屯街道", 33, 0.2, null],
        ["海淀区", "八里庄街道", 41.1, 0.3, 120],
      ],
      [
        { startRow: 0, startCol: 0, endRow: 0, endCol: 4 },
        { startRow: 1, startCol: 0, endRow: 2, endCol: 0 },
        { startRow: 1, startCol: 1, endRow: 2, endCol: 1 },
        { startRow: 1, startCol: 2, endRow: 1, endCol: 3 },
        { startRow: 3, startCol: 0, endRow: 4, endCol: 0 },
      ],
    );
    expect(await take(fixture, "m.xlsx", bytes)).toMatchObject({ read: 3, inserted: 3, rejected: 0 });
    expect(await held(fixture)).toEqual([
      "三里屯街道 1 2024-03-01 00:00 4 33",
      "八里庄街道 1 2024-03-01 00:00 4 35.5",
      "八里庄街道 1 2024-03-01 00:00 4 41.1",
      "八里庄街道 7 2024-03-01 00:00 4 101",
      "八里庄街道 7 2024-03-01 00:00 4 120",
    ]);
  });

  it("has a month and its cumulative figure side by side", async () => {
    const bytes = await sheet([
      ["2024年街道（乡镇）PM2.5浓度"],
      ["街道（乡镇）", "3月", "1-3月累计", "去年同期"],
      ["将台乡", 30, 41.25, 50],
    ]);
    expect(await take(fixture, "m.xlsx", bytes)).toMatchObject({ read: 1, inserted: 1 });
    expect(await held(fixture)).toEqual(["将台地区 1 2024-03-01 00:00 4 30", "将台地区 1 2024-03-01 00:00 7 41.25"]);
  });

  it("has roads, whose month runs from the 20th to the 19th: the label and the days are both kept", async () => {
    const bytes = await sheet([
      ["2023年12月20日-2024年1月19日道路尘负荷监测结果（g/m2）"],
      ["区", "街道（乡镇）", "道路名称", "道路尘负荷"],
      ["朝阳区", "将台乡", "酒仙桥路", 0.31],
    ]);
    expect(await take(fixture, "m.xlsx", bytes)).toMatchObject({
      read: 1,
      inserted: 1,
      registered: ["road-110105023-酒仙桥路"],
    });
    expect(await held(fixture)).toEqual(["酒仙桥路 9 2024-01-01 00:00 4 0.31"]);
    const windows = await fixture.store.sql.rows("SELECT period, first_day, last_day FROM period_window");
    const day = (text: string) => Date.parse(text) / 86_400_000;
    expect(windows).toEqual([{ period: "2024-01", first_day: day("2023-12-20"), last_day: day("2024-01-19") }]);
  });

  it("means the road held below a township when it names only the district, and registers no second one", async () => {
    const head = ["2024年1月道路尘负荷监测结果（g/m2）"];
    const full = [head, ["区", "街道（乡镇）", "道路名称", "道路尘负荷"], ["朝阳区", "将台乡", "酒仙桥路", 0.31]];
    const short = [
      ["2024年2月道路尘负荷监测结果（g/m2）"],
      ["区", "道路名称", "道路尘负荷"],
      ["朝阳区", "酒仙桥路", 0.29],
    ];
    await take(fixture, "full.xlsx", await sheet(full));
    expect(await take(fixture, "short.xlsx", await sheet(short))).toMatchObject({ inserted: 1, registered: [] });
  });

  it("has a column of real dates, which no time zone moves", async () => {
    const bytes = await sheet([
      ["日期", "街道（乡镇）", "TSP浓度"],
      [new Date("2024-03-05T00:00:00Z"), "将台乡", 120],
      [45357, "将台乡", 0.1 + 0.2],
    ]);
    await take(fixture, "m.xlsx", bytes);
    expect(await held(fixture)).toEqual(["将台地区 7 2024-03-05 00:00 2 120", "将台地区 7 2024-03-06 00:00 2 0.3"]);
  });

  it("has several sheets, each taken as a file of its own; what is no table is named", async () => {
    const rows = (month: string) => [
      [`2024年${month}街道（乡镇）TSP浓度`],
      ["街道（乡镇）", "TSP浓度"],
      ["将台乡", 100],
    ];
    const bytes = new Uint8Array(
      await writeXlsx({
        sheets: [
          { name: "1月", rows: rows("1月") },
          { name: "2月", rows: rows("2月") },
          { name: "说明", rows: [["本表仅供参考"]] },
        ],
      }),
    );
    const batch = await take(fixture, "m.xlsx", bytes);
    expect(batch.files.map((file) => `${file.file} ${file.outcome}`).sort()).toEqual([
      "m.xlsx#1月 read",
      "m.xlsx#2月 read",
      "m.xlsx#说明 refused",
    ]);
    expect(await held(fixture)).toHaveLength(2);
  });

  it("names a township nobody knows: rejected with near names, never guessed", async () => {
    const bytes = await sheet([
      ["2024年3月街道（乡镇）TSP浓度"],
      ["街道（乡镇）", "TSP浓度"],
      ["将台", 100],
      ["三里屯街道", 90],
    ]);
    const batch = await take(fixture, "m.xlsx", bytes);
    expect(batch).toMatchObject({ read: 2, inserted: 1, rejected: 1 });
    const [reject] = await fixture.store.sql.rows<{ raw: string; detail: string }>("SELECT raw, detail FROM reject");
    expect(reject).toMatchObject({ raw: "将台", detail: expect.stringContaining("将台地区") });
  });

  it("says no period: every row is rejected with that reason", async () => {
    const bytes = await sheet([["街道（乡镇）TSP浓度"], ["街道（乡镇）", "TSP浓度"], ["将台乡", 100]]);
    expect(await take(fixture, "m.xlsx", bytes)).toMatchObject({
      id: undefined,
      rejected: 1,
      rejects: [{ reason: "period.unknown", count: 1 }],
    });
  });
});
