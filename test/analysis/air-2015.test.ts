/**
 * The whole line from a real archive to ranks, held against tables an independent program computed in exact fractions.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BatchResult, ingestPath } from "../../ingest/pipeline.ts";
import { aqiDays } from "../../src/analysis/aqi-days.ts";
import { type CountStatistic, countStatistics } from "../../src/analysis/count-statistics.ts";
import { periodStatistics } from "../../src/analysis/period.ts";
import { rankValues } from "../../src/analysis/ranking.ts";
import type { Statistic, StatisticName } from "../../src/analysis/statistic.ts";
import { type Subject, subjectOf } from "../../src/analysis/subject.ts";
import type { Edition } from "../../src/domain/edition.ts";
import { toNumber } from "../../src/domain/exact.ts";
import { indicatorOf } from "../../src/domain/indicator.ts";
import { parsePeriod } from "../../src/domain/period.ts";
import { placeFinder, requirePlace } from "../../src/domain/place-finder.ts";
import { parseDay } from "../../src/domain/time.ts";
import { decimalText } from "../../src/standards/gbt8170.ts";
import { DEFAULT_POLICIES } from "../../src/standards/policy.ts";
import { type CsvRow, readCsv } from "../csv.ts";
import { hasShared, shared } from "../shared.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

const POLICIES = DEFAULT_POLICIES;
const TODAY = parseDay("2026-11-23");
const SETS: Readonly<Record<string, string>> = { city: "110000", chaoyang: "110105" };
const table = (name: string) => readCsv(shared(`expected/air-2015/${name}`));

describe.skipIf(!hasShared)("Beijing 2015 against the expected tables", () => {
  let fixture: TemporaryStore;
  let batch: BatchResult | undefined;
  let subjectNamed: (kind: string, name: string) => Subject;

  beforeAll(async () => {
    fixture = await temporaryStore();
    const path = shared("data/quotsoft-beijing-2015.tar.gz");
    [batch] = await ingestPath(fixture.store, "quotsoft", path, { now: new Date("2026-01-01T00:00:00Z") });
    const places = await fixture.store.places();
    const finder = placeFinder(places);
    subjectNamed = (kind, name) =>
      subjectOf(places, requirePlace(finder, kind === "set" ? (SETS[name] ?? name) : `station:${name}`), "air");
  });
  afterAll(() => fixture.remove());

  const near = (value: number | undefined, text: string, what: string): void => {
    if (text === "") expect(value, what).toBeUndefined();
    else
      expect(Math.abs((value ?? Number.NaN) - Number(text)), `${what}: ${value} against ${text}`).toBeLessThanOrEqual(
        0.0000011,
      );
  };

  it("accounts for every cell of the archive: nothing rejected, nothing lost", () => {
    const expected = new Map(
      table("accounting.csv").map((row) => [
        [row["what"], row["which"], row["detail"]].join("|"),
        Number(row["count"]),
      ]),
    );
    const cells = (detail: string): number =>
      ["PM2.5", "PM10", "SO2", "NO2", "CO", "O3"].reduce(
        (sum, item) => sum + (expected.get(`cells|${item}|${detail}`) ?? 0),
        0,
      );
    expect(batch).toMatchObject({
      read: cells("kept in year") + cells("kept outside year"),
      inserted: cells("kept in year") + cells("kept outside year"),
      missing: cells("empty"),
      corrected: 0,
      unchanged: 0,
      outranked: 0,
      rejected: 0,
    });
    expect(batch?.files.filter((file) => file.outcome === "read")).toHaveLength(expected.get("files|read|") ?? -1);
  });

  it("gives every station-day and set-day its values, validity, AQI, primary pollutant and class, in both editions", async () => {
    const first = parseDay("2015-01-01");
    const last = parseDay("2015-12-31");
    for (const [kind, file] of [
      ["station", "station-day.csv.gz"],
      ["set", "set-day.csv"],
    ] as const) {
      const rows = table(file);
      const names = [...new Set(rows.map((row) => row[kind] ?? ""))];
      const subjects = names.map((name) => subjectNamed(kind, name));
      const days = {
        "2012": await aqiDays(fixture.store, { subjects, first, last, edition: "2012", policies: POLICIES }),
        "2026": await aqiDays(fixture.store, { subjects, first, last, edition: "2026", policies: POLICIES }),
      };
      const items = [
        ["pm25", "pm25"],
        ["pm10", "pm10"],
        ["so2", "so2"],
        ["no2", "no2"],
        ["co", "co"],
        ["mda8", "o3_8h"],
        ["o3_1h", "o3_1h"],
      ] as const;
      for (const row of rows) {
        const at = names.indexOf(row[kind] ?? "");
        const what = `${row[kind]} ${row["date"]}`;
        for (const edition of ["2012", "2026"] as const) {
          const day = days[edition][at]?.[parseDay(row["date"] ?? "") - first];
          expect(day?.aqi === undefined ? "" : String(day.aqi), `${what} ${edition} aqi`).toBe(
            (row[`aqi${edition}`] ?? "").replace("NA", ""),
          );
          expect(day?.available === undefined ? "" : String(day.available), `${what} available`).toBe(
            row[`available${edition}`],
          );
          expect(day?.completeness.toUpperCase(), what).toBe((row[`basis${edition}`] ?? "").toUpperCase());
          expect(day?.class?.class ?? "NA", what).toBe(row[`class${edition}`]);
          const spelled = (row[`primary${edition}`] ?? "").toLowerCase().replaceAll(".", "");
          expect(day?.completeness === "na" ? "na" : day?.primary.join(";"), what).toBe(spelled);
        }
        const day = days["2012"][at]?.[parseDay(row["date"] ?? "") - first];
        for (const [column, item] of items) {
          const value = day?.values[item];
          if (row[`${column}_valid`] === "1")
            near(value === undefined ? undefined : toNumber(value), row[column] ?? "", `${what} ${column}`);
          else expect(value, `${what} ${column}`).toBeUndefined();
        }
      }
    }
  });

  it("gives the single day its value also when it is not valid, with the hours it rests on", async () => {
    for (const [kind, file, sample] of [
      ["station", "station-day.csv.gz", 97],
      ["set", "set-day.csv", 13],
    ] as const) {
      const rows = table(file).filter((_, index) => index % sample === 0);
      for (const row of rows) {
        const subject = subjectNamed(kind, row[kind] ?? "");
        const period = parsePeriod(row["date"] ?? "");
        for (const item of ["pm25", "co", "o3"] as const) {
          const column = item === "o3" ? "mda8" : item;
          const [result] = await periodStatistics(fixture.store, {
            indicator: indicatorOf(item),
            subjects: [subject],
            period,
            policies: POLICIES,
            today: TODAY,
          });
          const what = `${row[kind]} ${row["date"]} ${item}`;
          near(result?.value === undefined ? undefined : toNumber(result.value), row[column] ?? "", what);
          expect(result?.valid === true ? "1" : "0", what).toBe(row[`${column}_valid`]);
          expect(String(result?.n), what).toBe(
            row[kind === "set" ? `${column}_stations` : item === "o3" ? "mda8_windows" : `${item}_n`],
          );
        }
      }
    }
  });

  it("gives every month and year statistic with its rounded value and validity", async () => {
    for (const file of ["month.csv", "year.csv"]) {
      const groups = new Map<string, Statistic>();
      for (const row of table(file)) {
        const { kind = "", name = "", period = "", item = "", statistic = "" } = row;
        const spelled = statistic.replace("_mda8", "") as StatisticName;
        const key = [kind, name, period, item, spelled].join("|");
        if (!groups.has(key)) {
          const names = [
            ...new Set(
              table(file)
                .filter((one) => one["kind"] === kind)
                .map((one) => one["name"] ?? ""),
            ),
          ];
          const results = await periodStatistics(fixture.store, {
            indicator: indicatorOf(item),
            subjects: names.map((one) => subjectNamed(kind, one)),
            period: parsePeriod(period),
            statistic: spelled,
            policies: POLICIES,
            today: TODAY,
          });
          for (const [k, one] of names.entries()) {
            const result = results[k];
            if (result !== undefined) groups.set([kind, one, period, item, spelled].join("|"), result);
          }
        }
        const result = groups.get(key);
        near(result?.value === undefined ? undefined : toNumber(result.value), row["value"] ?? "", key);
        const rounded = result?.value === undefined ? "" : decimalText(result.value, item === "co" ? 1 : 0);
        expect(rounded, key).toBe(row["rounded"]);
        expect(String(result?.n), key).toBe(row["n_valid_days"]);
        expect(String(result?.expected), key).toBe(row["n_days"]);
        if (row["n_valid_months"] !== undefined) expect(String(result?.validMonths), key).toBe(row["n_valid_months"]);
        expect(result?.valid === true ? "1" : "0", key).toBe(row["valid"]);
      }
    }
  });

  it("counts days by class, good and heavy days, for months and the year in both editions", async () => {
    const asked = new Map<string, ReturnType<typeof countStatistics>>();
    const ask = async (row: CsvRow): Promise<CountStatistic | undefined> => {
      const { kind = "", name = "", period = "", edition = "" } = row;
      const names = kind === "set" ? Object.keys(SETS) : stations;
      const key = [kind, period, edition].join("|");
      const answer =
        asked.get(key) ??
        countStatistics(fixture.store, {
          indicator: "good_day_ratio",
          subjects: names.map((one) => subjectNamed(kind, one)),
          period: parsePeriod(period),
          edition: edition as Edition,
          policies: POLICIES,
          today: TODAY,
        });
      asked.set(key, answer);
      return (await answer)[names.indexOf(name)];
    };
    const stations = [
      ...new Set(table("counts.csv").flatMap((row) => (row["kind"] === "station" ? [row["name"] ?? ""] : []))),
    ];
    for (const [file, available] of [
      ["counts.csv", false],
      ["counts-available.csv", true],
    ] as const) {
      for (const row of table(file)) {
        const { kind = "", name = "", period = "" } = row;
        const result = await ask(row);
        const counts = result?.counts;
        const classes = available ? counts?.availableClasses : counts?.classes;
        const ratio = available ? result?.available : result?.value;
        expect(
          {
            n_days: String(counts?.days),
            valid: String(available ? counts?.availableDays : counts?.validDays),
            good: String(available ? counts?.availableGood : counts?.goodDays),
            heavy: String(available ? counts?.availableHeavy : counts?.heavyDays),
            classes: Object.entries(classes ?? {})
              .map(([word, n]) => `${word}${n}`)
              .join(" "),
            ratio: ratio === undefined ? "" : decimalText(ratio, 1),
          },
          `${kind} ${name} ${period} ${row["edition"]}`,
        ).toEqual({
          n_days: row["n_days"],
          valid: row["valid_aqi_days"],
          good: row["good_days"],
          heavy: row["heavy_days"],
          classes: ["优", "良", "轻度污染", "中度污染", "重度污染", "严重污染"]
            .map((word) => `${word}${row[word]}`)
            .join(" "),
          ratio: row["good_ratio"],
        });
        if (!available) expect(String(counts?.partialDays)).toBe(row["of_these_partial"]);
      }
    }
  });

  it("ranks the stations by rounded means, ties sharing a rank, stations without a valid mean apart", async () => {
    const rows = table("ranks.csv");
    const names = [...new Set(rows.map((row) => row["station"] ?? ""))];
    const subjects = names.map((name) => subjectNamed("station", name));
    for (const item of ["pm25", "pm10"]) {
      for (const period of new Set(rows.filter((row) => row["item"] === item).map((row) => row["period"] ?? ""))) {
        const results = await periodStatistics(fixture.store, {
          indicator: indicatorOf(item),
          subjects,
          period: parsePeriod(period),
          policies: POLICIES,
          today: TODAY,
        });
        const valid = results.flatMap((one) =>
          one.valid === true && one.value !== undefined ? [{ item: one.place.name, value: one.value }] : [],
        );
        const ranked = rankValues(valid, { order: "worst", decimals: 0, higherIsWorse: true });
        const expected = rows.filter((row) => row["item"] === item && row["period"] === period);
        const lines = ranked.map((one) =>
          [one.item, one.rank, one.fromBest, one.tied ? 1 : 0, decimalText(one.rounded, 0)].join("|"),
        );
        expect(lines.sort(), `${item} ${period}`).toEqual(
          expected
            .filter((row) => row["status"] === "ranked")
            .map((row) => [row["station"], row["rank"], row["from_best"], row["tied"], row["rounded"]].join("|"))
            .sort(),
        );
        expect(names.length - ranked.length).toBe(expected.filter((row) => row["status"] === "missing").length);
      }
    }
  });
});
