import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadPlans } from "../../seeds/plans/load.ts";
import { boardOf, type Judged, rollUp, shareText } from "../../src/analysis/board.ts";
import { compare, ratio } from "../../src/domain/exact.ts";
import { STANDINGS, type Standing, type Target } from "../../src/domain/plan.ts";
import { someTarget } from "./some-target.ts";

const judged = (standing: Standing, changes: Partial<Target> = {}): Judged => ({
  standing,
  target: someTarget(changes),
});

describe("A roll-up", () => {
  it("does not count a target that says another again", () => {
    const ratioTarget = judged("met", { id: "heavy-ratio" });
    const days = judged("met", { id: "heavy-days", restates: "heavy-ratio" });
    expect(rollUp([ratioTarget, days])).toMatchObject({ targets: 1, counts: { met: 1 } });
  });
  it("counts alternatives once, by the best that is known of them", () => {
    const full = judged("missed", { id: "full", alternative: "land" });
    const most = judged("met", { id: "most", alternative: "land" });
    expect(rollUp([full, most])).toMatchObject({ targets: 1, counts: { met: 1, missed: 0 } });
  });
  it("takes the share over what was judged, and carries beside it what was not", () => {
    const { share } = rollUp([
      judged("met"),
      judged("on_track"),
      judged("at_risk"),
      judged("cannot_judge"),
      judged("not_due"),
    ]);
    expect(compare(share.percent ?? ratio(0n), ratio(200n, 3n))).toBe(0);
    expect(shareText(share)).toBe("66.7%（2/3；不可判定 1 项，未到期 1 项）");
  });
  it("has no share when nothing was judged, and says so with the number that could not be", () => {
    expect(shareText(rollUp([judged("cannot_judge"), judged("cannot_judge")]).share)).toBe(
      "—（不可判定 2 项，未到期 0 项）",
    );
  });
  it("gives every independent target exactly one standing", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STANDINGS)), (standings) => {
        const { counts, targets } = rollUp(standings.map((one) => judged(one)));
        expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(targets);
        expect(targets).toBe(standings.length);
      }),
    );
  });
});

describe("The board", () => {
  it("shows what is striven for apart from what binds, and directions apart from both", () => {
    const board = boardOf([
      judged("met"),
      judged("missed", { firmness: "strive" }),
      judged("at_risk", { kind: "direction", comparator: "down", value: undefined }),
    ]);
    const row = board.plans[0];
    expect(row?.byFirmness.binding.counts.met).toBe(1);
    expect(row?.byFirmness.strive.counts.missed).toBe(1);
    expect(row?.directions.counts.at_risk).toBe(1);
    expect(row?.byFirmness.binding.targets).toBe(1);
  });
  it("gives each unit the targets it leads or carries, not those it supports", () => {
    const board = boardOf([
      judged("met", { lead: ["甲局"], main: ["乙街道"], support: ["丙局"] }),
      judged("missed", { lead: ["乙街道"] }),
    ]);
    expect(board.units.map((one) => [one.key, one.all.targets])).toEqual([
      ["甲局", 1],
      ["乙街道", 2],
    ]);
  });
  it("holds 155 independent targets of the six plans of 2024, 95 of them with a number", async () => {
    const all = (await loadPlans(2024)).flatMap((plan) => plan.targets);
    const board = boardOf(all.map((target) => ({ target, standing: "cannot_judge" as const })));
    expect(board.total.all.targets).toBe(155);
    expect(board.total.directions.targets).toBe(60);
    expect(board.plans.map((row) => row.all.targets)).toEqual([61, 30, 21, 18, 16, 9]);
    expect(board.total.all.share).toMatchObject({ percent: undefined, cannotJudge: 155 });
  });
});
