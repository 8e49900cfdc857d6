import { describe, expect, it } from "vitest";
import { seedPlaces } from "../../src/cli/seeds.ts";
import type { PlaceTable } from "../../src/domain/place.ts";
import { placeFinder, requirePlace } from "../../src/domain/place-finder.ts";

/** The seed tree with ids by its order. */
function seedTable(): PlaceTable {
  const { places } = seedPlaces();
  const ids = new Map(places.map((place, index) => [place.code, index + 1]));
  return {
    places: places.map((place) => ({
      id: ids.get(place.code) ?? 0,
      code: place.code,
      kind: place.kind,
      name: place.name,
      parentId: place.parent === undefined ? undefined : ids.get(place.parent),
      timeZone: "Asia/Shanghai",
      attributes: {},
    })),
    aliases: places.flatMap((place) =>
      (place.aliases ?? []).map(({ name }) => ({
        placeId: ids.get(place.code) ?? 0,
        name,
        from: undefined,
        to: undefined,
      })),
    ),
    sets: [],
  };
}

describe("finding a place by what people write", () => {
  const finder = placeFinder(seedTable());
  const codeOf = (text: string) => requirePlace(finder, text).code;

  it.each([
    ["110105", "110105"],
    ["朝阳区", "110105"],
    ["朝阳", "110105"],
    ["北京", "110000"],
    ["station:密云", "bj-miyun"],
    ["站点:密云", "bj-miyun"],
    ["district:密云", "110118"],
    ["东四", "bj-dongsi"],
    ["Dongsi", "bj-dongsi"],
    ["东城东四", "bj-dongsi"],
    ["定陵(对照点)", "bj-dingling"],
    ["定陵（对照点）", "bj-dingling"],
    ["1001A", "bj-wanshouxigong"],
    ["将台乡", "110105023"],
    ["将台地区", "110105023"],
    ["经开区", "110115403"],
    [" 建外街道 ", "110105001"],
  ])("finds %s", (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it.each(["密云", "怀柔", "大兴", "八里庄街道"])("lists the candidates for %s instead of guessing", (text) => {
    expect(() => requirePlace(finder, text)).toThrow(expect.objectContaining({ code: "place.ambiguous" }));
  });

  it.each(["东四街", "建外", "潘家", "火星", ""])("does not know %s", (text) => {
    expect(() => requirePlace(finder, text)).toThrow(expect.objectContaining({ code: "place.unknown" }));
  });

  it("offers near names for a slip", () => {
    expect(finder.near("建外街").map((place) => place.name)).toContain("建外街道");
  });

  it("tells twins apart by their district", () => {
    expect(finder.find("八里庄街道").map(finder.label)).toEqual(
      expect.arrayContaining([expect.stringContaining("朝阳区"), expect.stringContaining("海淀区")]),
    );
  });
});
