import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RankQuestion, rankJson, rankPlaces } from "../../src/analysis/rank.ts";
import { besideJson, networkMedian } from "../../src/analysis/rank-beside.ts";
import { rankChanges } from "../../src/analysis/rank-change.ts";
import { publishedBeside } from "../../src/analysis/rank-published.ts";
import { statIndicator } from "../../src/analysis/stat-indicators.ts";
import { toNumber } from "../../src/domain/exact.ts";
import { monthOf, parsePeriod } from "../../src/domain/period.ts";
import { parseDay } from "../../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../../src/standards/policy.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { citySeeds, placeOf, publish, putDays } from "./small-city.ts";

const SEPTEMBER = 30;

describe("a ranking with what stands beside it", () => {
  let fixture: TemporaryStore;
  beforeEach(async () => {
    const seeds = citySeeds(5, 2);
    const places = seeds.places.map((one) =>
      one.code === "T01" ? { ...one, attributes: { population: "50000", areaKm2: "4" } } : one,
    );
    fixture = await temporaryStore({ ...seeds, places });
  });
  afterEach(() => fixture.remove());

  const flat = (value: number, days = SEPTEMBER) => Array.from({ length: days }, () => value);
  const question = async (changes: Partial<RankQuestion> = {}): Promise<RankQuestion> => ({
    indicator: statIndicator("pm25"),
    among: await placeOf(fixture.store, "110000"),
    kind: "township",
    order: "worst",
    period: parsePeriod("2024-09"),
    policies: DEFAULT_POLICIES,
    today: parseDay("2024-12-31"),
    ...changes,
  });

  it("gives each place its change in value and rank, and ranks the changes", async () => {
    const { store } = fixture;
    for (const [code, before, now] of [
      ["T01", 40, 30],
      ["T02", 30, 33],
      ["T03", 20, 18],
    ] as const) {
      await putDays(store, code, "pm25", "2024-08-01", flat(before, 31));
      await putDays(store, code, "pm25", "2024-09-01", flat(now));
    }
    const ranking = await rankPlaces(store, await question());
    const changes = await rankChanges(store, ranking, "monthOnMonth");
    const json = rankJson(ranking, besideJson(ranking, changes === undefined ? [] : [changes], undefined));
    expect(json["rows"]).toMatchObject([
      {
        code: "T02",
        rank: 1,
        monthOnMonth: { before: 30, percent: 10, rankBefore: 2, rankMoved: -1, rankOfChange: 1 },
      },
      {
        code: "T01",
        rank: 2,
        monthOnMonth: { before: 40, percent: -25, rankBefore: 1, rankMoved: 1, rankOfChange: 3 },
      },
      {
        code: "T03",
        rank: 3,
        monthOnMonth: { before: 20, percent: -10, rankBefore: 3, rankMoved: 0, rankOfChange: 2 },
      },
    ]);
    expect(toNumber(networkMedian(ranking) ?? { num: 0n, den: 1n })).toBe(30);
  });

  it("lets the published rank stand beside the computed one, with the likely reason where they differ", async () => {
    const { store } = fixture;
    await putDays(store, "T01", "pm25", "2024-09-01", flat(50));
    await putDays(store, "T02", "pm25", "2024-09-01", flat(40, 28));
    await putDays(store, "T03", "pm25", "2024-09-01", flat(30));
    await publish(store, "pm25", monthOf(2024, 9), { T01: 2, T02: 1, T04: 3 });
    const ranking = await rankPlaces(store, await question());
    const beside = await publishedBeside(store, ranking);
    expect(
      beside?.rows.map(({ place, published, listed, computed, reason }) => [
        place.code,
        published,
        listed,
        computed,
        reason,
      ]),
    ).toEqual([
      ["T02", 1, true, 2, "本地缺 2 天"],
      ["T01", 2, true, 1, "其他 1 个地点本地缺天数"],
      ["T04", 3, true, undefined, "库内没有该地点的数据"],
      ["T03", 4, false, 3, "其他 1 个地点本地缺天数"],
    ]);
  });

  it("says nothing of a list of another month", async () => {
    const { store } = fixture;
    await putDays(store, "T01", "pm25", "2024-09-01", flat(50));
    await publish(store, "pm25", monthOf(2024, 8), { T01: 1 });
    expect(await publishedBeside(store, await rankPlaces(store, await question()))).toBeUndefined();
  });

  it("counts complaints per 10,000 people and km² only where the number is known", async () => {
    const { store } = fixture;
    await putDays(store, "T01", "noise_complaints", "2024-09-01", flat(2));
    await putDays(store, "T02", "noise_complaints", "2024-09-01", flat(9));
    const complaints = { indicator: statIndicator("noise_complaints") };
    const people = await rankPlaces(store, await question({ ...complaints, per: "people" }));
    expect(people.rows.map((row) => [row.item.place.code, toNumber(row.rounded)])).toEqual([["T01", 12]]);
    expect(people.missing.map((one) => [one.place.code, one.valid === true ? "" : one.valid.zh])).toEqual([
      ["T02", "没有登记常住人口"],
    ]);
    const area = await rankPlaces(store, await question({ ...complaints, per: "area" }));
    expect(toNumber(area.rows[0]?.rounded ?? { num: 0n, den: 1n })).toBe(15);
    const whole = await rankPlaces(store, await question(complaints));
    expect(whole.rows.map((row) => [row.item.place.code, toNumber(row.value)])).toEqual([
      ["T02", 270],
      ["T01", 60],
    ]);
  });

  it("totals a district from its townships, and not when one of them lacks a day", async () => {
    const { store } = fixture;
    await putDays(store, "T01", "noise_complaints", "2024-09-01", flat(2));
    await putDays(store, "T02", "noise_complaints", "2024-09-01", flat(1));
    const { askStatistics } = await import("../../src/analysis/stat-answer.ts");
    const ask = async (period: string) => {
      const { among: _, kind: __, order: ___, ...rest } = await question({ period: parsePeriod(period) });
      const places = [await placeOf(store, "110105")];
      return (await askStatistics(store, { ...rest, indicator: statIndicator("noise_complaints"), places }))[0];
    };
    expect(await ask("2024-09")).toMatchObject({ value: { num: 90n * 10n ** 8n }, valid: true, unit: "件" });
    expect((await ask("2024-08-01"))?.value).toBeUndefined();
    await putDays(store, "T01", "noise_complaints", "2024-10-01", flat(2, 31));
    await putDays(store, "T02", "noise_complaints", "2024-10-01", flat(1, 30));
    expect((await ask("2024-10"))?.valid).toMatchObject({ what: "days", have: 30, need: 31 });
  });
});
