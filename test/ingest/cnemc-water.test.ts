/** The national water release in its forms and with its quirks, on made-up records. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BatchResult, ingestPath } from "../../ingest/pipeline.ts";
import { type WaterRecord, waterRecords } from "../../src/analysis/water-records.ts";
import { toNumber } from "../../src/domain/exact.ts";
import { dayNumber, dayStart, minuteText } from "../../src/domain/time.ts";
import { WATER_CLASS_ZH } from "../../src/standards/gb3838.ts";
import { parsePolicies } from "../../src/standards/policy.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

const HEADS = [
  "省份",
  "流域",
  "断面名称",
  "监测时间",
  "水质类别",
  "水温<br/><span class='unit'>(℃)</span>",
  "pH<br/><span class='unit'>(无量纲)</span>",
  "溶解氧<br/><span class='unit'>(mg/L)</span>",
  "电导率<br/><span class='unit'>(μS/cm)</span>",
  "浊度<br/><span class='unit'>(NTU)</span>",
  "高锰酸盐指数<br/><span class='unit'>(mg/L)</span>",
  "氨氮<br/><span class='unit'>(mg/L)</span>",
  "总磷<br/><span class='unit'>(mg/L)</span>",
  "总氮<br/><span class='unit'>(mg/L)</span>",
  "叶绿素α<br/><span class='unit'>(mg/L)</span>",
  "藻密度<br/><span class='unit'>(cells/L)</span>",
  "站点情况",
];

const VALUES = ["20.1", "7.50", "8.10", "500.0", "3.0", "2.50", "0.100", "0.050", "2.00", "*", "*"];

/** A row of a made-up section; `values` in the order of the heads. */
const record = (
  time: string | null,
  { name = "甲断面", province = "北京市", values = VALUES, class: found = "Ⅱ", status = "正常" } = {},
) => [province, "海河流域", name, time, found, ...values, status];

const body = (rows: readonly (readonly (string | null)[])[], heads: readonly string[] = HEADS) =>
  JSON.stringify({ result: 1, total: 1, records: rows.length, thead: heads, tbody: rows });

describe("cnemc-water", () => {
  let temporary: TemporaryStore;

  beforeEach(async () => {
    temporary = await temporaryStore({ places: [{ code: "110000", kind: "city", name: "北京市" }], sets: [] });
  });
  afterEach(() => temporary.remove());

  async function take(name: string, text: string, format = "cnemc-water"): Promise<BatchResult> {
    const path = join(temporary.dir, "in", name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    const now = new Date("2027-01-01T00:00:00Z");
    const [batch] = await ingestPath(temporary.store, format, path, { now });
    if (batch === undefined) throw new Error("no batch");
    return batch;
  }

  async function kept(): Promise<readonly WaterRecord[]> {
    const sections = (await temporary.store.places()).places.filter((place) => place.kind === "section");
    const [from, to] = [dayStart(dayNumber(2019, 1, 1) ?? 0), dayStart(dayNumber(2031, 1, 1) ?? 0)];
    return waterRecords(temporary.store, { sections, from, to, policies: parsePolicies([]) });
  }
  const value = (found: WaterRecord | undefined, item: "codmn" | "nh3n" | "tp" | "algae" | "chla") => {
    const held = found?.values.get(item);
    return held === undefined ? undefined : toNumber(held);
  };

  it("takes the unrounded value behind a shown one, and none where an extreme was filtered", async () => {
    const values = [...VALUES];
    values[5] = "<span title='原始值：2.4954'>2.50</span>";
    values[6] = "<span data-toggle='tooltip' title='极值过滤'>--</span>";
    values[7] = "<span title='' data-original-title='原始值：5E-05'>0.00005</span>";
    const batch = await take("2020-06-01.json", body([record("06-01 08:00", { values })]), "auto");
    expect(batch).toMatchObject({
      format: "cnemc-water",
      read: 1,
      inserted: 1,
      rejected: 0,
      registered: ["北京市/甲断面"],
    });
    const [found] = await kept();
    expect([value(found, "codmn"), value(found, "nh3n"), value(found, "tp")]).toEqual([2.4954, undefined, 0.00005]);
    expect(found?.rated).toMatchObject({ class: undefined, missing: ["nh3n"] });
  });

  it("registers a new section with its province, city and river, under its city where that is known", async () => {
    const name = "<span title='所在地市:北京市&#10;所属河流:坝河' data-x='1'>甲断面</span>";
    await take("2020-11-01.json", body([record("11-01 08:00", { name })]));
    const { places } = await temporary.store.places();
    const section = places.find((place) => place.kind === "section");
    expect(section).toMatchObject({
      name: "甲断面",
      attributes: { province: "北京市", basin: "海河流域", city: "北京市", river: "坝河" },
    });
    expect(places.find((place) => place.id === section?.parentId)?.kind).toBe("city");
  });

  it("lets the later of two versions count, also when it holds fewer items than the earlier", async () => {
    const full = [...VALUES];
    full[9] = "0.01";
    await take("2020-06-01.json", body([record("06-01 08:00", { values: full })]));
    const fewer = [...VALUES];
    fewer[5] = "2.60";
    expect(await take("2020-06-02.json", body([record("06-01 08:00", { values: fewer })]))).toMatchObject({
      corrected: 1,
      read: 1,
    });
    const records = await kept();
    expect(records).toHaveLength(1);
    expect([value(records[0], "chla"), value(records[0], "codmn")]).toEqual([undefined, 2.6]);
  });

  it("counts a record that only changed its class or status as corrected, the same again as unchanged", async () => {
    const again = async (day: string, change: Parameters<typeof record>[1]) => {
      const { corrected, unchanged } = await take(`2020-06-0${day}.json`, body([record("06-01 08:00", change)]));
      return [corrected, unchanged];
    };
    await take("2020-06-01.json", body([record("06-01 08:00")]));
    expect(await again("2", {})).toEqual([0, 1]);
    expect(await again("2", { class: "" })).toEqual([1, 0]);
    expect(await again("3", { class: "", status: "维护" })).toEqual([1, 0]);
    expect(await again("3", { class: "", status: "停站" })).toEqual([1, 0]);
    expect(await kept()).toMatchObject([{ excluded: true, statusZh: "停站", published: undefined }]);
  });

  it("keeps both of two versions inside one file in their order", async () => {
    const other = [...VALUES];
    other[5] = "9.99";
    const batch = await take(
      "2020-06-01.json",
      body([record("06-01 08:00", { values: other }), record("06-01 08:00")]),
    );
    expect(batch).toMatchObject({ read: 2, inserted: 1, corrected: 1 });
    expect(value((await kept())[0], "codmn")).toBe(2.5);
  });

  it("reads the later form: 16 columns, the class as a digit with −1 for none, exponents", async () => {
    const values = [...VALUES];
    values[10] = "1.05E+07";
    const later = (name: string, found: string) => record("06-01 08:00", { name, class: found, values }).slice(0, 16);
    const batch = await take(
      "2026-06-01.json",
      body([later("甲", "2"), later("乙", "6"), later("丙", "-1")], HEADS.slice(0, 16)),
    );
    expect(batch).toMatchObject({ read: 3, inserted: 3 });
    const records = await kept();
    expect(records.map((one) => (one.published === undefined ? "" : WATER_CLASS_ZH[one.published]))).toEqual([
      "Ⅱ",
      "劣Ⅴ",
      "",
    ]);
    expect(records.map((one) => [value(one, "algae"), one.excluded])).toEqual(Array(3).fill([10_500_000, false]));
  });

  it("takes the year from the day in the file's name, across New Year too", async () => {
    const rows = ["12-31 20:00", "01-02 00:00", "1-1 4:05"].map((time, k) => record(time, { name: `断面${k}` }));
    await take("water_20210101080000.json", body(rows));
    expect((await kept()).map((one) => minuteText(one.start))).toEqual([
      "2020-12-31 20:00",
      "2021-01-02 00:00",
      "2021-01-01 04:05",
    ]);
  });

  it("rejects rows without a time, with none that can be, far from the day of collecting, and stale ones", async () => {
    const times = [
      null,
      "--",
      "*",
      "13-01 00:00",
      "06-31 00:00",
      "noon",
      "11-30 08:00",
      "03-01 08:00",
      "05-29 23:59",
      "05-30 00:00",
    ];
    const batch = await take("2020-06-01.json", body(times.map((time) => record(time))));
    expect(batch).toMatchObject({ read: 10, inserted: 1, rejected: 9 });
    expect(Object.fromEntries(batch.rejects.map(({ reason, count }) => [reason, count]))).toEqual({
      "row.no-time": 3,
      "row.bad-time": 3,
      "row.no-year": 1,
      "row.stale": 2,
    });
  });

  const CSV_HEAD = HEADS.map((head) => head.replaceAll(/<br\/>|<[^>]*>/g, "")).join(",");

  it("reads a section's CSV by the month of its folder, without a test of staleness", async () => {
    const lines = [record("04-01 08:00"), record("04-01 08:00"), record("*"), record("04-30 24:00")];
    const batch = await take(
      "2021-04/甲断面.csv",
      [CSV_HEAD, ...lines.map((cells) => cells.join(","))].join("\r\n"),
      "auto",
    );
    expect(batch).toMatchObject({ format: "cnemc-water", read: 4, inserted: 2, unchanged: 1, rejected: 1 });
    expect((await kept()).map((one) => minuteText(one.start))).toEqual(["2021-04-01 08:00", "2021-05-01 00:00"]);
  });

  it("refuses values in another unit than the item's, and a row of another width, but keeps the rest", async () => {
    const head = CSV_HEAD.replace("总磷(mg/L)", "总磷(μg/L)");
    const lines = [record("04-01 08:00").join(","), "北京市,海河流域,甲断面"];
    const batch = await take("2021-04/甲断面.csv", [head, ...lines].join("\n"));
    expect(batch).toMatchObject({ read: 2, inserted: 1, rejected: 1 });
    expect(batch.rejects.map(({ reason }) => reason).sort()).toEqual(["row.field-count", "unit.unknown"]);
    const [found] = await kept();
    expect([value(found, "tp"), value(found, "nh3n")]).toEqual([undefined, 0.1]);
  });

  it("tells sections of the same name apart by their province", async () => {
    const rows = [record("06-01 08:00", { name: "大桥" }), record("06-01 08:00", { name: "大桥", province: "河北省" })];
    await take("2020-06-01.json", body(rows));
    const again = await take("2020-06-02.json", body(rows));
    expect(again).toMatchObject({ unchanged: 2, registered: [] });
    expect((await kept()).map((one) => one.place.attributes["province"])).toEqual(["北京市", "河北省"]);
  });

  it("uses a section of the catalogue that names no province, and rejects a name that fits two", async () => {
    await temporary.store.addPlaces([
      { code: "s1", kind: "section", name: "甲断面" },
      { code: "s2", kind: "section", name: "乙断面" },
      { code: "s3", kind: "section", name: "乙断面" },
    ]);
    const batch = await take(
      "2020-06-01.json",
      body([record("06-01 08:00"), record("06-01 08:00", { name: "乙断面" })]),
    );
    expect(batch).toMatchObject({
      inserted: 1,
      rejected: 1,
      registered: [],
      rejects: [{ reason: "place.ambiguous", count: 1 }],
    });
    expect((await kept()).map((one) => one.place.code)).toEqual(["s1"]);
  });

  it("keeps a renamed section one section, whichever name comes first", async () => {
    const name = (text: string, time: string) => body([record(time, { name: text })]);
    await take("2026-06-01.json", name("广北滨河路", "06-01 08:00"));
    await take("2026-06-02.json", name("广北滨河路(桥）", "06-02 08:00"));
    expect((await kept()).map((one) => one.place.name)).toEqual(["广北滨河路(桥）", "广北滨河路(桥）"]);
  });

  it("refuses a page, a cold answer, a body cut short and a table without its columns", async () => {
    const refusal = async (name: string, text: string) => {
      const { id, files } = await take(name, text);
      return [id, files[0]?.outcome, files[0]?.reason];
    };
    expect(await refusal("2020-06-01.json", "<html>502</html>")).toEqual([undefined, "refused", "file.html"]);
    expect(await refusal("2020-06-02.json", "-1")).toEqual([undefined, "refused", "file.no-header"]);
    expect(await refusal("2020-06-03.json", body([record("06-01 08:00")]).slice(0, -9))).toEqual([
      undefined,
      "refused",
      "file.unreadable",
    ]);
    expect(await refusal("2020-06-04.json", body([], HEADS.slice(3)))).toEqual([
      undefined,
      "refused",
      "file.no-header",
    ]);
  });
});
