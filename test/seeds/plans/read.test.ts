import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadPlans, planYears } from "../../../seeds/plans/load.ts";
import { checkPlan, parsePlan } from "../../../seeds/plans/read.ts";
import { Fault } from "../../../src/domain/faults.ts";
import { targetOn } from "../../../src/domain/plan-amend.ts";
import { dayText, parseDay } from "../../../src/domain/time.ts";

const GOOD = `area: noise
year: 2031
title: 某区静音计划
place: "990101"
tasks:
  - no: 1
    name: 目标
    section: 一、目标
    line: 3
    measures:
      - no: "1.1"
        line: 4
        text: 少投诉
        deadline: 9月底前
        lead: [甲局]
        support: [乙局, 丙街道]
criteria:
  - id: 2031-noise-1.1-cases
    item: "1.1"
    metric: 案例
    comparator: ">="
    value: 1.10
    unit: 个
    firmness: binding
    decidedBy: tally
    tally: cumulative
    phrase: 1.10个
    line: 4
`;

const faultsOf = (text: string) =>
  checkPlan(text, "noise.yaml").faults.map(({ code, where }) => `${code} ${where.line}:${where.column}`);

describe("Reading a plan file", () => {
  it("keeps a number as the text it was typed as", () => {
    expect(parsePlan(GOOD, "noise.yaml").targets[0]?.value).toBe("1.10");
  });
  it("gives a target the units and the deadline of its measure", () => {
    const target = parsePlan(GOOD, "noise.yaml").targets[0];
    expect(target).toMatchObject({ lead: ["甲局"], support: ["乙局", "丙街道"], pace: "growing" });
    expect(dayText(target?.deadline.to ?? 0)).toBe("2031-09-30");
  });
  it("lets a target's own units and deadline win", () => {
    const text = GOOD.replace("    phrase:", "    deadline: 6月底前\n    lead: [丁局]\n    phrase:");
    const target = parsePlan(text, "noise.yaml").targets[0];
    expect([target?.lead, dayText(target?.deadline.to ?? 0)]).toEqual([["丁局"], "2031-06-30"]);
  });
  it("judges by an amended value from its day on and by the old one before", () => {
    const amended = GOOD.replace(
      "    phrase:",
      '    amendments: [{ from: 2031-07-01, value: "2", why: 区政府调整 }]\n    phrase:',
    );
    const target = parsePlan(amended, "noise.yaml").targets[0];
    if (target === undefined) throw new Error("no target");
    expect(targetOn(target, parseDay("2031-06-30")).value).toBe("1.10");
    expect(targetOn(target, parseDay("2031-07-01")).value).toBe("2");
    expect(target.value).toBe("1.10");
  });
});

describe("A mistake in a plan file", () => {
  it("is told with line and column", () => {
    expect(faultsOf(GOOD.replace("value: 1.10", "value: 1.1O"))).toEqual(["plan.schema 22:12"]);
    expect(faultsOf(GOOD.replace("unit: 个", "units: 个"))).toEqual(["plan.schema 23:12"]);
    expect(faultsOf(GOOD.replace("firmness: binding", "firmness: firm"))).toEqual(["plan.schema 24:15"]);
    expect(faultsOf(GOOD.replace("area: noise", "area: [noise"))).toEqual(["plan.yaml 2:1"]);
    expect(faultsOf("")).toEqual(["plan.schema 1:1"]);
  });
  it("is found in a reference that leads nowhere, at the very value", () => {
    expect(faultsOf(GOOD.replace('item: "1.1"', 'item: "1.2"'))).toEqual([
      "plan.reference 18:9",
      "plan.reference 19:11",
    ]);
    expect(faultsOf(GOOD.replace("    phrase:", "    restates: 2031-noise-1.1-x\n    phrase:"))).toEqual([
      "plan.reference 27:15",
    ]);
  });
  it("is found in a comparison that lacks its number", () => {
    expect(faultsOf(GOOD.replace("    value: 1.10\n", ""))).toEqual(["plan.reference 21:17"]);
    expect(faultsOf(GOOD.replace('">="', "range"))).toEqual(["plan.reference 21:17"]);
  });
  it("is found in an id that stands twice", () => {
    const entry = GOOD.slice(GOOD.indexOf("  - id:"));
    expect(faultsOf(GOOD + entry)).toEqual(["plan.duplicate 29:9"]);
  });
  it("is found in a date that does not exist", () => {
    const text = GOOD.replace("    phrase:", '    amendments: [{ from: 2031-02-30, value: "2", why: x }]\n    phrase:');
    expect(faultsOf(text)).toEqual(["plan.schema 27:26"]);
  });
  it("lists all mistakes at once and makes no plan", () => {
    const { plan, faults } = checkPlan(
      GOOD.replace("unit: 个", "units: 个").replace("area: noise", "area: sea"),
      "x.yaml",
    );
    expect([plan, faults.length]).toEqual([undefined, 2]);
  });
  it("names the known years when a year has no plan", async () => {
    await expect(loadPlans(1999)).rejects.toSatisfy(
      (error) =>
        error instanceof Fault && error.code === "plan.unknown" && String(error.params["known"]).includes("2024"),
    );
  });
});

describe("Plans of several years", () => {
  it("stand side by side, each year in its folder, for any place", async () => {
    const folder = mkdtempSync(join(tmpdir(), "plans-"));
    try {
      for (const year of ["2030", "2031"]) {
        mkdirSync(join(folder, year));
        writeFileSync(join(folder, year, "noise.yaml"), GOOD.replaceAll("2031", year));
      }
      expect(await planYears(folder)).toEqual([2030, 2031]);
      const [first, second] = [await loadPlans(2030, folder), await loadPlans(2031, folder)];
      expect([first[0]?.targets[0]?.id, second[0]?.targets[0]?.id]).toEqual([
        "2030-noise-1.1-cases",
        "2031-noise-1.1-cases",
      ]);
      expect(second[0]?.place).toBe("990101");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
