import { writeXlsx } from "hucre";
import { describe, expect, it } from "vitest";
import { decodeText } from "../../ingest/decode.ts";
import { temporaryStore } from "../store-fixture.ts";
import { held, take } from "./take.ts";

/** 街道,浓度 / 将台地区,35 in GBK, written out by hand from the code table. */
const GBK = Uint8Array.from([
  0xbd, 0xd6, 0xb5, 0xc0, 0x2c, 0xc5, 0xa8, 0xb6, 0xc8, 0x0d, 0x0a, 0xbd, 0xab, 0xcc, 0xa8, 0xb5, 0xd8, 0xc7, 0xf8,
  0x2c, 0x33, 0x35,
]);
const TEXT = "街道,浓度\r\n将台地区,35";

const utf16 = (text: string, big: boolean, mark: boolean): Uint8Array => {
  const bytes = Buffer.from((mark ? "\ufeff" : "") + text, "utf16le");
  return big ? bytes.swap16() : bytes;
};

describe("Bytes to text", () => {
  it.each([
    ["UTF-8", Buffer.from(TEXT), "utf-8"],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${TEXT}`), "utf-8"],
    ["GBK of an older system", GBK, "gb18030"],
    ["UTF-16 little end first, marked", utf16(TEXT, false, true), "utf-16le"],
    ["UTF-16 big end first, marked", utf16(TEXT, true, true), "utf-16be"],
    ["UTF-16 little end first, unmarked", utf16(`${TEXT},12.5\r\n`, false, false), "utf-16le"],
    ["UTF-16 big end first, unmarked", utf16(`${TEXT},12.5\r\n`, true, false), "utf-16be"],
  ])("reads %s", (_, bytes, encoding) => {
    const read = decodeText(bytes);
    expect(read).toMatchObject({ encoding });
    expect("text" in read && read.text.startsWith(TEXT)).toBe(true);
  });

  it.each([
    ["nothing", Buffer.from(""), "file.empty"],
    ["blanks alone", Buffer.from(" \r\n "), "file.empty"],
    ["a zero byte inside a text", Buffer.from("a,b\n1,\0\n2,3\n4,5\n6,7"), "file.not-text"],
    ["bytes of no encoding", Uint8Array.from([0x61, 0x2c, 0xff, 0xff, 0x80, 0x0a]), "file.not-utf8"],
    [
      "Latin-1 accents, which no Chinese system writes",
      Buffer.from("caf\xe9,na\xefve,12\n", "latin1"),
      "file.not-utf8",
    ],
  ])("refuses %s", (_, bytes, refusal) => {
    expect(decodeText(bytes)).toEqual({ refusal });
  });
});

it("The sign that joins cells inside is no sign of a file: a cell that holds it is rejected, and its neighbours keep theirs", async () => {
  const fixture = await temporaryStore();
  const quotsoft = await take(
    fixture,
    "beijing_all_20150314.csv",
    "date,hour,type,东四,天坛,官园\n20150314,8,PM2.5,1\x1f2,20,30\n",
  );
  expect(quotsoft).toMatchObject({ inserted: 2, rejected: 1 });
  const map =
    "place: s\ntime: t\nkind: station\nspan: hourStart\nvalues:\n  a:\n    indicator: so2\n  b:\n    indicator: no2\n";
  const bytes = new Uint8Array(
    await writeXlsx({
      sheets: [
        {
          name: "a",
          rows: [
            ["s", "t", "a", "b"],
            ["东四", "2015-03-14 08:00", "1\x1f2", "44"],
          ],
        },
      ],
    }),
  );
  await take(fixture, "g.xlsx", bytes, { format: "generic", options: { map } });
  const rows = await held(fixture);
  expect(rows.filter((row) => row.startsWith("天坛"))).toEqual(["天坛 1 2015-03-14 07:00 1 20"]);
  expect(rows.filter((row) => row.startsWith("东四 4"))).toEqual(["东四 4 2015-03-14 08:00 1 44"]);
  expect(rows.some((row) => row.startsWith("东四 1") || row.startsWith("东四 3"))).toBe(false);
  await fixture.remove();
});
