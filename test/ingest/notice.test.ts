/** Published rank notices: each printed rank, whatever form it is printed in. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Document, Packer, Paragraph, Table, TableCell, TableRow } from "docx";
import { writeXlsx } from "hucre";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BatchResult, ingestPath } from "../../ingest/pipeline.ts";
import { placeFinder } from "../../src/domain/place-finder.ts";
import { dayText } from "../../src/domain/time.ts";
import { type PublishedRank, publishedRanks } from "../../src/store/published-ranks.ts";
import { readCsv } from "../csv.ts";
import { hasShared, shared } from "../shared.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

let fixture: TemporaryStore;
beforeEach(async () => {
  fixture = await temporaryStore();
});
afterEach(() => fixture.remove());

const NOW = new Date("2026-01-01T00:00:00Z");

const take = async (path: string, format = "notice"): Promise<BatchResult> => {
  const [batch] = await ingestPath(fixture.store, format, path, { now: NOW });
  return batch as BatchResult;
};

const write = async (name: string, bytes: string | Uint8Array): Promise<string> => {
  await mkdir(fixture.dir, { recursive: true });
  const path = join(fixture.dir, name);
  await writeFile(path, bytes);
  return path;
};

const nameOf = async (): Promise<(rank: PublishedRank) => string> => {
  const finder = placeFinder(await fixture.store.places());
  return (rank) => finder.byId(rank.placeId).name;
};

/** 2024年3月上半月, worst first, two halves side by side; the last half row is short. */
const ROWS = [
  ["排序(倒序)", "所属区", "街道(乡镇)", "排序(倒序)", "所属区", "街道(乡镇)"],
  ["1", "朝阳区", "将台乡", "3", "大兴区", "西红门镇"],
  ["1", "朝阳区", "八里庄街道", "4", "海淀区", "八里庄街道"],
  ["3", "丰台区", "云岗街道", "", "", ""],
];
const TITLES = [
  "北京市生态环境局通报街道(乡镇)大气粗颗粒物浓度排名",
  "2024年3月1日-15日全市街道(乡镇)TSP浓度排名",
  "(后5名)",
];
const EXPECTED = ["1 八里庄街道", "1 将台地区", "3 云岗街道", "3 西红门地区", "4 八里庄街道"];

const ranksAsText = async (): Promise<readonly string[]> => {
  const name = await nameOf();
  return (await publishedRanks(fixture.store.sql)).map((rank) => `${rank.rank} ${name(rank)}`).sort();
};

describe.skipIf(!hasShared)("The notices of 2021 and 2023", () => {
  it("import with every rank, printed value and order", async () => {
    const batch = await take(shared("data/notices"));
    const rows = readCsv(shared("expected/rank/notices.csv"));
    expect(batch).toMatchObject({ read: rows.length + 1, inserted: rows.length, rejected: 1, missing: 0 });
    const name = await nameOf();
    const found = await publishedRanks(fixture.store.sql);
    expect(found).toHaveLength(rows.length);
    const seen = new Set(found.map((rank) => `${name(rank)}|${rank.rank}|${rank.printed ?? ""}`));
    for (const row of rows) {
      const printed = row["place"] ?? "";
      const bare = printed.replace(/^[\u4e00-\u9fff]{2,3}区(?=.)/, "");
      const names = [
        printed,
        `${printed}区`,
        bare,
        bare.replace(/(乡|镇)$/, "地区"),
        bare.replace(/乡$/, "回族乡"),
        "北京经济技术开发区",
      ];
      const hit = names.some((one) => seen.has(`${one}|${row["printed_rank"]}|${row["value"] ?? ""}`));
      expect(hit, JSON.stringify(row)).toBe(true);
    }
    const lists = new Map(found.map((rank) => [`${rank.period} ${rank.list}`, rank]));
    expect([...lists.values()].map((rank) => `${rank.period} ${rank.order} ${rank.listLength}`).sort()).toEqual([
      "2021-08 best 17",
      "2021-08 best 17",
      "2021-09 best 17",
      "2021-09 best 17",
      "2021-10-H2 worst 30",
      "2023-01 best 17",
      "2023-01 best 9",
    ]);
  });

  it("are told from other files by themselves", async () => {
    expect((await take(shared("data/notices"), "auto")).format).toBe("notice");
  });
});

describe("A notice", () => {
  it.each([
    ["text", async () => write("a.txt", [...TITLES, ...ROWS.map((row) => `${row.join(" | ")} |`)].join("\n"))],
    [
      "page",
      async () =>
        write(
          "a.html",
          `<html><body>${TITLES.map((title) => `<p>${title}</p>`).join("")}<table>${ROWS.map(
            (row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`,
          ).join("")}</table></body></html>`,
        ),
    ],
    [
      "workbook",
      async () =>
        write(
          "a.xlsx",
          new Uint8Array(
            await writeXlsx({ sheets: [{ name: "排名", rows: [...TITLES.map((title) => [title]), ...ROWS] }] }),
          ),
        ),
    ],
    [
      "Word document",
      async () => {
        const table = new Table({
          rows: ROWS.map(
            (row) => new TableRow({ children: row.map((cell) => new TableCell({ children: [new Paragraph(cell)] })) }),
          ),
        });
        const document = new Document({
          sections: [{ children: [...TITLES.map((title) => new Paragraph(title)), table] }],
        });
        return write("a.docx", await Packer.toBuffer(document));
      },
    ],
    [
      "text with each cell on a line of its own",
      async () => {
        const left = ROWS.map((row) => row.slice(0, 3));
        const right = ROWS.slice(1)
          .map((row) => row.slice(3))
          .filter((row) => row[0] !== "");
        return write("a.txt", [...TITLES, ...left.flat(), ...right.flat()].join("\n\n"));
      },
    ],
  ])("gives the same ranks as %s", async (_, make) => {
    const batch = await take(await make());
    expect(batch).toMatchObject({ read: 5, inserted: 5, rejected: 0 });
    expect(await ranksAsText()).toEqual(EXPECTED);
    const [rank] = await publishedRanks(fixture.store.sql, { indicator: "tsp", period: "2024-03-H1" });
    expect(rank).toMatchObject({ issuer: "北京市生态环境局", order: "worst", listLength: 5, printed: undefined });
    expect([rank?.first, rank?.last].map((day) => dayText(day ?? 0))).toEqual(["2024-03-01", "2024-03-15"]);
  });

  it("taken twice changes nothing, and with another rank keeps both, the later one holding", async () => {
    const text = [...TITLES, ...ROWS.map((row) => `${row.join(" | ")} |`)].join("\n");
    await take(await write("a.txt", text));
    expect(await take(await write("b.txt", text))).toMatchObject({ read: 5, unchanged: 5 });
    const third = await take(await write("c.txt", text.replace("4 | 海淀区", "5 | 海淀区")));
    expect(third).toMatchObject({ corrected: 1, unchanged: 4 });
    expect(await ranksAsText()).toContain("5 八里庄街道");
    const before = await publishedRanks(fixture.store.sql, { upTo: (third.id ?? 0) - 1 });
    expect(before.map((rank) => rank.rank).sort()).toEqual([1, 1, 3, 3, 4]);
  });

  it("rejects a place it does not know with near names, and keeps the others", async () => {
    const text = [...TITLES, ...ROWS.map((row) => `${row.join(" | ")} |`)].join("\n").replace("将台乡", "将台村");
    const batch = await take(await write("a.txt", text));
    expect(batch).toMatchObject({
      read: 5,
      inserted: 4,
      rejected: 1,
      rejects: [{ reason: "place.unknown", count: 1 }],
    });
  });

  it("takes the year from its date of publication where the title has none", async () => {
    const text = [
      "12月份全市街道(乡镇)TSP浓度排名",
      "发布时间:2024-01-20 来源:北京市生态环境局",
      ...ROWS.map((row) => `${row.join(" | ")} |`),
    ];
    await take(await write("a.txt", text.join("\n")));
    expect((await publishedRanks(fixture.store.sql)).map((rank) => rank.period)[0]).toBe("2023-12");
  });
});
