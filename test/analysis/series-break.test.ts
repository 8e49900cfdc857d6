import { describe, expect, it } from "vitest";
import { seriesBreak } from "../../src/analysis/series-break.ts";
import { monthOf } from "../../src/domain/period.ts";
import type { Place, PlaceTable, StationSet } from "../../src/domain/place.ts";
import { parseDay } from "../../src/domain/time.ts";

const place = (id: number, attributes: Place["attributes"] = {}): Place => ({
  id,
  code: `p${id}`,
  kind: id === 1 ? "district" : "station",
  name: `地点${id}`,
  parentId: undefined,
  timeZone: "Asia/Shanghai",
  attributes,
});
const set = (stationIds: readonly number[], from?: string, to?: string): StationSet => ({
  placeId: 1,
  purpose: "air",
  stationIds,
  from: from === undefined ? undefined : parseDay(from),
  to: to === undefined ? undefined : parseDay(to),
});
const of = (sets: readonly StationSet[], stations: readonly Place[] = []) => {
  const table: PlaceTable = { places: [place(1), ...stations], aliases: [], sets };
  return seriesBreak(table, place(1), monthOf(2025, 9), monthOf(2026, 9));
};

describe("a series break", () => {
  it("is none while the same stations stand for a place, whatever spans they are written in", () => {
    expect(of([])).toBeUndefined();
    expect(of([set([2, 3])])).toBeUndefined();
    expect(of([set([2, 3], undefined, "2026-01-31"), set([3, 2], "2026-02-01")])).toBeUndefined();
  });
  it("is said when stations came, went or were exchanged between the periods", () => {
    expect(of([set([2], undefined, "2026-01-31"), set([2, 3], "2026-02-01")])).toContain("1 个变为 2 个");
    expect(of([set([2], undefined, "2026-01-31"), set([3], "2026-02-01")])).toContain("或有更换");
  });
  it("is said when a station was moved between them, not when before or after", () => {
    const moved = (day: string) => of([set([2])], [place(2, { movedOn: day })]);
    expect(moved("2026-05-01")).toBe("地点2 于 2026-05-01 迁移");
    expect(moved("2025-09-01")).toBeUndefined();
    expect(moved("2026-10-01")).toBeUndefined();
  });
});
