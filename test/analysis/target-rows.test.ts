import { describe, expect, it } from "vitest";
import { loadPlans } from "../../seeds/plans/load.ts";
import { noEvidence } from "../../src/analysis/standing/evidence.ts";
import { reportedEvidence } from "../../src/analysis/tally-evidence.ts";
import { isTrial, judgeTargets, type TargetQuestion } from "../../src/analysis/target-rows.ts";
import { readDeadline } from "../../src/domain/deadline.ts";
import { exact } from "../../src/domain/exact.ts";
import type { StoredTally } from "../../src/domain/tally.ts";
import { dayText, parseDay } from "../../src/domain/time.ts";
import { someCount, someTarget } from "./some-target.ts";

const question = (at: string, more: Partial<TargetQuestion> = {}): TargetQuestion => ({
  at: parseDay(at),
  policies: { targetCompare: "full" },
  settings: new Map(),
  evidenceOf: async () => ({ value: exact(33), valid: true }),
  ...more,
});
const firstRow = async (target = someTarget(), asked = question("2024-12-31")) =>
  (await judgeTargets([target], asked))[0];

const STORED: StoredTally = {
  id: 1,
  enteredAt: 0,
  target: "t",
  part: "",
  date: parseDay("2024-06-30"),
  kind: "cumulative",
  value: exact(1),
  unit: "次",
  numerator: undefined,
  denominator: undefined,
  base: undefined,
  reporter: "甲",
  department: "甲局",
  note: "",
};

describe("Targets judged on a day", () => {
  it("are met or missed once the year is over, in its own year without trial", async () => {
    expect(await firstRow()).toMatchObject({ trial: false, verdict: { standing: "met" } });
  });
  it("are a trial outside the plan's year, for which the days move along", async () => {
    const row = await firstRow(someTarget(), question("2015-06-30"));
    expect(row?.trial).toBe(true);
    expect(row === undefined ? "" : dayText(row.window.last)).toBe("2015-12-31");
  });
  it("are no trial in the later year their own deadline names", async () => {
    const later = someTarget({ deadline: readDeadline("2025年", 2024) });
    expect(isTrial(later, parseDay("2025-03-01"))).toBe(false);
    expect(isTrial(later, parseDay("2026-03-01"))).toBe(true);
    expect((await firstRow(later, question("2024-12-31")))?.verdict.standing).toBe("not_due");
    expect((await firstRow(later, question("2025-12-31")))?.verdict.standing).toBe("met");
  });
  it("are not asked for evidence before they begin", async () => {
    const asked: string[] = [];
    const later = someCount({ deadline: readDeadline("4-9月", 2024) });
    const evidenceOf: TargetQuestion["evidenceOf"] = async (target) => {
      asked.push(target.id);
      return noEvidence("没有上报进展");
    };
    await firstRow(later, question("2024-03-31", { evidenceOf }));
    expect(asked).toEqual([]);
    await firstRow(later, question("2024-04-01", { evidenceOf }));
    expect(asked).toHaveLength(1);
  });
  it("have a standing for each place and one for the whole", async () => {
    const each = [
      { place: "甲街道", evidence: { value: exact(20), valid: true } },
      { place: "乙街道", evidence: { value: exact(40), valid: true } },
    ];
    const row = await firstRow(someTarget(), question("2024-12-31", { evidenceOf: async () => ({ each }) }));
    expect(row?.places.map((one) => one.verdict.standing)).toEqual(["met", "missed"]);
    expect(row?.verdict).toMatchObject({ standing: "missed", reason: "共 2 个：已达标 1 个，未达标 1 个" });
  });
  it("judge each named part by what was reported for it", async () => {
    const demos = someCount({
      id: "demos",
      value: "2",
      scope: { kind: "each", placeKind: undefined, zh: "各领域", names: ["企业", "公园"] },
    });
    const figure = { ...STORED, target: "demos", part: "公园", value: exact(2) };
    const evidenceOf: TargetQuestion["evidenceOf"] = async (target, window, at) =>
      reportedEvidence(target, [figure], window, at);
    const row = await firstRow(demos, question("2024-12-31", { evidenceOf }));
    expect(row?.places.map((one) => [one.place, one.verdict.standing])).toEqual([
      ["企业", "cannot_judge"],
      ["公园", "met"],
    ]);
    expect(row?.verdict.standing).toBe("cannot_judge");
  });
  it("use the amended value from its day on", async () => {
    const amended = someTarget({ amendments: [{ from: parseDay("2024-07-01"), value: "30", why: "调整" }] });
    expect((await firstRow(amended, question("2024-06-30")))?.verdict.standing).toBe("on_track");
    expect((await firstRow(amended, question("2024-07-01")))?.verdict.standing).toBe("at_risk");
  });
  it("use the tolerance a person set, by the target's id", async () => {
    const dust = someTarget({ id: "dust", comparator: "~", value: "30", firmness: "about", better: "lower" });
    const settings = new Map([["dust", { tolerance: exact(3) }]]);
    expect((await firstRow(dust))?.verdict.reason).toBe("未设容差");
    expect((await firstRow(dust, question("2024-12-31", { settings })))?.verdict.standing).toBe("met");
  });
  it("give all 157 entries of 2024 a standing or a reason when nothing at all is known", async () => {
    const targets = (await loadPlans(2024)).flatMap((plan) => plan.targets);
    const rows = await judgeTargets(
      targets,
      question("2015-12-31", { evidenceOf: async () => ({ value: undefined, valid: false }) }),
    );
    expect(rows).toHaveLength(157);
    for (const { verdict } of rows) expect(verdict.reason ?? "").not.toBe("");
    expect(rows.filter((row) => row.verdict.standing === "not_due").map((row) => row.target.id)).toEqual([
      "2024-air-8.2-heating",
    ]);
  });
});
