import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { loadSeedPlaces } from "../../../seeds/places/load.ts";
import { CITY_PARTS, type SimulatedCity, simulateCity } from "../../../seeds/simulate/city.ts";
import { city, digest, gather, meanOf, townships } from "./read-city.ts";

// whole cities are written and read back: seconds on a quiet machine, more on a busy one
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const UNTIL = "2024-12-05";
const root = mkdtempSync(join(tmpdir(), "duibiao-parts-"));
let made: SimulatedCity;

beforeAll(async () => {
  made = await city(7, UNTIL, join(root, "a"), CITY_PARTS);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

const pathsOf = (part: string) => made.files.map((file) => file.path).filter((path) => path.includes(`/${part}/`));
const linesOf = (path: string) => readFileSync(path, "utf8").trimEnd().split(/\r?\n/);
const exchangeRows = (part: string) =>
  pathsOf(part)
    .flatMap((path) => linesOf(path).slice(1))
    .map((line) => line.split(","));

describe("a simulated city with all its parts", () => {
  it("gives the same bytes for the same seed, and others for another seed", async () => {
    const districts = loadSeedPlaces().divisions.filter((place) => place.kind === "district");
    const few = { until: UNTIL, townships: townships.slice(0, 60), stations: [], districts, parts: CITY_PARTS };
    const one = await simulateCity({ ...few, seed: 7, dir: join(root, "b") });
    const again = await simulateCity({ ...few, seed: 7, dir: join(root, "c") });
    const other = await simulateCity({ ...few, seed: 8, dir: join(root, "d") });
    expect(digest(again.files)).toBe(digest(one.files));
    expect(digest(other.files)).not.toBe(digest(one.files));
  });

  it("says 模拟数据 in the first line of each file", () => {
    for (const { path } of made.files) expect(linesOf(path)[0]).toContain("模拟数据");
  });

  it("names its own places 模拟… with codes nobody else has", () => {
    const { divisions, stations } = loadSeedPlaces();
    const taken = new Set([...divisions, ...stations].map((place) => place.code));
    expect(made.places).toHaveLength(8 + 6 + 144);
    for (const place of made.places) {
      expect(place.name).toMatch(/^模拟/);
      expect(taken.has(place.code)).toBe(false);
      expect(taken.has(place.parent)).toBe(true);
    }
  });

  it("puts the late correction last", () => {
    expect(made.files.findIndex((file) => file.late)).toBe(made.files.length - 1);
  });
});

describe("the simulated water sections", () => {
  /** Ammonia nitrogen by section and month. */
  const ammonia = () =>
    gather(
      pathsOf("water").flatMap((path) =>
        linesOf(path)
          .slice(1)
          .map((line) => line.split(","))
          .filter((cells) => cells[11] !== "--")
          .map((cells) => [`${cells[2]} ${path.split("/").at(-2)}`, Number(cells[11])] as const),
      ),
    );

  it("stand in eight folders, a file a month, with the columns of the national release", () => {
    expect(pathsOf("water")).toHaveLength(8 * 14);
    for (const path of pathsOf("water")) {
      expect(path).toMatch(/\/北京市\/海河流域\/模拟断面.\/\d{4}-\d{2}\/模拟断面.\.csv$/);
      for (const line of linesOf(path)) expect(line.split(",")).toHaveLength(18);
    }
  });

  it("have six readings a day less a few, some sent twice", () => {
    const lines = pathsOf("water").flatMap((path) =>
      linesOf(path)
        .slice(1)
        .map((line) => `${path} ${line}`),
    );
    expect(lines.length / (8 * 401 * 6)).toBeGreaterThan(0.95);
    expect(lines.length / (8 * 401 * 6)).toBeLessThan(1);
    expect(new Set(lines).size).toBeLessThan(lines.length);
  });

  it("keep the first section within class Ⅲ ammonia and let the last exceed class Ⅳ in a rainy month", () => {
    const months = [...ammonia()].map(([key, values]) => ({ key, mean: meanOf(values) }));
    const of = (name: string) => months.filter(({ key }) => key.startsWith(name)).map(({ mean }) => mean);
    expect(Math.max(...of("模拟断面一"))).toBeLessThan(1);
    expect(Math.max(...of("模拟断面八"))).toBeGreaterThan(1.5);
    expect(Math.min(...of("模拟断面八"))).toBeLessThan(1.5);
  });
});

describe("the simulated noise points", () => {
  it("are quiet in zone 1 and too loud at night beside main roads", () => {
    const nightOf = (code: string) => {
      const path = pathsOf("noise").find((one) => basename(one).startsWith(code)) ?? "";
      const cells = linesOf(path)
        .slice(1)
        .map((line) => line.split("\t"));
      return meanOf(cells.filter((cell) => cell[1]?.slice(11, 13) === "02").map((cell) => Number(cell[2])));
    };
    expect(nightOf("sim-noise-1")).toBeLessThan(45);
    expect(nightOf("sim-noise-5")).toBeGreaterThan(55);
  });

  it("have an hour a row, less about one in a hundred", () => {
    const rows = pathsOf("noise").flatMap((path) => linesOf(path).slice(1)).length;
    expect(rows / (6 * 401 * 24)).toBeGreaterThan(0.98);
    expect(rows / (6 * 401 * 24)).toBeLessThan(1);
  });
});

describe("the simulated complaints", () => {
  it("count each day and township of Chaoyang, and hold nothing but counts", () => {
    const rows = exchangeRows("complaints");
    expect(rows).toHaveLength(43 * 401);
    for (const row of rows) expect(row.join(",")).toMatch(/^110105\d{3},\d{4}-\d{2}-\d{2},noise_complaints,\d+,件,$/);
  });

  it("surge in one township for two weeks", () => {
    const counts = gather(exchangeRows("complaints").map((row) => [row[0], Number(row[3])] as const));
    // in standard deviations of a random count, because small counts double by chance
    const worst = [...counts.values()].map((days) => {
      const usual = 14 * meanOf(days);
      const fortnights = days.slice(13).map((_, i) => 14 * meanOf(days.slice(i, i + 14)));
      return (Math.max(...fortnights) - usual) / Math.sqrt(usual);
    });
    expect(worst.filter((deviations) => deviations > 6.5)).toHaveLength(1);
  });
});

describe("the simulated dust", () => {
  const rows = (indicator: string, month: string) =>
    exchangeRows("dust").filter((row) => row[2] === indicator && row[1] === month);

  it("exists for whole months only", () => {
    const months = [...new Set(exchangeRows("dust").map((row) => row[1]))];
    expect([months.length, months[0], months.at(-1)]).toEqual([13, "2023-11", "2024-11"]);
  });

  it("gives Chaoyang the mean of its townships' dustfall", () => {
    const month = rows("dustfall", "2024-03");
    const own = month.filter((row) => row[0]?.startsWith("110105") && row[0] !== "110105").map((row) => Number(row[3]));
    const district = month.find((row) => row[0] === "110105");
    expect(own).toHaveLength(43);
    expect(Math.abs(Number(district?.[3]) - meanOf(own))).toBeLessThan(0.1);
  });

  it("measures road dust in part of the townships and on 144 roads", () => {
    const places = rows("road_dust_load", "2024-03").map((row) => row[0] ?? "");
    expect(places.filter((code) => code.startsWith("sim-road-"))).toHaveLength(144);
    const measured = places.filter((code) => /^\d+$/.test(code)).length;
    expect(measured).toBeGreaterThan(0.7 * townships.length);
    expect(measured).toBeLessThan(0.85 * townships.length);
  });
});

describe("the simulated rank lists", () => {
  /** Rank, district and name, the left half table before the right. */
  const listOf = (path: string) => {
    const rows = linesOf(path)
      .filter((line) => /^\d+ \|/.test(line))
      .map((line) => line.split("|").map((cell) => cell.trim()));
    const halves = [rows.map((row) => row.slice(0, 3)), rows.map((row) => row.slice(3, 6))].flat();
    return halves.filter((row) => row[0] !== "");
  };

  it("hold at least the worst thirty, ties sharing a rank and the next skipping", () => {
    expect(pathsOf("notices").length).toBeGreaterThan(80);
    for (const path of pathsOf("notices")) {
      const ranks = listOf(path).map(([rank]) => Number(rank));
      expect(ranks.length).toBeGreaterThanOrEqual(30);
      for (const [i, rank] of ranks.entries()) expect(rank === i + 1 || rank === ranks[i - 1]).toBe(true);
      expect(ranks.at(-1)).toBeLessThanOrEqual(30);
    }
  });

  it("name only places that are known in that district", () => {
    const { divisions } = loadSeedPlaces();
    const districts = new Map(divisions.map((place) => [place.code, place.name]));
    const known = new Set(
      divisions.flatMap((place) =>
        [place.name, ...place.aliases.map((alias) => alias.name)].map(
          (name) => `${districts.get((place.parent ?? "").slice(0, 6))} ${name}`,
        ),
      ),
    );
    for (const path of pathsOf("notices").filter((one) => !basename(one).startsWith("roads"))) {
      for (const [, district, name] of listOf(path)) expect(known).toContain(`${district} ${name}`);
    }
  });

  it("agree with the townships' own values, but for what the gaps change", () => {
    const rows = exchangeRows("townships").filter((row) => row[2] === "tsp" && (row[1] ?? "").startsWith("2024-03"));
    const means = [...gather(rows.map((row) => [row[0], Number(row[3])] as const))].map(
      ([code, values]) => [code, meanOf(values)] as const,
    );
    const worst = new Set(
      means
        .sort((a, b) => b[1] - a[1])
        .slice(0, 40)
        .map(([code]) => code),
    );
    const published = listOf(pathsOf("notices").find((path) => path.endsWith("/tsp_2024-03.txt")) ?? "");
    const codes = published.map(
      ([, , name = ""]) =>
        townships.find((place) => [place.name, place.name.replace(/地区$/, "乡")].includes(name))?.code,
    );
    expect(codes.filter((code) => worst.has(code)).length / codes.length).toBeGreaterThan(0.9);
  });
});
