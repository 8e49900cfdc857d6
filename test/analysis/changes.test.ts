import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { undoBatch } from "../../ingest/undo.ts";
import { parseMoment, stateAt } from "../../src/analysis/as-of.ts";
import { changesBetween } from "../../src/analysis/changes.ts";
import { changesJson } from "../../src/analysis/changes-json.ts";
import { changesWords } from "../../src/analysis/changes-words.ts";
import { rankPlaces } from "../../src/analysis/rank.ts";
import { statIndicator } from "../../src/analysis/stat-indicators.ts";
import { parsePeriod } from "../../src/domain/period.ts";
import type { Plan } from "../../src/domain/plan.ts";
import { dayText, parseDay } from "../../src/domain/time.ts";
import { decimalText } from "../../src/standards/gbt8170.ts";
import { DEFAULT_POLICIES } from "../../src/standards/policy.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { citySeeds, placeOf } from "./small-city.ts";
import { someTarget } from "./some-target.ts";

const TODAY = parseDay("2024-12-31");
const PLAN: Plan = {
  area: "air",
  year: 2024,
  title: "",
  place: "T01",
  tasks: [],
  targets: [someTarget({ value: "40" })],
};

describe("what changed between two batches", () => {
  let fixture: TemporaryStore;
  let files = 0;
  beforeEach(async () => {
    fixture = await temporaryStore(citySeeds(3, 2));
  });
  afterEach(() => fixture.remove());

  /** One file with a value for each day of September from the first on, for each township named. */
  const take = async (values: Readonly<Record<string, readonly number[]>>, at: string): Promise<number> => {
    const file = join(fixture.dir, `file${++files}.csv`);
    const rows = Object.entries(values).flatMap(([code, list]) =>
      list.map((value, k) => `${code},${dayText(parseDay("2024-09-01") + k)},pm25,${value},µg/m³`),
    );
    await writeFile(file, `place,period,indicator,value,unit\n${rows.join("\n")}\n`);
    const [batch] = await ingestPath(fixture.store, "township", file, { now: new Date(at) });
    return batch?.id ?? 0;
  };
  const flat = (value: number) => Array.from({ length: 30 }, () => value);
  const ranksAsOf = async (moment?: string) => {
    const { store } = fixture;
    const state = stateAt(store, moment === undefined ? undefined : await parseMoment(store, moment));
    const period = parsePeriod("2024-09");
    const found = await rankPlaces(state.store, {
      indicator: statIndicator("pm25"),
      among: await placeOf(store, "110000"),
      kind: "township",
      order: "worst",
      period,
      policies: DEFAULT_POLICIES,
      today: TODAY,
      daily: await state.dailyOf(period),
    });
    return found.all.map((row) => `${row.rank} ${row.item.place.code} ${decimalText(row.value, 3)}`);
  };
  const changes = async (from: number, to?: number) =>
    changesBetween(fixture.store, { from, to, plans: [PLAN], at: TODAY, policies: DEFAULT_POLICIES, today: TODAY });

  it("follows a corrected reading to its day, its month, the ranks it moves and the standing, with the batch", async () => {
    await take({ T01: flat(30), T02: flat(35), T03: flat(32) }, "2024-10-01T00:00:00Z");
    // One day at 330 lifts the month of T01 from 30 to 40, above both others.
    const second = await take({ T01: [330] }, "2024-10-02T00:00:00Z");
    const found = await changes(1);
    const json = changesJson(found, await fixture.store.places());
    expect(json["readings"]).toMatchObject({
      total: 1,
      byPlace: [{ code: "T01", inserted: 0, corrected: 1, removed: 0, batches: [second] }],
      sample: [{ code: "T01", span: "day", from: 30, to: 330, batch: second }],
    });
    expect(json["days"]).toMatchObject({ total: 1, list: [{ code: "T01", day: "2024-09-01", from: 30, to: 330 }] });
    expect(json["statistics"]).toMatchObject([
      { code: "T01", indicator: "pm25", period: "2024-09", from: 30, to: 40, validFrom: true, validTo: true },
      { code: "T01", indicator: "pm25", period: "2024", from: 30, to: 40, validFrom: false, validTo: false },
    ]);
    expect(json["ranks"]).toMatchObject([
      { code: "T02", from: 1, to: 2 },
      { code: "T03", from: 2, to: 3 },
      { code: "T01", from: 3, to: 1, valueFrom: 30, valueTo: 40 },
    ]);
    expect(json["standings"]).toMatchObject([{ id: PLAN.targets[0]?.id, valueFrom: 30, valueTo: 40 }]);
    expect(json["batches"]).toMatchObject([{ id: second, format: "township" }]);
    expect(changesWords(found, await fixture.store.places()).join("\n")).toContain(
      "街道01（街乡）2024年9月 pm25：第 3 → 1 名",
    );
  });

  it("calls readings inserted, and those an undo took back removed", async () => {
    await take({ T01: flat(30) }, "2024-10-01T00:00:00Z");
    const second = await take({ T02: [50, 60] }, "2024-10-02T00:00:00Z");
    expect((await changes(1)).readings.moves).toMatchObject([{ inserted: 2, corrected: 0, removed: 0, batches: [2] }]);
    const undo = await undoBatch(fixture.store, second, new Date("2024-10-03T00:00:00Z"));
    expect((await changes(2)).readings.moves).toMatchObject([{ inserted: 0, removed: 2, batches: [undo.id] }]);
    const nothing = await changes(1);
    expect([nothing.readings.total, nothing.ranks.length, nothing.standings.length]).toEqual([0, 0, 0]);
    expect((await changes(1, 2)).readings.total).toBe(2);
  });

  it("keeps every earlier state as it was, whatever was corrected and undone since", async () => {
    await take({ T01: flat(30), T02: flat(35) }, "2024-10-01T00:00:00Z");
    const seen = new Map<string, readonly string[]>([["1", await ranksAsOf()]]);
    await take({ T01: [330, 31], T03: flat(20) }, "2024-10-02T00:00:00Z");
    seen.set("2", await ranksAsOf());
    await undoBatch(fixture.store, 2, new Date("2024-10-03T00:00:00Z"));
    seen.set("3", await ranksAsOf());
    await take({ T01: [90], T02: [5, 6, 7] }, "2024-10-04T00:00:00Z");
    seen.set("4", await ranksAsOf());
    await take({ T01: [91], T02: [5] }, "2024-10-05T00:00:00Z");
    await undoBatch(fixture.store, 5, new Date("2024-10-06T00:00:00Z"));
    for (const [batch, ranks] of seen) expect(await ranksAsOf(batch), `batch ${batch}`).toEqual(ranks);
    expect(seen.get("3")).toEqual(seen.get("1"));
    expect(await ranksAsOf("2024-10-02T12:00")).toEqual(seen.get("2"));
    expect(await ranksAsOf("2024-10-01")).toEqual(seen.get("1"));
  });

  it("refuses a moment before the first batch, a batch there is not, and a text that is neither", async () => {
    await take({ T01: [1] }, "2024-10-01T00:00:00Z");
    for (const [given, code] of [
      ["2024-09-30", "option.value"],
      ["2", "batch.unknown"],
      ["0", "batch.unknown"],
      ["昨天", "option.value"],
    ] as const) {
      await expect(parseMoment(fixture.store, given, "--from")).rejects.toMatchObject({
        code,
        where: { parameter: "--from" },
      });
    }
  });
});
