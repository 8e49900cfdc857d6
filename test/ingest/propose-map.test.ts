import { describe, expect, it } from "vitest";
import { parseGenericMap } from "../../ingest/generic-map.ts";
import { headWith, lackedBy } from "../../ingest/map-sheets.ts";
import { mapText, proposeMap } from "../../ingest/propose-map.ts";
import { tableOfText } from "../../ingest/table.ts";
import type { Place } from "../../src/domain/place.ts";
import { placeFinder } from "../../src/domain/place-finder.ts";

const place = (id: number, name: string, kind: Place["kind"]): Place => ({
  ...{ id, code: `c${id}`, kind, name, parentId: undefined, timeZone: "Asia/Shanghai", attributes: {} },
});
const places = placeFinder({
  places: [place(1, "将台地区", "township"), place(2, "酒仙桥街道", "township"), place(3, "奥体中心", "station")],
  aliases: [],
  sets: [],
});

const propose = (text: string) => proposeMap(tableOfText(text), places);

describe("columns proposed for a table nobody has a format for", () => {
  it("are told from heads and cells, below titles, each with its reason", () => {
    const found = propose(
      "街乡扬尘自测,,,\n街乡,日期,TSP(mg/m3),备注\n将台地区,2024-03-01,0.12,晴\n酒仙桥街道,2024-03-01,0.2,阴\n",
    );
    expect(found?.headLine).toBe(2);
    expect(found?.columns.map(({ head, means, unit }) => [head, means, unit])).toEqual([
      ["街乡", "place", ""],
      ["日期", "time", ""],
      ["TSP(mg/m3)", "value:tsp", "mg/m3"],
      ["备注", "none", ""],
    ]);
    expect(found?.columns.every(({ why }) => why !== "")).toBe(true);
    expect([found?.kind, found?.span]).toEqual(["township", "day"]);
  });

  it("are hours where a time of day is written, the end of the hour where 24:00 is", () => {
    const found = propose("站点,时间,细颗粒物\n奥体中心,2024-03-01 01:00,35\n奥体中心,2024-03-01 24:00,36\n");
    expect([found?.kind, found?.span, found?.spanWhy]).toEqual(["station", "hourEnd", "有 24:00，是小时末"]);
    expect(found?.columns[2]).toMatchObject({ means: "value:pm25", unit: "µg/m³" });
    expect(found?.columns[2]?.why).toContain("请核对");
  });

  it("are minutes where a time is not a full hour", () => {
    const found = propose("站点,时间,SO2\n奥体中心,2024-03-01 01:00,3\n奥体中心,2024-03-01 01:01,4\n");
    expect(found?.span).toBe("minuteStart");
    expect(found?.spanWhy).toContain("采样时刻");
  });

  it("are long where a column names the indicators", () => {
    const found = propose(
      "地点,月份,指标,值,单位\n将台地区,2024年3月,PM2.5,35,µg/m³\n将台地区,2024年3月,TSP,100,µg/m³\n",
    );
    expect(found?.columns.map(({ means }) => means)).toEqual(["place", "time", "indicator", "value", "unit"]);
    expect(found?.span).toBe("period");
  });

  it.each(["", "a,b\n1,2\n", "街乡,TSP\n将台地区,100\n", "hello\nworld\n"])("are none in %j", (text) => {
    expect(propose(text)).toBeUndefined();
  });

  it("make a mapping that reads, whatever the heads hold", () => {
    const text = mapText({
      columns: [
        { head: 'a"b: {', means: "place", unit: "" },
        { head: "t", means: "time", unit: "" },
        { head: "v #1", means: "value:pm25", unit: "µg/m³" },
      ],
      ...{ kind: "station", span: "hourEnd", zone: "Asia/Shanghai", fixedPlace: "" },
    });
    expect(parseGenericMap(text)).toMatchObject({
      ...{ place: 'a"b: {', time: "t", values: { "v #1": { indicator: "pm25", unit: "µg/m³" } } },
    });
  });

  it("take the sheet's name for the place where no column is one", () => {
    const sheet = { ...tableOfText("时间,SO2\n2024-03-01 01:00,3\n"), name: "奥体中心" };
    expect(proposeMap(sheet, places)).toMatchObject({ kind: "station", sheetPlace: true });
    expect(proposeMap({ ...sheet, name: "三月" }, places)?.sheetPlace).toBe(false);
  });

  it.each(["", "fixedPlace: 奥体中心\nsheetPlace: true\n"])("need one place for rows that name none: %j", (said) => {
    const text = `${said}time: t\nkind: station\nspan: day\nvalues:\n  v: {indicator: so2}\n`;
    expect(() => parseGenericMap(text)).toThrow(expect.objectContaining({ code: "ingest.mapping" }));
  });
});

describe("the heads a table lacks of those a mapping names", () => {
  const table = tableOfText("自测表,\n站点,时 间\n奥体中心,1\n");

  it("are none when it has all, however they are spaced", () => {
    expect(lackedBy(table, ["站点", "时间"])).toEqual([]);
    expect(headWith(table, ["站点", "时间"])?.body).toHaveLength(1);
  });

  it("are told by the row that has most of them", () => {
    expect(lackedBy(table, ["站点", "时间", "SO2"])).toEqual(["SO2"]);
    expect(lackedBy(table, ["街乡", "SO2"])).toEqual(["街乡", "SO2"]);
    expect(headWith(table, ["站点", "SO2"])).toBeUndefined();
  });
});
