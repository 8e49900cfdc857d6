import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { loadSeedPlaces } from "../../seeds/places/load.ts";
import { hasShared, shared } from "../shared.ts";

const { divisions, stations, sets } = loadSeedPlaces();
const everyone = [...divisions, ...stations];
const ofKind = (kind: string) => divisions.filter((place) => place.kind === kind);
const named = (name: string) =>
  everyone.filter((place) => place.name === name || place.aliases.some((alias) => alias.name === name));

describe("the seed places", () => {
  it("hold Beijing, 16 districts, 343 listed townships with 2 more of 经开区, and 6 zones", () => {
    expect(ofKind("city").map((place) => place.name)).toEqual(["北京市"]);
    expect(ofKind("district")).toHaveLength(16);
    expect(ofKind("township")).toHaveLength(343 + 2);
    expect(ofKind("zone")).toHaveLength(6);
  });

  it("hold Chaoyang's 43 townships", () => {
    expect(ofKind("township").filter((place) => place.parent === "110105")).toHaveLength(43);
  });

  it("use each code once and name only parents that exist", () => {
    const codes = new Set(everyone.map((place) => place.code));
    expect(codes.size).toBe(everyone.length);
    for (const place of everyone) expect(place.kind === "city" || codes.has(place.parent ?? "")).toBe(true);
  });

  it.each([
    ["将台乡", "110105023"],
    ["旧宫镇", "110115006"],
    ["经开区", "110115403"],
    ["朝阳", "110105"],
    ["北京", "110000"],
    ["Aotizhongxin", "bj-aotizhongxin"],
    ["1011A", "bj-aotizhongxin"],
    ["顺义新城", "bj-shunyi"],
    ["东四", "bj-dongsi"],
  ])("know %s as %s alone", (name, code) => {
    expect(named(name).map((place) => place.code)).toEqual([code]);
  });

  it("answer 八里庄街道 and 密云 with every place of that name", () => {
    expect(named("八里庄街道").map((place) => place.parent)).toEqual(["110105", "110108"]);
    expect(named("密云").map((place) => place.kind)).toEqual(["district", "station"]);
  });

  it("know no township by its bare name", () => {
    expect(named("朝阳门")).toEqual([]);
  });

  it("give no township an alias that another township of its district bears", () => {
    for (const place of ofKind("township")) {
      const others = divisions.filter((other) => other.parent === place.parent && other !== place);
      for (const alias of place.aliases) {
        const bearers = others.filter(
          (other) => other.name === alias.name || other.aliases.some((its) => its.name === alias.name),
        );
        expect(bearers, alias.name).toEqual([]);
      }
    }
  });

  it("let no two stations share a name", () => {
    const names = stations.flatMap((place) => [place.name, ...place.aliases.map((alias) => alias.name)]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("stand for Beijing with 12 national stations and for Chaoyang with 奥体中心 and 农展馆", () => {
    const nameOf = (code: string) => stations.find((place) => place.code === code)?.name;
    const of = (place: string) => sets.find((set) => set.place === place)?.stations.map(nameOf);
    expect(of("110000")).toHaveLength(12);
    expect(of("110105")).toEqual(["奥体中心", "农展馆"]);
    expect(sets.flatMap((set) => set.stations.map(nameOf))).not.toContain(undefined);
  });

  it("open the stations renamed or built later in 2021", () => {
    expect(named("海淀四季青").map((place) => place.attributes)).toEqual([{ from: "2021-01-01" }]);
  });
});

describe.skipIf(!hasShared)("the seed places against the archive of 2015", () => {
  it("know all 35 stations of its header by name", () => {
    const archive = shared("data/quotsoft-beijing-2015.tar.gz");
    const text = execFileSync("tar", ["xzOf", archive, "beijing_20150101-20151231/beijing_all_20150101.csv"]);
    const header = text.toString("utf8").split("\n")[0]?.trim().split(",").slice(3) ?? [];
    expect(header).toHaveLength(35);
    for (const name of header) expect(stations.filter((place) => place.name === name)).toHaveLength(1);
  });
});
