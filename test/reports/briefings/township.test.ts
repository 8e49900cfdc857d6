import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ingestPath } from "../../../ingest/pipeline.ts";
import { buildTownships } from "../../../reports/briefings/build-townships.ts";
import { renderJob } from "../../../reports/briefings/render-job.ts";
import { renderTownship } from "../../../reports/briefings/township.ts";
import {
  cutSentence,
  gapSentence,
  rankSentence,
  townshipSummary,
} from "../../../reports/briefings/township-sentences.ts";
import { parsePeriod } from "../../../src/domain/period.ts";
import { placeFinder, requirePlace } from "../../../src/domain/place-finder.ts";
import { parseDay } from "../../../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../../../src/standards/policy.ts";
import { temporaryStore } from "../../store-fixture.ts";
import { hasPoppler, pageTexts } from "../poppler.ts";
import { RANK, township } from "./township-cases.ts";

describe("the sentences of a township briefing", () => {
  it("tells value, rank from the worst end with N, ties and the move", () => {
    expect(rankSentence("建外街道", RANK)).toBe(
      "2026年3月，建外街道PM2.5月均浓度为41微克/立方米，在全市街乡349个中并列倒数第8名（第1名最差），比上月后退3名。",
    );
  });

  it("gives the reason in place of a rank", () => {
    const { rank: _rank, move: _move, ...rest } = RANK;
    const none = { ...rest, figure: { reason: "有效天数20天，需27天" }, tied: false, neighbours: [] };
    expect(rankSentence("建外街道", none)).toBe(
      "2026年3月，建外街道PM2.5月均浓度不作评价（有效天数20天，需27天），不参加排名。",
    );
  });

  it("says what it takes to leave the list, or how far its line is", () => {
    expect(cutSentence(RANK)).toBe("在全市后10名以内，再降2微克/立方米可退出。");
    expect(cutSentence({ ...RANK, cut: { worst: 10, inside: false, distance: "5" } })).toBe(
      "未进入全市后10名，距后10名线还有5微克/立方米。",
    );
  });

  it("says what a fall would gain", () => {
    expect(gapSentence(RANK)).toBe("其他街乡不变时，再降2微克/立方米可上升4名。");
  });
});

describe("the township briefing as a document", () => {
  it.skipIf(!hasPoppler)("holds its summary on at most three pages, each numbered and marked", async () => {
    const pages = pageTexts(await renderTownship(township()));
    expect(pages.length).toBeLessThanOrEqual(3);
    for (const sentence of townshipSummary(township())) expect(pages.join("")).toContain(sentence);
    for (const [at, page] of pages.entries()) {
      expect(page).toContain(`第${at + 1}页共${pages.length}页`);
      expect(page).toContain("模拟数据");
    }
  });

  it.skipIf(!hasPoppler)("tells its ranks month by month, its tasks and what was reported", async () => {
    const text = pageTexts(await renderTownship(township())).join("");
    expect(text).toContain("本年逐月倒数名次，加粗为在后列名单以内");
    expect(text).toContain("PM2.5120—8");
    expect(text).toContain("街乡PM2.5单月排名不进后10名■未达标余下时间已无法达到");
    expect(text).toContain("绿色社区创建数量3个2026年3月20日");
    expect(text).toContain("2026年3月41并列8/349");
  });

  it.skipIf(!hasPoppler)("says what changed when it corrects an earlier version", async () => {
    const changes = {
      since: "2026年第3期（第1版）",
      correction: true,
      rows: [{ zh: "2026年3月PM2.5月均浓度", before: "40，倒数第9名", now: "41，倒数第8名" }],
    };
    const text = pageTexts(await renderTownship(township({ changes }))).join("");
    expect(text).toContain("本期为更正版，取代2026年第3期（第1版）；原版照旧保存。变化如下。");
    expect(text).toContain("2026年3月PM2.5月均浓度40，倒数第9名41，倒数第8名");
  });

  it("is the same in Word, HTML and as a workbook: same sentences, same rows", async () => {
    const briefing = township();
    const html = new TextDecoder().decode(await renderJob({ kind: "township", briefing, format: "html" }));
    for (const sentence of townshipSummary(briefing)) expect(html).toContain(sentence);
    expect(html).toContain("<td>街乡PM2.5单月排名</td>");
    for (const format of ["docx", "xlsx"] as const) {
      const bytes = await renderJob({ kind: "township", briefing, format });
      expect(new TextDecoder("latin1").decode(bytes.subarray(0, 2))).toBe("PK");
      expect(Buffer.compare(bytes, await renderJob({ kind: "township", briefing, format }))).toBe(0);
    }
  });

  it("gives the same bytes twice", async () => {
    const [once, twice] = [await renderTownship(township()), await renderTownship(township())];
    expect(Buffer.compare(once, twice)).toBe(0);
  });

  it("is made of a township without any data", async () => {
    await expect(renderTownship(township({ ranks: [], daily: [] }))).resolves.toBeInstanceOf(Uint8Array);
  });

  it("fails on a character the fonts cannot show", async () => {
    await expect(renderTownship(township({ township: "建\uE0A1街道" }))).rejects.toMatchObject({
      code: "briefing.glyph-missing",
    });
  });
});

describe("township briefings built from a store", () => {
  it("reads one township's rank, move, gap and list in the city's ranking", async () => {
    const fixture = await temporaryStore();
    try {
      const { store } = fixture;
      const district = requirePlace(placeFinder(await store.places()), "110105");
      const places = (await store.places()).places
        .filter((place) => place.parentId === district.id && place.kind === "township")
        .sort((a, b) => (a.code < b.code ? -1 : 1))
        .slice(0, 12);
      // March: 60, 59 … 52, then three of 51; February: the first two change places.
      const lines = ["place,period,indicator,value,unit"];
      for (const [at, { code }] of places.entries()) {
        const february = at === 0 ? 59 : at === 1 ? 60 : 60 - at;
        for (let day = 1; day <= 31; day++)
          lines.push(`${code},2015-03-${String(day).padStart(2, "0")},pm25,${Math.max(60 - at, 51)},µg/m³`);
        for (let day = 1; day <= 28; day++)
          lines.push(`${code},2015-02-${String(day).padStart(2, "0")},pm25,${february},µg/m³`);
      }
      const dir = join(fixture.dir, "source");
      await mkdir(dir);
      await writeFile(join(dir, "township.csv"), `${lines.join("\n")}\n`);
      await ingestPath(store, "township", join(dir, "township.csv"), { now: new Date("2016-01-01T00:00:00Z") });
      const question = {
        store,
        place: district,
        period: parsePeriod("2015-03"),
        policies: DEFAULT_POLICIES,
        today: parseDay("2016-06-30"),
      };
      const built = await buildTownships(question, { cuts: () => 5 }, "0.1.0");
      const [first, second] = places.map(({ name }) => built.find((one) => one.township === name)?.ranks[0]);
      // To rank 4th from the worst, 60 has to fall below 57: to 56, four steps and three places... with 56 it ties the 5th.
      expect(first).toMatchObject({
        rank: 1,
        n: 12,
        move: -1,
        gap: { fall: "4", places: 3 },
        cut: { worst: 5, inside: true, distance: "6" },
      });
      expect(second).toMatchObject({ rank: 2, move: 1 });
      const sixth = built.find((one) => one.township === places[5]?.name)?.ranks[0];
      // 55 is sixth; the fifth holds 56, one step above.
      expect(sixth).toMatchObject({ rank: 6, cut: { inside: false, distance: "1" } });
      expect(sixth?.neighbours.map(({ value }) => value)).toEqual(["58", "57", "56", "55", "54", "53", "52"]);
      // Three share 51: a tied place is no neighbour, so only the three above are shown beside it.
      const tied = built.find((one) => one.township === places[10]?.name)?.ranks[0];
      expect(tied).toMatchObject({ rank: 10, tied: true });
      expect(tied?.neighbours.map(({ value }) => value)).toEqual(["54", "53", "52", "51"]);
      // One step down leaves the two others at 51 behind: from 10th to 12th, and there is no place beyond.
      expect(tied?.gap).toEqual({ fall: "1", places: 2 });
      const other = built.find((one) => !places.some(({ name }) => name === one.township));
      expect(other?.ranks[0]).toMatchObject({ figure: { reason: "没有数据" }, neighbours: [] });
    } finally {
      await fixture.remove();
    }
  });
});
