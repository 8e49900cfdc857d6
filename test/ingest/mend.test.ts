/** Rejected rows go out as a workbook, come back put right, and are taken in as a batch linked to the one they mend. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readXlsx, writeXlsx } from "hucre";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { locateReadings } from "../../ingest/locate.ts";
import { rejectSheets } from "../../ingest/mend/reject-rows.ts";
import { resubmit } from "../../ingest/mend/resubmit.ts";
import type { BatchResult } from "../../ingest/pipeline.ts";
import { replayInto } from "../../ingest/replay.ts";
import { undoBatch } from "../../ingest/undo.ts";
import { rejectWorkbook } from "../../reports/workbooks/reject-workbook.ts";
import { batchRejects } from "../../src/cli/batch-rejects.ts";
import { batchResubmit } from "../../src/cli/batch-resubmit.ts";
import { batchShow } from "../../src/cli/batch-show.ts";
import { ingest } from "../../src/cli/ingest.ts";
import { seedPlaces } from "../../src/cli/seeds.ts";
import { batchById, type HeldBatch } from "../../src/store/batches.ts";
import { digestOf } from "../../src/store/digest.ts";
import { openRejects, rejectStates } from "../../src/store/mends.ts";
import { openStore } from "../../src/store/open.ts";
import { commandLine } from "../cli/run-command.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { held, NOW, take } from "./take.ts";

let fixture: TemporaryStore;
beforeEach(async () => {
  fixture = await temporaryStore();
});
afterEach(() => fixture.remove());

const batchOf = async (result: BatchResult): Promise<HeldBatch> =>
  (await batchById(fixture.store.sql, result.id ?? 0)) as HeldBatch;

type Row = string[];

/** Exports, lets a person change the rows (cells from the sixth on) and hands the file back. */
async function mended(of: BatchResult, change: (rows: Row[], header: Row) => Row[]): Promise<BatchResult> {
  const batch = await batchOf(of);
  const { sheets } = await rejectSheets(fixture.store, batch);
  const path = join(fixture.dir, `fixed-${Math.random()}.xlsx`);
  const bytes = await rejectWorkbook(sheets);
  const back = await readXlsx(bytes);
  const changed = back.sheets.map((sheet) => {
    const [header = [], ...rows] = sheet.rows.map((row) => row.map((cell) => String(cell ?? "")));
    return { name: sheet.name, rows: [header, ...change(rows, header)] };
  });
  await writeFile(path, await writeXlsx({ sheets: changed }));
  return await resubmit(fixture.store, batch, path, { now: NOW });
}

const ARCHIVE = [
  "date,hour,type,东四,天坛,官园",
  "20150314,8,PM2.5,10,3O,12",
  "20150314,9,PM2.5,20,21,22",
  "20150334,10,PM2.5,30,31,32",
].join("\n");

describe("A workbook of rejected rows", () => {
  it("shows the row's own cells under the heads of its file, with the reason and what to do beside them", async () => {
    const taken = await take(fixture, "beijing_all_20150314.csv", ARCHIVE);
    expect(taken).toMatchObject({ read: 9, inserted: 5, rejected: 4 });
    const { sheets } = await rejectSheets(fixture.store, await batchOf(taken));
    expect(sheets).toHaveLength(1);
    expect(sheets[0]?.header).toEqual([
      "批次",
      "文件",
      "行",
      "拒收原因",
      "怎么办",
      "date",
      "hour",
      "type",
      "东四",
      "天坛",
      "官园",
    ]);
    expect(sheets[0]?.rows).toEqual([
      [
        "1",
        "beijing_all_20150314.csv",
        "2",
        "天坛 “3O”不是数字",
        "改成数字；没有值就清空这一格",
        "20150314",
        "8",
        "PM2.5",
        "10",
        "3O",
        "12",
      ],
      [
        "1",
        "beijing_all_20150314.csv",
        "4",
        "东四 “20150334”日期不对；天坛 “20150334”日期不对；官园 “20150334”日期不对",
        "改成存在的日期，写法同其他行",
        "20150334",
        "10",
        "PM2.5",
        "30",
        "31",
        "32",
      ],
    ]);
  });

  it("has a sheet for each set of heads when a batch holds several files", async () => {
    await take(fixture, "in/a.csv", "断面名称,监测时间,氨氮(mg/L),总磷(mg/L)\n甲,2024年3月,x,0.1\n");
    const path = join(fixture.dir, "in");
    await writeFile(join(path, "b.csv"), "断面名称,监测月份,氨氮(mg/L),总磷(mg/L),总氮(mg/L)\n乙,2024年3月,0.2,y,1\n");
    const { ingestPath } = await import("../../ingest/pipeline.ts");
    const [batch] = await ingestPath(fixture.store, "water-manual", path, { now: NOW });
    const { sheets } = await rejectSheets(fixture.store, await batchOf(batch as BatchResult));
    expect(sheets.map((sheet) => sheet.rows.map((row) => [row[1], row[2]]))).toEqual([
      [["a.csv", "2"]],
      [["b.csv", "2"]],
    ]);
  });
});

describe("Rows handed back", () => {
  it("bring only what was rejected or changed, so a later correction of the same row stands", async () => {
    const taken = await take(fixture, "beijing_all_20150314.csv", ARCHIVE);
    await take(fixture, "beijing_extra_20150314.csv", "date,hour,type,东四\n20150314,8,PM2.5,99\n");
    const result = await mended(taken, ([first = [], second = []]) => {
      first[9] = "31";
      second[5] = "20150314";
      return [first, second];
    });
    expect(result).toMatchObject({ format: "quotsoft", read: 4, inserted: 4, unchanged: 0, rejected: 0, missing: 0 });
    expect((await held(fixture)).filter((line) => line.includes("2015-03-14 07:00"))).toEqual([
      "东四 1 2015-03-14 07:00 1 99",
      "天坛 1 2015-03-14 07:00 1 31",
      "官园 1 2015-03-14 07:00 1 12",
    ]);
  });

  it("are rejected again, and stay open, where nothing was put right", async () => {
    const taken = await take(fixture, "beijing_all_20150314.csv", ARCHIVE);
    const again = await mended(taken, ([first = [], second = []]) => {
      first[9] = "31";
      return [first, second];
    });
    expect(again).toMatchObject({ read: 4, inserted: 1, rejected: 3 });
    const states = await rejectStates(fixture.store.sql, await batchOf(taken));
    expect(states.map(({ line, mendedBy }) => [line, mendedBy])).toEqual([
      [2, again.id],
      [4, undefined],
      [4, undefined],
      [4, undefined],
    ]);
    const { sheets } = await rejectSheets(fixture.store, await batchOf(taken));
    expect(sheets[0]?.rows.map((row) => row[2])).toEqual(["4"]);
  });

  it("may be mended in a second round, from the batch that rejected them again", async () => {
    const taken = await take(fixture, "beijing_all_20150314.csv", ARCHIVE);
    const first = await mended(taken, ([one = [], two = []]) => {
      one[9] = "31";
      two[5] = "20150315";
      two[6] = "25";
      return [one, two];
    });
    expect(first).toMatchObject({ inserted: 1, rejected: 3 });
    const second = await mended(first, ([one = []]) => {
      one[6] = "10";
      return [one];
    });
    expect(second).toMatchObject({ read: 3, inserted: 3, rejected: 0 });
    expect(await openRejects(fixture.store.sql, await batchOf(taken))).toEqual([]);
    expect(await openRejects(fixture.store.sql, await batchOf(first))).toEqual([]);
  });

  it("are open again after the batch that mended them was undone", async () => {
    const taken = await take(fixture, "beijing_all_20150314.csv", ARCHIVE);
    const before = await digestOf(fixture.store);
    const result = await mended(taken, ([first = [], second = []]) => {
      first[9] = "31";
      second[5] = "20150314";
      return [first, second];
    });
    expect(await openRejects(fixture.store.sql, await batchOf(taken))).toEqual([]);
    await undoBatch(fixture.store, result.id ?? 0, NOW);
    expect(await openRejects(fixture.store.sql, await batchOf(taken))).toHaveLength(4);
    expect(await digestOf(fixture.store)).toEqual(before);
  });

  it("may have the head of a column put right, where the column's place was unknown", async () => {
    const taken = await take(
      fixture,
      "beijing_all_20150314.csv",
      "date,hour,type,东四,天谭\n20150314,8,PM2.5,10,11\n20150314,9,PM2.5,20,21\n",
    );
    expect(taken).toMatchObject({ inserted: 2, rejected: 2 });
    const result = await mended(taken, (rows, header) => {
      header[9] = "天坛";
      return rows;
    });
    expect(result).toMatchObject({ read: 2, inserted: 2, rejected: 0 });
    expect(await held(fixture)).toContain("天坛 1 2015-03-14 08:00 1 21");
  });

  it("come from sheets with title rows and heads over two rows too", async () => {
    const rows = [
      ["2024年3月街道（乡镇）粗颗粒物浓度", "", ""],
      ["街道（乡镇）", "TSP", "PM2.5"],
      ["", "浓度(μg/m³)", "浓度(μg/m³)"],
      ["将台乡", "100", "40"],
      ["三里吞街道", "110", "4l"],
    ];
    const merges = [
      { startRow: 0, endRow: 0, startCol: 0, endCol: 2 },
      { startRow: 1, endRow: 2, startCol: 0, endCol: 0 },
    ];
    const bytes = new Uint8Array(await writeXlsx({ sheets: [{ name: "3月", rows, merges }] }));
    const taken = await take(fixture, "月报.xlsx", bytes, { format: "township" });
    expect(taken).toMatchObject({ inserted: 1, rejected: 1 });
    const result = await mended(taken, ([row = []]) => {
      row[5] = "三里屯街道";
      row[7] = "41";
      return [row];
    });
    expect(result).toMatchObject({ format: "township", read: 1, inserted: 1, rejected: 0 });
    expect((await held(fixture)).filter((line) => line.startsWith("三里屯"))).toHaveLength(2);
  });

  it("come from a JSON body, where an untouched cell keeps the value behind the one shown", async () => {
    const cell = (shown: string, raw: string) => `<span data-toggle='tooltip' title='原始值：${raw}'>${shown}</span>`;
    const row = (time: string) => ["北京市", "海河流域", "古北口", time, "Ⅱ", cell("10.5", "10.4567"), "正常"];
    const body = {
      thead: ["省份", "流域", "断面名称", "监测时间", "水质类别", "溶解氧(mg/L)", "站点情况"],
      tbody: [row("03-14 08:00"), row("13-14 12:00")],
    };
    const taken = await take(fixture, "2024-03-15.json", JSON.stringify(body));
    expect(taken).toMatchObject({ format: "cnemc-water", inserted: 1, rejected: 1 });
    const result = await mended(taken, ([one = []]) => {
      one[8] = "03-14 12:00";
      return [one];
    });
    expect(result).toMatchObject({ read: 1, inserted: 1 });
    expect((await held(fixture)).filter((line) => line.includes("12:00") && line.endsWith("10.4567"))).toHaveLength(1);
  });

  it("hold nothing of a person: what is kept of a mended export of complaints is its scrubbed columns", async () => {
    const lines = [
      "三月工单",
      "工单编号,问题分类,来电人,被反映区,被反映街乡镇,来电时间,诉求内容",
      "A1,噪声->施工,王小明,朝阳区,将台乡,2024-03-05 08:00,夜间施工",
      "A2,噪声->施工,李小红,朝阳区,三里吞街道,2024-03-05 09:00,太吵",
    ];
    const taken = await take(fixture, "c.csv", lines.join("\n"));
    expect(taken).toMatchObject({ format: "complaints", inserted: 1, rejected: 1 });
    const { sheets } = await rejectSheets(fixture.store, await batchOf(taken));
    expect(JSON.stringify(sheets)).not.toMatch(/李小红|太吵/);
    const result = await mended(taken, ([row = []], header) => {
      row[header.indexOf("被反映街乡镇")] = "三里屯街道";
      row.push("联系人李小红 13800000000");
      return [row];
    });
    expect(result).toMatchObject({ read: 1, inserted: 1, rejected: 0 });
    const kept = await fixture.store.sql.rows<{ original: string }>("SELECT original FROM batch_file");
    for (const { original } of kept) {
      expect(Buffer.from(await fixture.store.originals.get(original)).toString()).not.toMatch(/小红|小明|138/);
    }
  });

  it("are made again by a replay, to the same content, and found again by their line", async () => {
    const taken = await take(fixture, "beijing_all_20150314.csv", ARCHIVE);
    const result = await mended(taken, ([first = [], second = []]) => {
      first[9] = "31";
      second[5] = "20150314";
      return [first, second];
    });
    const place = (await fixture.store.places()).places.find((one) => one.name === "天坛" && one.kind === "station");
    const wanted = { placeId: place?.id ?? 0, indicatorId: 1, start: Date.UTC(2015, 2, 13, 23), span: "hour" as const };
    const found = await locateReadings(fixture.store, result.id ?? 0, [wanted]);
    expect([...found.values()]).toMatchObject([{ line: 2, column: "天坛", text: "20150314,8,PM2.5,10,31,12" }]);
    const again = await openStore(join(fixture.dir, "again"), { create: true, seeds: seedPlaces() });
    await replayInto(fixture.store, again, () => undefined);
    expect(await digestOf(again)).toEqual(await digestOf(fixture.store));
    expect(await openRejects(again.sql, { id: 1, unit: "cell" })).toEqual([]);
    await again.close();
  });
});

describe("A file that cannot be taken back", () => {
  it.each([
    ["has not the layout of the export", "a,b\n1,2\n", "batch.fixes-unreadable"],
    ["holds no rows", "批次,文件,行,拒收原因,怎么办,date\n", "batch.fixes-unreadable"],
    ["names another batch", "批次,文件,行,拒收原因,怎么办\n9,beijing_all_20150314.csv,2,,,x\n", "batch.fix-unknown"],
    [
      "names a line that was not rejected",
      "批次,文件,行,拒收原因,怎么办\n1,beijing_all_20150314.csv,3,,,x\n",
      "batch.fix-unknown",
    ],
    ["is a page", "<html><body>x</body></html>", "batch.fixes-unreadable"],
  ])("is refused when it %s", async (_, text, code) => {
    const taken = await take(fixture, "beijing_all_20150314.csv", ARCHIVE);
    const path = join(fixture.dir, "back.csv");
    await writeFile(path, text);
    await expect(resubmit(fixture.store, await batchOf(taken), path, { now: NOW })).rejects.toMatchObject({ code });
  });

  it("is refused when its batch was undone", async () => {
    const taken = await take(fixture, "beijing_all_20150314.csv", ARCHIVE);
    await undoBatch(fixture.store, taken.id ?? 0, NOW);
    const back = resubmit(fixture.store, await batchOf(taken), "x.xlsx", { now: NOW });
    await expect(back).rejects.toMatchObject({ code: "batch.not-mendable" });
  });
});

describe("The commands", () => {
  it("export, take back and show what is mended", async () => {
    const line = commandLine("2026-01-01T00:00:00Z");
    const file = join(line.dir, "beijing_all_20150314.csv");
    await writeFile(file, ARCHIVE);
    await line.run(ingest, "auto", file);
    const out = join(line.dir, "拒收.xlsx");
    expect((await line.run(batchRejects, "1", "--format", "xlsx", "--out", out)).err).toContain("2 行");
    const { sheets } = await readXlsx(await readFile(out));
    const rows = (sheets[0]?.rows ?? []).map((row) => row.map((cell) => String(cell ?? "")));
    (rows[1] as Row)[9] = "31";
    await writeFile(out, await writeXlsx({ sheets: [{ name: "拒收", rows }] }));
    expect((await line.run(batchResubmit, "1", out, "--dry-run")).out).toContain("演算");
    const back = await line.run(batchResubmit, "1", out, "--json", "--strict");
    expect(back.code).toBe(1);
    expect(JSON.parse(back.out)).toMatchObject({ id: 2, mends: 1, read: 4, inserted: 1, rejected: 3 });
    expect((await line.run(batchShow, "1")).out).toContain("拒收的 4 处中，1 处已由批次 2 补正，还有 3 处");
    expect(JSON.parse((await line.run(batchShow, "2", "--json")).out)).toMatchObject({ mends: 1 });
    expect((await line.run(batchRejects, "1")).out).toContain("“3O”不是数字  已由批次 2 补正");
    await line.close();
  });
});
