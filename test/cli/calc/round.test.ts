import { describe, expect, it } from "vitest";
import { calcRound } from "../../../src/cli/calc/round.ts";
import { readCsv } from "../../csv.ts";
import { hasShared, shared } from "../../shared.ts";
import { faultOf, runCalc } from "./run-calc.ts";

const rounded = async (body: string, header = "value,decimals,keepSignificant") =>
  (await runCalc(calcRound, `${header}\n${body}\n1,0,\n`)).rows[0];

describe("calc round", () => {
  it.each([
    ["2.15,1,", "2.2"],
    ["2.05,1,0", "2.0"],
    ["28.050,1,N", "28.0"],
    ["0.00046,3,", "0.000"],
    ["0.00046,3,1", "0.0005"],
    ["0.00005,3,Y", "0.00005"],
    ["-325,-1,", "-320"],
    ["1.5e1,0,", "15"],
    ["0,3,是", "0.000"],
  ])("rounds %s to %s", async (body, expected) => {
    expect(await rounded(body)).toMatchObject({ rounded: expected, error: "" });
  });

  it("needs no column keepSignificant", async () => {
    const { text } = await runCalc(calcRound, "decimals,value\n1,60.25\n");
    expect(text).toBe("decimals,value,rounded,error\n1,60.25,60.2,\n");
  });

  it.each([
    ["x,1,", "value“x”不是数字"],
    [",1,", "value 为空"],
    ["1,,", "decimals“”不是"],
    ["1,31,", "decimals“31”不是"],
    ["1,1.5,", "decimals“1.5”不是"],
    ["1,1,maybe", "keepSignificant“maybe”应为"],
    [`${"9".repeat(201)},1,`, "不是数字"],
  ])("says of %s: %s", async (body, reason) => {
    const row = await rounded(body);
    expect(row?.rounded).toBe("");
    expect(row?.error).toContain(reason);
  });

  it("ends in a fault for an empty stream, a missing column and a file without a computable row", async () => {
    const codes = ["", "value\n1\n", "value,decimals\nx,1\n"].map(
      async (input) => (await faultOf(runCalc(calcRound, input)))?.code,
    );
    expect(await Promise.all(codes)).toEqual(["csv.empty", "csv.column-missing", "csv.nothing-computed"]);
  });
});

describe.skipIf(!hasShared)("calc round on published water values", () => {
  const published = hasShared
    ? readCsv(shared("data/vectors/water_rule_vectors.csv")).filter((row) => row.rule === "round_half_even_keep_1_sig")
    : [];

  it("has seventeen published roundings", () => {
    expect(published).toHaveLength(17);
  });

  it.each(published)("agrees with $id, $source", async (vector) => {
    const { value, decimals } = JSON.parse(vector.input_json ?? "{}") as { value: string; decimals: number };
    expect((await rounded(`${value},${decimals},1`))?.rounded).toBe(JSON.parse(vector.expected_json ?? ""));
  });
});
