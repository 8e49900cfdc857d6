import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { publishedRankEvidence } from "../../src/analysis/rank-evidence.ts";
import { windowOf } from "../../src/analysis/standing/moment.ts";
import { judgeTargets } from "../../src/analysis/target-rows.ts";
import { cumulativeOf, monthOf, yearOf } from "../../src/domain/period.ts";
import type { Target } from "../../src/domain/plan.ts";
import { parseDay } from "../../src/domain/time.ts";
import { DEFAULT_POLICIES, parsePolicies } from "../../src/standards/policy.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { citySeeds, placeOf, publish } from "./small-city.ts";
import { someTarget } from "./some-target.ts";

const EACH_TOWNSHIP = { kind: "each", placeKind: "township", zh: "各街乡", names: [] } as const;
const rankTarget = (changes: Partial<Target> = {}) =>
  someTarget({
    comparator: "not_in_worst",
    value: "2",
    decidedBy: "published_rank",
    scope: EACH_TOWNSHIP,
    period: "month",
    ...changes,
  });

describe("published ranks as evidence", () => {
  let fixture: TemporaryStore;
  beforeEach(async () => {
    const roads = [1, 2].map((k) => ({ code: `R${k}`, kind: "road" as const, name: `路${k}`, parent: "T01" }));
    fixture = await temporaryStore(citySeeds(6, 2, roads));
  });
  afterEach(() => fixture.remove());

  const standingsOf = async (target: Target, at: string, policies = DEFAULT_POLICIES) => {
    const { store } = fixture;
    const place = await placeOf(store, "110105");
    const [row] = await judgeTargets([target], {
      at: parseDay(at),
      policies,
      settings: new Map(),
      evidenceOf: (one, window, day) => publishedRankEvidence(store, { target: one, place, window, at: day, policies }),
    });
    return {
      whole: row?.verdict.standing,
      reason: row?.verdict.reason,
      places: Object.fromEntries((row?.places ?? []).map((one) => [one.place, one.verdict.standing])),
    };
  };

  it("judges only the townships of the plan's district, by the list of the whole city", async () => {
    await publish(fixture.store, "pm25", monthOf(2024, 1), { T02: 1, T05: 2 });
    const found = await standingsOf(rankTarget(), "2024-02-10");
    expect(found.places).toEqual({ 街道01: "on_track", 街道02: "missed" });
    expect(found.whole).toBe("missed");
  });
  it("takes a place that is not on the list of the worst n as outside them, tied places on it as inside", async () => {
    await publish(fixture.store, "pm25", monthOf(2024, 1), { T01: 2, T03: 1, T04: 2 }, { length: 3 });
    expect((await standingsOf(rankTarget(), "2024-02-10")).places).toEqual({ 街道01: "missed", 街道02: "on_track" });
    expect((await standingsOf(rankTarget({ value: "4" }), "2024-02-10")).places["街道02"]).toBe("missed");
  });
  it("waits for the list of the last month while the year runs, but not for one in between", async () => {
    await publish(fixture.store, "pm25", monthOf(2024, 1), { T05: 1, T06: 2 });
    expect((await standingsOf(rankTarget(), "2024-03-05")).places["街道01"]).toBe("on_track");
    await publish(fixture.store, "pm25", monthOf(2024, 3), { T05: 1, T06: 2 });
    expect((await standingsOf(rankTarget(), "2024-04-05")).places["街道01"]).toBe("cannot_judge");
  });
  it("says that no list was published instead of judging by computed ranks", async () => {
    expect(await standingsOf(rankTarget(), "2024-06-30")).toMatchObject({
      whole: "cannot_judge",
      reason: "没有公布排名",
    });
  });
  it("judges the year to date by the latest cumulative list, and a year that is over only by that of December", async () => {
    const target = rankTarget({ period: "cumulative" });
    await publish(fixture.store, "pm25", cumulativeOf(2024, 5), { T01: 1, T05: 2 });
    await publish(fixture.store, "pm25", cumulativeOf(2024, 6), { T02: 1, T05: 2 });
    expect((await standingsOf(target, "2024-07-20")).places).toEqual({ 街道01: "on_track", 街道02: "at_risk" });
    expect((await standingsOf(target, "2024-12-31")).whole).toBe("cannot_judge");
    await publish(fixture.store, "pm25", cumulativeOf(2024, 12), { T05: 1, T06: 2 });
    expect((await standingsOf(target, "2024-12-31")).whole).toBe("met");
    expect(cumulativeOf(2024, 12).last).toBe(yearOf(2024).last);
  });
  it("counts months in a row of single roads, and a month without list ends a run unless it is skipped", async () => {
    const target = rankTarget({
      comparator: "not_n_months_running",
      value: "3",
      cut: "2",
      indicator: "road_dust_load",
      scope: { ...EACH_TOWNSHIP, placeKind: "road", zh: "单条道路" },
    });
    const list = { list: "道路排名", length: 2 };
    for (const m of [1, 2, 4]) await publish(fixture.store, "road_dust_load", monthOf(2024, m), { R1: 1 }, list);
    // Lists of townships of the same months speak of other places.
    await publish(fixture.store, "road_dust_load", monthOf(2024, 3), { T01: 1, T02: 2 });
    expect((await standingsOf(target, "2024-05-10")).places).toEqual({ 路1: "on_track", 路2: "on_track" });
    const skips = parsePolicies(["runGap=skips"]);
    expect((await standingsOf(target, "2024-05-10", skips)).places).toEqual({ 路1: "missed", 路2: "on_track" });
  });
  it("takes the rows that held at an earlier batch", async () => {
    const { store } = fixture;
    await publish(store, "pm25", monthOf(2024, 1), { T01: 1, T05: 2 }, { batch: 3 });
    await publish(store, "pm25", monthOf(2024, 1), { T01: 5 }, { batch: 4, length: 5 });
    const target = rankTarget();
    const ask = async (asOf?: number) =>
      publishedRankEvidence(store, {
        target,
        place: await placeOf(store, "110105"),
        window: windowOf(target),
        at: parseDay("2024-02-20"),
        policies: DEFAULT_POLICIES,
        asOf,
      });
    const ranksOf = (found: Awaited<ReturnType<typeof ask>>) =>
      "each" in found ? found.each.map((one) => Number(one.evidence.value?.num)) : undefined;
    expect(ranksOf(await ask(3))?.[0]).toBe(1);
    expect(ranksOf(await ask())?.[0]).toBe(5);
    expect(ranksOf(await ask(2))).toBeUndefined();
  });
});
