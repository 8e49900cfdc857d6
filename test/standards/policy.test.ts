import { describe, expect, it } from "vitest";
import { toNumber } from "../../src/domain/exact.ts";
import { Fault, hintOf } from "../../src/domain/faults.ts";
import { DEFAULT_POLICIES, POLICIES, parsePolicies, policyNames, policyTexts } from "../../src/standards/policy.ts";

const faultOf = (list: readonly string[]): Fault | undefined => {
  try {
    parsePolicies(list);
  } catch (error) {
    if (error instanceof Fault) return error;
  }
  return undefined;
};

const codeOf = (list: readonly string[]) => faultOf(list)?.code;

describe("policies", () => {
  it("starts from the defaults and lets the last of several entries win", () => {
    const found = parsePolicies(["aqiMissing=available", "aqiMissing=na", "o3HourMinimum=18", " runGap = skips "]);
    expect([found.aqiMissing, found.o3HourMinimum, found.runGap]).toEqual(["na", 18, "skips"]);
    expect(found.targetCompare).toBe(DEFAULT_POLICIES.targetCompare);
  });

  it("keeps shares exact", () => {
    const { setCoverage, periodCoverage } = parsePolicies(["setCoverage=0.6/1"]);
    expect([...setCoverage, periodCoverage].map(toNumber)).toEqual([0.6, 1, 0.85]);
  });

  it("prints each default as it is written in its declaration", () => {
    const declared = Object.fromEntries(policyNames().map((name) => [name, String(POLICIES[name].default)]));
    expect(policyTexts(DEFAULT_POLICIES, policyNames())).toEqual(declared);
  });

  it("prints only the policies asked for, as given", () => {
    const policies = parsePolicies(["setCoverage=1/0.5", "periodCoverage=0.900"]);
    expect(policyTexts(policies, ["setCoverage", "periodCoverage"])).toEqual({
      setCoverage: "1/0.5",
      periodCoverage: "0.900",
    });
  });

  it("gives every policy a text and a reason in both languages", () => {
    for (const name of policyNames()) {
      const { zh, en, reasonZh, reasonEn } = POLICIES[name];
      expect([zh, en, reasonZh, reasonEn].every((text) => text.length > 4)).toBe(true);
    }
  });

  it("refuses an unknown policy and lists the known ones", () => {
    expect(codeOf(["setcoverage=0.5/0.5"])).toBe("policy.unknown");
    expect(codeOf(["toString=1"])).toBe("policy.unknown");
    expect(hintOf(faultOf(["x=1"]) as Fault, "zh")).toContain("setCoverage");
  });

  it("names the policy, what was given and what it may be, at --policy", () => {
    const found = faultOf(["o3HourMinimum=25"]) as Fault;
    expect(found.params).toEqual({ policy: "o3HourMinimum", given: "25", expected: "1…24" });
    expect(found.where).toEqual({ parameter: "--policy" });
    expect(faultOf(["aqiMissing"])?.params["given"]).toBe("");
    const expected = (entry: string) => faultOf([entry])?.params["expected"];
    expect(expected("aqiMissing=x")).toBe("na | available");
    expect(expected("setCoverage=x")).toBe("0…1/0…1");
    expect(expected("periodCoverage=x")).toBe("0…1");
    expect(expected("requireItems=x")).toMatch(/^wt,ph,do,.* \| none$/);
  });

  it("takes the ends of a range, a list in any spacing, none of a list, and spaces around shares", () => {
    expect(["1", "24"].map((hours) => parsePolicies([`o3HourMinimum=${hours}`]).o3HourMinimum)).toEqual([1, 24]);
    expect(parsePolicies(["requireItems=ph, tp"]).requireItems).toEqual(["ph", "tp"]);
    expect(parsePolicies(["requireItems=none"]).requireItems).toEqual([]);
    expect(policyTexts(parsePolicies(["requireItems=none"]), ["requireItems"])).toEqual({ requireItems: "none" });
    expect(parsePolicies(["setCoverage= 0.6 / 1 "]).setCoverage.map(toNumber)).toEqual([0.6, 1]);
  });

  it.each([
    "requireItems=ph,nothing",
    "setCoverage=0.5/0",
    "aqiMissing=maybe",
    "aqiMissing",
    "o3HourMinimum=0",
    "o3HourMinimum=25",
    "o3HourMinimum=1.5",
    "periodCoverage=0",
  ])("refuses the value in “%s”", (entry) => {
    expect(codeOf([entry])).toBe("policy.value");
  });

  it.each([
    "periodCoverage=1.1",
    "periodCoverage=0.5/0.5",
    "setCoverage=0.75",
    "setCoverage=a/b",
    "setCoverage=0.5/0.5/0.5",
  ])("refuses the share in “%s”", (entry) => {
    expect(codeOf([entry])).toBe("policy.value");
  });
});
