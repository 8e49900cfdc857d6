import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { loadSeedPlaces } from "../../../seeds/places/load.ts";
import { simulateCity } from "../../../seeds/simulate/city.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const root = mkdtempSync(join(tmpdir(), "duibiao-earlier-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const { stations, divisions } = loadSeedPlaces();
const HOME = "110105";
const few = {
  seed: 7,
  stations: stations.filter((place) => place.attributes === undefined).slice(0, 8),
  townships: divisions.filter((place) => place.kind === "township" && place.parent === HOME).slice(0, 5),
  parts: ["water", "complaints"] as const,
};
const linesOf = (path: string) => readFileSync(path, "utf8").trimEnd().split(/\r?\n/);

describe("the year before of a simulated city", () => {
  it("reaches from 1 January of the year before to the eve of the city, for the district's own stations only", async () => {
    const city = await simulateCity({ ...few, until: "2024-02-10", dir: join(root, "a"), yearBefore: true });
    expect(city.first).toBe("2023-01-01");
    expect(city.files.some((file) => file.path.includes("/earlier/"))).toBe(false);

    const later = await simulateCity({ ...few, until: "2024-05-10", dir: join(root, "b"), yearBefore: true });
    const earlier = later.files.map((file) => file.path).filter((path) => path.includes("/earlier/"));
    const hourly = earlier.filter((path) => path.includes("/stations/"));
    expect(later.first).toBe("2023-04-01");
    expect(hourly).toHaveLength(3);
    const rows = hourly.flatMap((path) =>
      linesOf(path)
        .slice(1)
        .map((line) => line.split(",")),
    );
    const own = few.stations.filter((place) => place.parent === HOME).length;
    expect(own).toBeGreaterThan(0);
    // six items an hour over January to March; the last hour of a day bears the next date
    expect(rows).toHaveLength(90 * 24 * 6);
    for (const row of rows) expect(row).toHaveLength(3 + own + 1);
    expect([rows[0]?.slice(0, 2), rows.at(-1)?.slice(0, 2)]).toEqual([
      ["20230101", "1"],
      ["20230401", "0"],
    ]);
    const days = earlier
      .filter((path) => path.includes("/complaints/"))
      .flatMap((path) =>
        linesOf(path)
          .slice(1)
          .map((line) => line.split(",")[1]),
      );
    expect(new Set(days).size).toBe(90);
    expect(earlier.filter((path) => path.includes("/water/"))).toHaveLength(8 * 3);
    for (const path of earlier) expect(linesOf(path)[0]).toContain("模拟数据");
  });

  it("is not written unless asked for", async () => {
    const city = await simulateCity({ ...few, until: "2024-05-10", dir: join(root, "c") });
    expect(city.files.some((file) => file.path.includes("/earlier/"))).toBe(false);
    expect(existsSync(join(root, "c", "earlier"))).toBe(false);
  });
});
