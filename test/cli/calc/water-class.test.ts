import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { calcWaterClass } from "../../../src/cli/calc/water-class.ts";
import { readCsv } from "../../csv.ts";
import { hasShared, shared } from "../../shared.ts";
import { runCalc } from "./run-calc.ts";

const HEADER = "water_type,ph,do,codmn,nh3n,tp";

async function first(line: string, header = HEADER, options: Readonly<Record<string, unknown>> = {}) {
  const { rows } = await runCalc(calcWaterClass, `${header}\n${line}\nriver,7,8,1,0.1,0.01\n`, options);
  return rows[0] ?? {};
}

describe("calc water-class", () => {
  it("appends the class and the deciding items to each row and keeps the cells as they came", async () => {
    const { text, exit } = await runCalc(
      calcWaterClass,
      `id,${HEADER}\r\n"a,1",river,7.57,7.001,6.211,0.0837,0.02402\r\n`,
    );
    expect(text).toBe(
      `id,${HEADER},class,deciding_items,error\n"a,1",river,7.57,7.001,6.211,0.0837,0.02402,Ⅳ,高锰酸盐指数,\n`,
    );
    expect(exit).toBe(0);
  });

  it("joins several deciding items in the order of table 1", async () => {
    expect(await first("lake,7,5.5,5,0.9,0.04")).toMatchObject({
      class: "Ⅲ",
      deciding_items: "溶解氧、高锰酸盐指数、氨氮、总磷",
    });
  });

  it("rates any other item of table 1 that is there, but never temperature, nitrogen or coliforms", async () => {
    const header = `${HEADER},hg,wt,tn,fc`;
    expect(await first("river,7,8,1,0.1,0.01,0.0005,40,9,99999", header)).toMatchObject({
      class: "Ⅳ",
      deciding_items: "汞",
    });
  });

  it("gives no class and names the missing item when a required one is empty, but does without phosphorus", async () => {
    expect(await first("river,7,8,1,,0.01")).toMatchObject({ class: "", error: "缺 氨氮，不评价类别" });
    expect(await first("river,7,8,1,0.1,")).toMatchObject({ class: "Ⅰ", error: "" });
  });

  it("asks for other items when the policy requireItems says so", async () => {
    const options = { policy: ["requireItems=ph,tp"] };
    expect(await first("river,7,,,,0.2", HEADER, options)).toMatchObject({ class: "Ⅲ" });
    expect(await first("river,7,8,1,0.1,", HEADER, options)).toMatchObject({ class: "", error: "缺 总磷，不评价类别" });
  });

  it("counts 90 % oxygen saturation as class Ⅰ only when the policy doSaturation is on", async () => {
    const header = `${HEADER},do_saturation`;
    expect(await first("river,7,7.45,1,0.1,0.01,95", header)).toMatchObject({ class: "Ⅱ" });
    expect(await first("river,7,7.45,1,0.1,0.01,95", header, { policy: ["doSaturation=on"] })).toMatchObject({
      class: "Ⅰ",
    });
  });

  it("judges a value below its detection limit only against limits the method can see", async () => {
    expect(await first("river,7,8,1,0.025L,0.01")).toMatchObject({ class: "Ⅰ", error: "" });
    const header = `${HEADER},oil`;
    const unseen = await first("river,7,8,1,0.1,0.01,ND", header);
    expect(unseen).toMatchObject({ class: "Ⅰ" });
    expect(unseen["error"]).toContain("石油类低于检出限");
  });

  it.skipIf(!hasShared)("agrees with all readings of the national feed, columns renamed by --map", async () => {
    const path = shared("expected/water-2020/reading-class.csv.gz");
    const { rows } = await runCalc(calcWaterClass, gunzipSync(readFileSync(path)), { map: ["type=water_type"] });
    const expected = readCsv(path);
    expect(rows).toHaveLength(expected.length);
    const mine = rows.map((row) => [row["class"], row["deciding_items"]]);
    expect(mine).toEqual(expected.map((row) => [row["our_class"], row["deciding_items"]]));
  });

  it.skipIf(!hasShared)("agrees with the 52 published rows", async () => {
    const { rows } = await runCalc(calcWaterClass, readFileSync(shared("data/vectors/water_class_vectors.csv")));
    expect(rows).toHaveLength(52);
    for (const row of rows) expect([row["id"], row["class"]]).toEqual([row["id"], row["published_class"]]);
  });

  it("names what is wrong with a row and goes on with the next", async () => {
    expect(await first("river,7,8,-1,0.1,0.01")).toMatchObject({ class: "", error: "高锰酸盐指数为负数（-1）" });
    expect(await first("river,7,8,1.O,0.1,0.01")).toMatchObject({ class: "", error: "高锰酸盐指数“1.O”不是数字" });
    expect(await first("pond,7,8,1,0.1,0.01")).toMatchObject({
      class: "",
      error: "水体类型“pond”无法识别，应为 river 或 lake",
    });
    expect(await first("river,70,8,1,0.1,0.01")).toMatchObject({ class: "", error: "pH“70”大于 14" });
    expect(await first("river,7,8")).toMatchObject({ class: "", error: "有 3 格，表头有 6 列" });
  });

  it("refuses a file without the needed columns, an empty one and one without a computable row", async () => {
    await expect(runCalc(calcWaterClass, "ph,do\n7,8\n")).rejects.toMatchObject({ code: "csv.column-missing" });
    await expect(runCalc(calcWaterClass, "")).rejects.toMatchObject({ code: "csv.empty" });
    await expect(runCalc(calcWaterClass, `${HEADER}\nriver,7,8,,,\n`)).rejects.toMatchObject({
      code: "csv.nothing-computed",
    });
    await expect(runCalc(calcWaterClass, `${HEADER}\n`, { map: ["kind=water_type"] })).rejects.toMatchObject({
      code: "csv.column-missing",
    });
    await expect(runCalc(calcWaterClass, HEADER, { policy: ["requireItems=lead"] })).rejects.toMatchObject({
      code: "policy.value",
    });
  });
});
