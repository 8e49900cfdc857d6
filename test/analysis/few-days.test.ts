import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { areFew } from "../../src/analysis/few-days.ts";
import { periodPercentiles, periodSums } from "../../src/analysis/period-sums.ts";
import { seededDraws } from "../../src/analysis/seeded.ts";
import type { Subject } from "../../src/analysis/subject.ts";
import type { SumQuestion } from "../../src/analysis/sum-question.ts";
import { validDays } from "../../src/analysis/valid-days.ts";
import { compare, toNumber } from "../../src/domain/exact.ts";
import type { Place } from "../../src/domain/place.ts";
import { parseDay } from "../../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../../src/standards/policy.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

const FIRST = parseDay("2026-01-20");
const DAYS = 60;
const STATIONS = [11, 12, 13, 14, 15];
const SO2 = 3;
const O3 = 6;

/** So often that the question is put to SQL as a whole. */
const MANY = 60;

const place = (id: number): Place => ({
  id,
  code: `P${id}`,
  kind: "station",
  name: `点位${id}`,
  parentId: undefined,
  timeZone: "Asia/Shanghai",
  attributes: {},
});
const member = (placeId: number, size: number, from?: number, to?: number) => ({ placeId, from, to, size });

/** A place alone, a set, a set that changed its stations, and one whose station came later. */
const SUBJECTS: readonly Subject[] = [
  { place: place(11), isSet: false, members: [member(11, 1)] },
  { place: place(1), isSet: true, members: STATIONS.map((id) => member(id, STATIONS.length)) },
  {
    place: place(2),
    isSet: true,
    members: [
      ...[11, 12].map((id) => member(id, 2, undefined, FIRST + 24)),
      ...[12, 13, 14].map((id) => member(id, 3, FIRST + 25, undefined)),
    ],
  },
  { place: place(15), isSet: false, members: [member(15, 1, FIRST + 30, undefined)] },
];

describe("the valid days of a few subjects, against SQL over many", () => {
  let temporary: TemporaryStore;
  beforeAll(async () => {
    temporary = await temporaryStore({ places: [], sets: [] });
    const draw = seededDraws(7);
    const rows: string[] = [];
    for (const station of STATIONS) {
      for (const indicator of [SO2, O3]) {
        for (let k = 0; k < DAYS; k++) {
          if (draw() < 0.1) continue;
          // Hours, now and then too few; station 13 has days as its source gives them, and some hours later on.
          const given = station === 13 && (k < 40 || draw() < 0.5);
          const n = given ? 1 : 24 - Math.floor(draw() * draw() * 12);
          const total = (Math.floor(draw() * 100_000) / 10) * n;
          const windows = 10 + Math.floor(draw() * 8);
          const ozone = indicator === O3 && !given;
          rows.push(
            `(${station}, ${indicator}, ${FIRST + k}, ${given ? 2 : 1}, ${n}, ${total.toFixed(1)}, ${(total / n + 3).toFixed(1)},
              ${given || n >= 20}, ${ozone ? (total * 7).toFixed(1) : "NULL"}, ${ozone ? windows : "NULL"}, ${ozone ? windows >= 14 : "NULL"})`,
          );
        }
      }
    }
    await temporary.store.sql.run(`INSERT INTO daily VALUES ${rows.join(",")}`);
  });
  afterAll(() => temporary.remove());

  const asked = (measure: SumQuestion["measure"], subjects: readonly Subject[]): SumQuestion => ({
    subjects,
    indicatorIds: [SO2, O3],
    measure,
    first: FIRST,
    last: FIRST + DAYS - 1,
    policies: DEFAULT_POLICIES,
    daily: "daily",
  });
  /** Each subject in turn, again and again: the first of each kind is looked at. */
  const many = Array.from({ length: MANY }, () => SUBJECTS).flat();
  const first = (key: string): boolean => Number(key.split("|")[0]) < SUBJECTS.length;

  it("compares the two ways, not one with itself", () => {
    expect([areFew(asked("mean", SUBJECTS)), areFew(asked("mean", many))]).toEqual([true, false]);
  });

  it.each(["mean", "mda8", "max1h"] as const)(
    "gives the same days of %s, with the stations behind each",
    async (measure) => {
      const { sql } = temporary.store;
      const listed = async (subjects: readonly Subject[]) => {
        const found = await validDays(sql, asked(measure, subjects));
        return found.days
          .map((day, i) =>
            [found.subjects[i], found.indicators[i], day, found.spans[i], found.nums[i], found.haves[i]].join(" "),
          )
          .filter((line) => Number(line.split(" ")[0]) < SUBJECTS.length)
          .sort();
      };
      const few = await listed(SUBJECTS);
      expect(few.length).toBeGreaterThan(40);
      expect(few).toEqual(await listed(many));
    },
  );

  it.each(["mean", "mda8", "max1h"] as const)("gives the same sums of months of %s", async (measure) => {
    const { sql } = temporary.store;
    const entries = async (subjects: readonly Subject[]) =>
      [...(await periodSums(sql, asked(measure, subjects)))]
        .filter(([key]) => first(key))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, { months, spans, stationDays }]) => [
          key,
          months.map((one) => [one.month, one.validDays, one.sum.num, one.sum.den]),
          spans,
          stationDays,
        ]);
    const few = await entries(SUBJECTS);
    expect(few.length).toBeGreaterThan(SUBJECTS.length - 1);
    expect(few).toEqual(await entries(many));
  });

  it.each([
    ["mda8", 90, "hj663"],
    ["mean", 95, "nearest"],
    ["mean", 98, DEFAULT_POLICIES.percentileFormula],
  ] as const)("gives the same percentile of %s, %i, %s", async (measure, p, formula) => {
    const { sql } = temporary.store;
    const policies = {
      ...DEFAULT_POLICIES,
      ...(formula === "nearest" ? { percentileFormula: "nearest" as const } : {}),
    };
    const of = async (subjects: readonly Subject[]) =>
      new Map(
        [...(await periodPercentiles(sql, { ...asked(measure, subjects), policies, p }))].filter(([key]) => first(key)),
      );
    const [few, all] = [await of(SUBJECTS), await of(many)];
    expect([...few.keys()].sort()).toEqual([...all.keys()].sort());
    expect(few.size).toBeGreaterThan(0);
    for (const [key, value] of few) {
      const other = all.get(key);
      expect(other === undefined ? undefined : [key, compare(value, other), toNumber(other)]).toEqual([
        key,
        0,
        toNumber(value),
      ]);
    }
  });
});
