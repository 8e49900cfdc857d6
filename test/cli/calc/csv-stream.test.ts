import { describe, expect, it } from "vitest";
import { cellsOf, csvRecords } from "../../../src/cli/calc/csv-read.ts";
import { appendColumns, columnsOf, quoteCell } from "../../../src/cli/calc/csv-stream.ts";
import { rowWriter } from "../../../src/cli/calc/csv-write.ts";

async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, size = 65_536) {
  const all: { line: number; cells: readonly string[]; open: boolean }[] = [];
  for await (const batch of csvRecords(pieces(text, size))) {
    for (const record of batch) all.push({ line: record.line, cells: cellsOf(record), open: record.open === true });
  }
  return all;
}

describe("CSV records", () => {
  it("keep commas, quotes and line ends inside quoted cells, and count lines through them", async () => {
    expect(await read('a,"b,c"\n"d\n""e""",f\n\ng,h')).toEqual([
      { line: 1, cells: ["a", "b,c"], open: false },
      { line: 2, cells: ['d\n"e"', "f"], open: false },
      { line: 5, cells: ["g", "h"], open: false },
    ]);
  });

  it("take a quote inside an unquoted cell as it is", async () => {
    expect((await read('5" pipe,x\n1,2\n')).map((record) => record.cells)).toEqual([
      ['5" pipe', "x"],
      ["1", "2"],
    ]);
  });

  it("take a quote that is never closed as one line, at the end or after a megabyte", async () => {
    expect(await read('"a,b\nc,d')).toEqual([
      { line: 1, cells: ['"a', "b"], open: true },
      { line: 2, cells: ["c", "d"], open: false },
    ]);
    const long = await read(`x,"stray\n${"1,2\n".repeat(600_000)}`);
    expect(long).toHaveLength(600_001);
    expect(long.map((record) => record.open).filter(Boolean)).toHaveLength(1);
    expect(long.at(-1)?.line).toBe(600_001);
  });

  it("keep a character whose bytes come in two pieces", async () => {
    expect((await read("a,朝阳区\n", 1)).map((record) => record.cells)).toEqual([["a", "朝阳区"]]);
  });

  it("are read as GB 18030 where the text is not UTF-8, also when a character is cut between two pieces", async () => {
    const bytes = Uint8Array.from([
      ...new TextEncoder().encode("a,"),
      0xb3,
      0xaf,
      0xd1,
      0xf4,
      0xc7,
      0xf8,
      0x0a,
      0xb3,
      0xaf,
    ]);
    for (const size of [1, 2, 3, 5, 100]) {
      const raws: string[] = [];
      const cut = async function* () {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      };
      for await (const batch of csvRecords(cut())) raws.push(...batch.map((record) => record.raw));
      expect(raws).toEqual(["a,朝阳区", "朝"]);
    }
  });

  it("show replacement characters where a text is neither UTF-8 nor GB 18030", async () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode("朝,"), 0xff, 0x0a]);
    const batches: string[] = [];
    for await (const batch of csvRecords(
      (async function* () {
        yield bytes;
      })(),
    )) {
      batches.push(...batch.map((record) => record.raw));
    }
    expect(batches.join("")).toContain("\uFFFD");
  });
});

describe("rows out", () => {
  it("come in pieces, whatever their length, and none is lost or cut", async () => {
    const written: Uint8Array[] = [];
    const writer = rowWriter(async (piece) => {
      written.push(piece);
    });
    const rows = ["短", "x".repeat(600_000), ...Array.from({ length: 60_000 }, (_, i) => `第${i}行`), "末"];
    for (const row of rows) if (writer.row(row)) await writer.flush();
    await writer.flush();
    expect(written.length).toBeGreaterThan(2);
    expect(written.map((piece) => new TextDecoder().decode(piece)).join("")).toBe(`${rows.join("\n")}\n`);
  });

  it("wait for a slow reader before more is taken in", async () => {
    let reading = 0;
    let most = 0;
    const rows = "1,2\n".repeat(200_000);
    const effects = {
      stdin: () => pieces(`a,b\n${rows}`, 65_536),
      write: async () => {
        reading++;
        most = Math.max(most, reading);
        await new Promise((resolve) => setImmediate(resolve));
        reading--;
      },
    };
    const work = { columns: ["c"], row: () => ({ cells: "3", error: "" }) };
    expect(await appendColumns(effects, [], () => work)).toEqual({ rows: 200_000, computed: 200_000 });
    expect(most).toBe(1);
  });

  it("quote only what needs it", () => {
    expect(["a", "a,b", 'a"b', "a\nb", " a", ""].map(quoteCell)).toEqual([
      "a",
      '"a,b"',
      '"a""b"',
      '"a\nb"',
      '" a"',
      "",
    ]);
  });
});

describe("columns by name", () => {
  it("are found after renames, and the first of two with one name counts", () => {
    const columns = columnsOf(["Type", "x", "X"], ["type=water_type"]);
    expect([columns.at("water_type"), columns.at("type"), columns.at("x"), columns.at("none")]).toEqual([0, -1, 1, -1]);
  });
});
