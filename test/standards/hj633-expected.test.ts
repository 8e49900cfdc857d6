import { describe, expect, it } from "vitest";
import { EDITIONS, type Edition } from "../../src/domain/edition.ts";
import { exact } from "../../src/domain/exact.ts";
import { dayIndex, type Pollutant } from "../../src/standards/hj633-day.ts";
import { type CsvRow, readCsv } from "../csv.ts";
import { hasShared, shared } from "../shared.ts";

const NAMES: Readonly<Record<Pollutant, string>> = {
  pm25: "PM2.5",
  pm10: "PM10",
  so2: "SO2",
  no2: "NO2",
  co: "CO",
  o3: "O3",
};

/** The index from a row's valid values, in the words of the tables. */
function shown(row: CsvRow, edition: Edition): string {
  const value = (name: string) => (row[`${name}_valid`] === "1" ? exact(row[name] ?? "") : undefined);
  const values = {
    pm25: value("pm25"),
    pm10: value("pm10"),
    so2: value("so2"),
    no2: value("no2"),
    co: value("co"),
    o3_8h: value("mda8"),
    o3_1h: value("o3_1h"),
  };
  const found = dayIndex(edition, values, { aqiMissing: "na" });
  const given = found.completeness !== "na";
  return [
    found.aqi ?? "NA",
    given ? found.primary.map((one) => NAMES[one]).join(";") : "NA",
    found.class?.class ?? "NA",
    given ? found.completeness : "NA",
    found.available ?? "",
  ].join("|");
}

describe.skipIf(!hasShared)("HJ 633, the days of 2015 as an independent program computed them", () => {
  it.each(["station-day.csv.gz", "set-day.csv"])("agrees with every row of %s in both editions", (file) => {
    const rows = readCsv(shared(`expected/air-2015/${file}`));
    expect(rows.length).toBeGreaterThan(700);
    for (const edition of EDITIONS) {
      const columns = ["aqi", "primary", "class", "basis", "available"].map((name) => `${name}${edition}`);
      const differing = rows.filter((row) => shown(row, edition) !== columns.map((name) => row[name]).join("|"));
      expect(differing).toEqual([]);
    }
  });
});
