import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { renderDistrict } from "../../../reports/briefings/district.ts";
import type { DistrictBriefing } from "../../../reports/briefings/district-data.ts";
import { districtBlocks } from "../../../reports/briefings/district-outline.ts";
import { summaryOf } from "../../../reports/briefings/sentences.ts";
import { differenceFrom, PICTURE_DPI } from "../pictures.ts";
import { fontsOf, hasPoppler, pagePictures, pageTexts, tagsOf } from "../poppler.ts";
import { allMissing, emptyMonth, longNames, oneStation, townships, wholeCity, wholeYear } from "./cases/extremes.ts";
import { full } from "./cases/full.ts";
import { march } from "./cases/march.ts";

const CASES: Readonly<Record<string, () => DistrictBriefing>> = {
  march,
  longNames,
  townships,
  emptyMonth,
  oneStation,
  allMissing,
  wholeYear,
  full,
};

const textOf = async (briefing: DistrictBriefing): Promise<string> =>
  pageTexts(await renderDistrict(briefing)).join("");

const named = (place: string): DistrictBriefing => {
  const [ranking] = march().rankings;
  const [row] = ranking?.rows ?? [];
  if (ranking === undefined || row === undefined) throw new RangeError("the case has no ranking");
  return march({ rankings: [{ ...ranking, rows: [{ ...row, place }] }] });
};

describe.skipIf(!hasPoppler)("the district briefing as a reader's program sees it (needs poppler-utils)", () => {
  it("holds every sentence of the summary, whole and in order", async () => {
    const text = await textOf(march());
    const at = summaryOf(march()).map((sentence) => text.indexOf(sentence.replaceAll(/\s/g, "")));
    expect(at).not.toContain(-1);
    expect([...at].sort((a, b) => a - b)).toEqual(at);
  });

  it("numbers its pages, says to which day the data go and marks simulated data, on every page", async () => {
    const pages = pageTexts(await renderDistrict(march()));
    expect(pages.length).toBeGreaterThanOrEqual(3);
    for (const [at, page] of pages.entries()) {
      expect(page).toContain(`第${at + 1}页共${pages.length}页`);
      expect(page).toContain("数据截至2015年3月31日");
      expect(page).toContain("模拟数据");
    }
  });

  it("does not call real data simulated", async () => {
    expect(await textOf(march({ simulated: false }))).not.toContain("模拟");
  });

  it("prints the whole digest once and its beginning on every page", async () => {
    const { digest } = march().stamp;
    const pages = pageTexts(await renderDistrict(march()));
    expect(pages.join("")).toContain(digest);
    for (const page of pages) expect(page).toContain(digest.slice(0, 12));
  });

  it("prints the reason in place of a number that is not valid", async () => {
    expect(await textOf(march())).toContain("PM10平均µg/m³有效23天，需27天");
  });

  it("embeds every font it uses", async () => {
    const fonts = fontsOf(await renderDistrict(march()));
    expect(fonts.size).toBeGreaterThan(0);
    expect([...fonts.values()]).not.toContain(false);
    for (const name of fonts.keys()) expect(name).toMatch(/Noto(Sans|Serif)SC/);
  });

  it("is tagged: headings, tables with heads, figures, paragraphs", async () => {
    const tags = new Set(tagsOf(await renderDistrict(march())));
    for (const tag of ["Document", "H1", "H2", "P", "Table", "TH", "TD", "Figure", "Caption"])
      expect(tags).toContain(tag);
  });

  it("prints 43 rows, each with its rank", async () => {
    const text = await textOf(townships());
    for (const row of townships().rankings[0]?.rows ?? []) expect(text).toContain(`${row.rank}${row.place}`);
  });

  it("repeats the head of a table on every page it runs over", async () => {
    const pages = pageTexts(await renderDistrict(wholeCity()));
    const running = pages.filter((page) => /第\d+街道\d+\d+/.test(page) && page.includes("有效天数"));
    expect(running.length).toBeGreaterThanOrEqual(8);
    for (const page of running) expect(page).toContain("排名地点µg/m³有效天数");
  });

  it("judges nothing in a month of which nothing is known", async () => {
    const text = await textOf(emptyMonth());
    expect(text).toContain("31天均无有效AQI，不作天数评价");
    expect(text).toContain("不可判定");
    expect(text).not.toMatch(/NaN|undefined|null/);
  });

  it("lists every station apart when all are missing", async () => {
    const text = await textOf(allMissing());
    expect(text).toContain("没有达到有效天数的地点，不作排名");
    const places = allMissing().absences.map(({ place }) => place);
    expect(text).toContain(`${places.join("、")}0全月无数据文件`);
    // Those that lack the same stand in one row.
    expect(text).toContain(`${places.join("、")}PM2.50全月无数据文件`);
  });

  it("tells of plans, water, noise, outlook and months in a row where there are data of them", async () => {
    const text = await textOf(full());
    expect(text).toContain("各项计划的达标状态");
    expect(text).toContain("酒仙桥断面市考ⅢⅣⅢⅣ未达标氨氮差1类：氨氮1.20须降至1.00（降16.7%）");
    expect(text).toContain("没有类别的断面1个，不计入达标率");
    expect(text).toContain("坝河断面0断流");
    expect(text).toContain("望京点位2类55.46030/3148.950");
    expect(text).toContain("2015年3月120100上升20.0%");
    expect(text).toContain("只有1个往年有同期日数据，至少需要3年");
    expect(text).toContain("没有上报进展2碧水2");
    expect(text).toContain("无数据：街乡TSP排名（没有街乡数据和公布名单）");
  });

  it("draws the charts of a full month, each with its words for who cannot see it", () => {
    const alts = districtBlocks(full()).flatMap((block) => (block.kind === "figure" ? [block.alt] : []));
    expect(alts.map((alt) => alt.slice(0, 3))).toEqual([
      "条形图",
      "日历图",
      "方格图",
      "柱线图",
      "斜线图",
      "方格图",
      "点图：",
    ]);
    expect(alts[0]).toContain("■ 重污染天数比率 26.7%，要求< 1.2，未达标");
    expect(alts[5]).toContain("酒仙桥断面1月Ⅲ2月劣Ⅴ3月Ⅳ；通惠河断面1月Ⅲ2月无3月Ⅲ");
    expect(alts[6]).toContain("超过限值的点位：四环点位");
  });

  it("draws no chart that would say what the table says: one month, no moves, no figure", () => {
    const alts = districtBlocks(emptyMonth()).flatMap((block) => (block.kind === "figure" ? [block.alt] : []));
    expect(alts.map((alt) => alt.slice(0, 3))).toEqual(["日历图", "柱线图"]);
  });

  it("wraps names of any length without losing a character", async () => {
    const text = await textOf(longNames());
    for (const { place } of longNames().absences) expect(text).toContain(place);
    expect(text).toContain("呼伦贝尔市莫力达瓦达斡尔族自治旗生态环境局");
  });

  it.each(Object.keys(CASES))("looks as approved: %s", async (name) => {
    const pictures = pagePictures(await renderDistrict(CASES[name]?.() ?? march()), PICTURE_DPI);
    for (const [at, picture] of pictures.entries()) {
      const difference = await differenceFrom(`${name}-${at + 1}`, picture);
      expect(difference ?? 0, `page ${at + 1}`).toBeLessThan(0.005);
    }
  });
});

describe("the district briefing as bytes", () => {
  it("gives the same bytes twice", async () => {
    const [once, twice] = [await renderDistrict(march()), await renderDistrict(march())];
    expect(Buffer.compare(once, twice)).toBe(0);
  });

  it("gives the same bytes after another document", async () => {
    const once = await renderDistrict(march());
    await renderDistrict(townships());
    expect(Buffer.compare(once, await renderDistrict(march()))).toBe(0);
  });

  it("gives the same bytes in another process, folder, zone and language", async () => {
    const here = createHash("sha256")
      .update(await renderDistrict(march()))
      .digest("hex");
    const child = fileURLToPath(new URL("render-district.ts", import.meta.url));
    const there = execFileSync(process.execPath, ["--import", import.meta.resolve("tsx"), child], {
      cwd: tmpdir(),
      env: { ...process.env, TZ: "Pacific/Apia", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" },
      encoding: "utf8",
    });
    expect(there).toBe(here);
  });

  it("carries the data's day as its date, not the clock's", async () => {
    expect(Buffer.from(await renderDistrict(march())).toString("latin1")).toContain("D:20150331");
  });

  it.each([
    ["an emoji", "奥体中心\u{1F4A8}", "U+1F4A8"],
    ["a private-use character", "奥体中\uE0A1", "U+E0A1"],
    ["the mark of a broken encoding", "奥体\uFFFD心", "U+FFFD"],
  ])("fails on %s in a name and says which", async (_what, place, code) => {
    await expect(renderDistrict(named(place))).rejects.toMatchObject({
      code: "briefing.glyph-missing",
      params: { characters: expect.stringContaining(code) },
    });
  });

  it("fails on a name that fits no cell and cannot be broken", async () => {
    await expect(renderDistrict(named("W".repeat(60)))).rejects.toMatchObject({
      code: "briefing.cell-overflow",
      params: { text: "W".repeat(60) },
    });
  });

  it("shows the rare characters of place names", async () => {
    await expect(renderDistrict(named("㴪水燚村垡头"))).resolves.toBeInstanceOf(Uint8Array);
  });
});
