/** Whatever a table is packed in: archives open, tricks are refused by name. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { writeXlsx } from "hucre";
import { create } from "tar";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { date, number, odsOf, row, sheet, text } from "./make-ods.ts";
import { held, NOW, take } from "./take.ts";

let fixture: TemporaryStore;
beforeEach(async () => {
  fixture = await temporaryStore();
});
afterEach(() => fixture.remove());

const rows = (place: string) => `place,period,indicator,value,unit\n${place},2024-03-05,tsp,100,µg/m³\n`;
const EXPECTED = ["三里屯街道 7 2024-03-05 00:00 2 100", "将台地区 7 2024-03-05 00:00 2 100"];
const FILES = { "a.csv": strToU8(rows("将台乡")), "子目录/b.csv": strToU8(rows("三里屯街道")) };

async function tarOf(gzip: boolean): Promise<Uint8Array> {
  const dir = join(fixture.dir, "tar");
  await mkdir(join(dir, "子目录"), { recursive: true });
  for (const [name, bytes] of Object.entries(FILES)) await writeFile(join(dir, name), bytes);
  const parts: Buffer[] = [];
  for await (const part of create({ cwd: dir, gzip }, Object.keys(FILES))) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** A zip whose entry's name was overwritten in place, as no decent tool writes it. */
function zipNamed(name: string): Uint8Array {
  const safe = "x".repeat(name.length);
  return Buffer.from(
    Buffer.from(zipSync({ [safe]: strToU8(rows("将台乡")) }))
      .toString("latin1")
      .replaceAll(safe, name),
    "latin1",
  );
}

describe("Archives", () => {
  it.each<readonly [string, () => Uint8Array | Promise<Uint8Array>]>([
    ["p.zip", () => zipSync(FILES)],
    ["p.tar", () => tarOf(false)],
    ["p.tar.gz", () => tarOf(true)],
    ["p.tgz", () => tarOf(true)],
    ["zip-in-zip.zip", () => zipSync({ "inner.zip": zipSync(FILES) })],
    [
      "gz-in-zip.zip",
      () => zipSync({ "a.csv.gz": gzipSync(FILES["a.csv"]), "b.csv.gz": gzipSync(FILES["子目录/b.csv"]) }),
    ],
    ["tar-in-zip.zip", async () => zipSync({ "inner.tar.gz": await tarOf(true) })],
  ])("are read through: %s", async (name, make) => {
    expect(await take(fixture, name, await make())).toMatchObject({ read: 2, inserted: 2, rejected: 0 });
    expect(await held(fixture)).toEqual(EXPECTED);
  });

  it("may name their files in GBK without saying so", async () => {
    // 数据.csv in GBK; the name is not marked as UTF-8.
    const name = "\xca\xfd\xbe\xdd.csv";
    const batch = await take(fixture, "p.zip", zipNamed(name));
    expect(batch.files[0]?.file).toBe("p.zip/数据.csv");
  });

  it.each<readonly [string, string, () => Uint8Array]>([
    ["a path that leads out", "file.path-trick", () => zipNamed("../../../a.csv")],
    ["an absolute path", "file.path-trick", () => zipNamed("/etc/passwd.csv")],
    ["a backslash path that leads out", "file.path-trick", () => zipNamed("..\\..\\a.csv")],
    ["far too much in a small zip", "file.bomb", () => zipSync({ "a.csv": new Uint8Array(100_000_000) })],
    ["far too much in a small gzip", "file.bomb", () => gzipSync(new Uint8Array(100_000_000))],
    [
      "archives without end",
      "file.nested",
      () => zipSync({ "1.zip": zipSync({ "2.zip": zipSync({ "3.zip": zipSync(FILES) }) }) }),
    ],
    ["a zip cut in the middle", "file.unpackable", () => zipSync(FILES).slice(0, 120)],
    ["a gzip cut in the middle", "file.unpackable", () => gzipSync(FILES["a.csv"]).slice(0, 40)],
  ])("are refused for %s", async (_, reason, make) => {
    const batch = await take(fixture, "p.bin", make());
    expect(batch.id).toBeUndefined();
    expect(batch.files.map((file) => file.reason)).toEqual([reason]);
  });
});

describe("OpenDocument spreadsheets", () => {
  const HEAD = row(text("断面名称"), text("监测时间"), text("氨氮(mg/L)"), text("总磷(mg/L)"));
  const title = text("水质月报", ' table:number-columns-spanned="4" table:number-rows-spanned="1"');
  const covered = '<table:covered-table-cell table:number-columns-repeated="3"/>';
  const both =
    '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="0.2"><text:p>0.2</text:p></table:table-cell>';
  const rowsOf = (name: string) => [
    row(title, covered),
    HEAD,
    row(text(name), date("2024-03-05", "24/3/5"), number("0.1"), text("0.01L")),
    row(text(name), date("2024-04-05T07:30:00", "24/4/5"), both),
  ];

  it("are read as LibreOffice writes them: merged titles, repeated cells, typed dates; hidden sheets are not", async () => {
    const bytes = odsOf(
      sheet("甲", rowsOf("甲河")) +
        sheet("乙", rowsOf("乙河"), ' table:style-name="hid"') +
        sheet("丙", rowsOf("丙河")),
    );
    const batch = await take(fixture, "水质.ods", bytes);
    expect(batch).toMatchObject({ format: "water-manual", read: 8, inserted: 8, rejected: 0 });
    expect((await held(fixture)).filter((line) => line.startsWith("甲河"))).toEqual([
      "甲河 26 2024-03-01 00:00 4 0.1",
      "甲河 26 2024-04-01 00:00 4 0.2",
      "甲河 27 2024-03-01 00:00 4 0.01 f1",
      "甲河 27 2024-04-01 00:00 4 0.2",
    ]);
    expect((await held(fixture)).some((line) => line.startsWith("乙河"))).toBe(false);
  });

  it("are taken from a folder by their name", async () => {
    await take(fixture, "in/水质.ods", odsOf(sheet("甲", rowsOf("甲河"))));
    const [batch] = await ingestPath(fixture.store, "water-manual", join(fixture.dir, "in"), { now: NOW });
    expect(batch?.files.map((file) => file.outcome)).toEqual(["read"]);
  });

  it("with a password, or of another kind, are refused by name", async () => {
    const { unzipSync } = await import("fflate");
    const parts = unzipSync(odsOf(sheet("甲", rowsOf("甲河"))));
    const locked =
      "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    const batch = await take(
      fixture,
      "锁.ods",
      zipSync({ ...parts, "META-INF/manifest.xml": strToU8(locked), "content.xml": strToU8("\x01\x02") }),
    );
    expect(batch.files.map((file) => file.reason)).toEqual(["file.encrypted"]);
    const broken = await take(
      fixture,
      "坏.ods",
      zipSync({ ...parts, "content.xml": strToU8("<office:document-content") }),
      { format: "water-manual" },
    );
    expect(broken.id).toBeUndefined();
  });
});

describe("Office files", () => {
  const workbook = async () =>
    new Uint8Array(
      await writeXlsx({ sheets: [{ name: "a", rows: [["place", "period", "indicator", "value", "unit"]] }] }),
    );
  const changed = async (name: string, change: (text: string) => string): Promise<Uint8Array> => {
    const { unzipSync, strFromU8 } = await import("fflate");
    const parts = unzipSync(await workbook());
    return zipSync({ ...parts, [name]: strToU8(change(strFromU8(parts[name] ?? new Uint8Array()))) });
  };
  const compound = (stream: string): Uint8Array => {
    const bytes = Buffer.alloc(1536);
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(bytes);
    Buffer.from(`${stream}\0`, "utf16le").copy(bytes, 512);
    return bytes;
  };

  it.each<readonly [string, string, string, () => Uint8Array | Promise<Uint8Array>]>([
    ["an .xlsb workbook", "w.xlsb", "file.xlsb", () => changed("xl/workbook.bin", () => "binary")],
    [
      "entity declarations",
      "w.xlsx",
      "file.xml-entities",
      () => changed("xl/workbook.xml", (text) => text.replace("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>')),
    ],
    [
      "entity declarations in a page",
      "w.xls",
      "file.xml-entities",
      () => strToU8('<!DOCTYPE x [<!ENTITY a "b">]><table><tr><td>&a;</td></tr></table>'),
    ],
    ["the stream of Excel 95", "w.xls", "file.old-xls", () => compound("Book")],
    ["the records of Excel 4", "w.xls", "file.old-xls", () => Uint8Array.from([9, 4, 6, 0, 0, 0, 0x10, 0, 0, 0])],
    ["a password", "w.xlsx", "file.encrypted", () => compound("EncryptedPackage")],
    ["a page without a table", "w.xls", "file.html", () => strToU8("<html><body>404 Not Found</body></html>")],
    [
      "an error page named .csv",
      "w.csv",
      "file.html",
      () => strToU8("<html><table><tr><td>place</td></tr></table></html>"),
    ],
    ["a PDF", "w.csv", "file.unsupported", () => strToU8("%PDF-1.7 …")],
  ])("are refused for %s", async (_, name, reason, make) => {
    const batch = await take(fixture, name, await make(), { format: "township" });
    expect(batch.files.map((file) => file.reason)).toEqual([reason]);
  });

  it("of format quotsoft are refused when they are not UTF-8, as before", async () => {
    const bytes = Buffer.from("date,hour,type,\xb6\xab\xcb\xc4\n20150101,1,PM2.5,35\n", "latin1");
    for (const format of ["quotsoft", "auto"]) {
      const batch = await take(fixture, "beijing_all_20150101.csv", bytes, { format });
      expect(batch.files.map((file) => file.reason)).toEqual(["file.not-utf8"]);
    }
  });
});
