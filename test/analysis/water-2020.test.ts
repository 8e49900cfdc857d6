/**
 * The national water release of May 2020, November 2020 and April 2021 through the real pipeline, against tables of an
 * independent program with exact fractions. River or lake is an attribute of the section, loaded from its table.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { groupPeriod } from "../../src/analysis/water-group.ts";
import { waterRecords } from "../../src/analysis/water-records.ts";
import { type SectionPeriod, sectionPeriods } from "../../src/analysis/water-section.ts";
import { type Exact, toNumber } from "../../src/domain/exact.ts";
import { parsePeriod } from "../../src/domain/period.ts";
import type { Place } from "../../src/domain/place.ts";
import { dayStart, minuteText } from "../../src/domain/time.ts";
import { RECORD_ITEMS } from "../../src/domain/water-record.ts";
import { WATER_CLASS_ZH, type WaterClass, type WaterItem, waterItemZh } from "../../src/standards/gb3838.ts";
import { decimalsKeepingOneDigit, decimalText } from "../../src/standards/gbt8170.ts";
import { parsePolicies } from "../../src/standards/policy.ts";
import { sampleClass } from "../../src/standards/water-class.ts";
import { waterDecimals } from "../../src/standards/water-decimals.ts";
import { mainItemsZh } from "../../src/standards/water-exceed.ts";
import { meansAsSample } from "../../src/standards/water-mean.ts";
import { percentOf, statusByShares } from "../../src/standards/water-status.ts";
import { type CsvRow, readCsv } from "../csv.ts";
import { hasShared, shared } from "../shared.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

const MONTHS = ["2020-05", "2020-11", "2021-04"];
const expected = (file: string) => readCsv(shared(`expected/water-2020/${file}`));
const zh = (found: WaterClass | undefined) => (found === undefined ? "" : WATER_CLASS_ZH[found]);
const names = (items: readonly WaterItem[]) => items.map(waterItemZh).join("、");
const one = (value: Exact | undefined) => (value === undefined ? "" : decimalText(value, 1));

describe.skipIf(!hasShared)("water 2020–2021, 7,771 records of 1,774 sections", () => {
  let temporary: TemporaryStore;
  let sections: readonly Place[] = [];
  const raw = new Map<string, SectionPeriod>();
  const rounded = new Map<string, SectionPeriod>();
  /** One section has two names in the release: the table of types uses the later one. */
  const nameOf = (section: string | undefined) => (section === "广北滨河路" ? "广北滨河路(桥）" : section);
  const keyOf = (province: string | undefined, section: string | undefined, month: string) =>
    `${province}/${section}/${month}`;

  beforeAll(async () => {
    temporary = await temporaryStore();
    const { store } = temporary;
    await store.addPlaces(
      expected("section-type.csv").map(({ province = "", section = "", type = "" }) => ({
        code: `${province}/${section}`,
        kind: "section",
        name: section,
        attributes: { province, waterType: type },
      })),
    );
    const now = new Date("2026-11-24T00:00:00Z");
    for (const archive of ["raw-json-2020-05_2020-11.tar.gz", "by-section-csv-beijing-2021-04.tar.gz"]) {
      const [batch] = await ingestPath(store, "cnemc-water", shared(`data/cnemc-water/${archive}`), { now });
      // Every section was there already: none may be registered a second time.
      expect(batch?.registered).toEqual([]);
    }
    sections = (await store.places()).places.filter((place) => place.kind === "section");
    for (const [results, classOn] of [
      [raw, "raw"],
      [rounded, "rounded"],
    ] as const) {
      const policies = parsePolicies([`classOn=${classOn}`]);
      for (const month of MONTHS) {
        for (const found of await sectionPeriods(store, { sections, period: parsePeriod(month), policies })) {
          results.set(keyOf(found.place.attributes["province"], nameOf(found.place.name), month), found);
        }
      }
    }
  });
  afterAll(() => temporary?.remove());

  it("keeps each record with its values, status and published class, and rates it as the table does", async () => {
    const period = { from: dayStart(parsePeriod("2020-01").first), to: dayStart(parsePeriod("2021-12").last) };
    const records = await waterRecords(temporary.store, { sections, ...period, policies: parsePolicies([]) });
    const mine = new Map(
      records.map((record) => [
        `${record.place.attributes["province"]}/${nameOf(record.place.name)}/${minuteText(record.start)}`,
        [
          record.statusZh,
          record.excluded ? "Y" : "",
          zh(record.published),
          zh(record.rated.class),
          names(record.rated.deciding),
          ...RECORD_ITEMS.map((item) => numberText(record.values.get(item))),
        ],
      ]),
    );
    const rows = expected("reading-class.csv.gz");
    expect(mine.size).toBe(rows.length);
    for (const row of rows) {
      const key = `${row["province"]}/${row["section"]}/${(row["time"] ?? "").slice(0, 16).replace("T", " ")}`;
      const values = RECORD_ITEMS.map((item) => (row[item] === "" ? "" : String(Number(row[item]))));
      expect([key, mine.get(key)]).toEqual([
        key,
        [row["status"], row["excluded"], row["published_class"], row["our_class"], row["deciding_items"], ...values],
      ]);
    }
  });

  it("gives each section and month the expected counts, means, rounded means and classes", () => {
    const rows = expected("section-month.csv");
    for (const row of rows) {
      const key = keyOf(row["province"], row["section"], row["month"] ?? "");
      const found = raw.get(key);
      if (found === undefined) throw new Error(`no ${key}`);
      expect([key, found.valid, found.excluded, found.days]).toEqual([
        key,
        ...["n_valid", "n_excluded", "days"].map((name) => Number(row[name])),
      ]);
      for (const item of RECORD_ITEMS) compareItem(key, item, found, row);
      expect([key, zh(found.raw.rated.class), names(found.raw.rated.deciding)]).toEqual([
        key,
        row["class_raw"],
        row["deciding_raw"],
      ]);
      expect([key, zh(found.rounded.rated.class), names(found.rounded.rated.deciding)]).toEqual([
        key,
        row["class_rounded"],
        row["deciding_rounded"],
      ]);
      const present = sampleClass(meansAsSample(found.raw.means), found.type, { requireItems: [] });
      expect([key, zh(present.class), names([...present.items.keys()])]).toEqual([
        key,
        row["class_raw_items_present"],
        row["items_rated"],
      ]);
    }
    expect([...raw.values()].filter((found) => found.valid + found.excluded > 0)).toHaveLength(rows.length);
  });

  it("gives Beijing's months with main polluting items and the target Ⅳ reached or not", () => {
    for (const row of expected("beijing-month.csv")) {
      const key = keyOf("北京市", row["section"], row["month"] ?? "");
      const cells = [raw, rounded].flatMap((results) => {
        const found = results.get(key);
        if (found?.class === undefined) return ["", "", ""];
        const basis = results === raw ? found.raw : found.rounded;
        return [zh(found.class), mainItemsZh(basis.main), found.class <= 4 ? "Y" : "N"];
      });
      const status = raw.get(key)?.class === undefined ? "no data" : "assessed";
      expect([key, status, ...cells]).toEqual([
        key,
        row["status"] === "insufficient" ? "no data" : row["status"],
        ...["class_raw", "main_items_raw", "met_raw", "class_rounded", "main_items_rounded", "met_rounded"].map(
          (name) => row[name],
        ),
      ]);
    }
  });

  it("gives each province's shares, status by the right method, and reach rate", () => {
    for (const row of expected("province-month.csv")) {
      const basis = row["basis"] === "rounded" ? "rounded" : "raw";
      const all = [...(basis === "raw" ? raw : rounded).values()].filter(
        ({ place, period }) => place.attributes["province"] === row["province"] && period.text === row["month"],
      );
      const group = groupPeriod(all, parsePolicies([`classOn=${basis}`]), () => 4);
      const { shares, method, status, meanClass } = group.status;
      const key = `${row["month"]} ${row["province"]} ${basis}`;
      const counts = ["n_I", "n_II", "n_III", "n_IV", "n_V", "n_worse_V"].map((name) => Number(row[name]));
      expect([key, group.known, group.assessed, ...Object.values(shares.counts)]).toEqual([
        key,
        Number(row["sections_known"]),
        Number(row["sections_assessed"]),
        ...counts,
      ]);
      expect([key, one(shares.good), one(shares.worseV), statusByShares(shares) ?? ""]).toEqual([
        key,
        row["share_I_III_pct"],
        row["share_worse_V_pct"],
        row["share_rule_word"],
      ]);
      const words = [group.assessed === 0 ? "no data" : method, status ?? "", zh(meanClass)];
      expect([key, ...words]).toEqual([key, row["method"], row["status_word"], row["mean_class"]]);
      expect([key, group.reach.met, one(group.reach.rate)]).toEqual([key, Number(row["met_IV"]), row["met_IV_pct"]]);
      expect(one(group.reach.coverage)).toBe(one(percentOf(group.assessed, group.known)));
    }
  });
});

function compareItem(key: string, item: (typeof RECORD_ITEMS)[number], found: SectionPeriod, row: CsvRow): void {
  const mean = found.items.get(item);
  expect([key, item, mean?.n ?? 0]).toEqual([key, item, Number(row[`n_${item}`])]);
  if (mean === undefined) {
    expect([key, item, row[`${item}_mean`]]).toEqual([key, item, ""]);
    return;
  }
  const theirs = Number(row[`${item}_mean`]);
  expect(Math.abs(toNumber(mean.mean) - theirs)).toBeLessThanOrEqual(1.5e-12 + 1e-14 * Math.abs(theirs));
  if (item === "chla" || item === "algae") return;
  const decimals = decimalsKeepingOneDigit(mean.mean, waterDecimals(item, "assessment"));
  expect([key, item, decimalText(mean.mean, decimals)]).toEqual([key, item, row[`${item}_rounded`]]);
}

function numberText(value: Exact | undefined): string {
  return value === undefined ? "" : String(toNumber(value));
}
