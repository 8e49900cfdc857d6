import { describe, expect, it } from "vitest";
import { targetWorkbook } from "../../../reports/workbooks/target-workbook.ts";
import { judgeTargets } from "../../../src/analysis/target-rows.ts";
import { exact } from "../../../src/domain/exact.ts";
import { parseDay } from "../../../src/domain/time.ts";
import { someTarget } from "../../analysis/some-target.ts";
import { sheetsOf } from "../../sheets-of.ts";

describe("The workbook of targets", () => {
  it("holds each target, the roll-up with what could not be judged, and the places behind a target", async () => {
    const at = parseDay("2024-12-31");
    const targets = [
      someTarget({ id: "a" }),
      someTarget({ id: "b", metric: "=1+1" }),
      someTarget({ id: "c", scope: { kind: "each", placeKind: "township", zh: "各街乡", names: [] } }),
    ];
    const rows = await judgeTargets(targets, {
      at,
      policies: { targetCompare: "full" },
      settings: new Map(),
      evidenceOf: async ({ id }) => {
        if (id === "a") return { value: exact("31.5"), valid: true };
        if (id === "b") return { value: undefined, valid: false };
        return { each: [{ place: "甲街道", evidence: { value: exact(40), valid: true } }] };
      },
    });
    const [list, board, places] = await sheetsOf(await targetWorkbook(rows, at));
    expect(list?.rows.slice(1).map((row) => [row[0], row[3], row[4], row[5], row[7]])).toEqual([
      ["a", "PM2.5年均浓度", "≤ 33 µg/m³", "31.5", "已达标"],
      ["b", "=1+1", "≤ 33 µg/m³", "", "不可判定"],
      ["c", "PM2.5年均浓度", "≤ 33 µg/m³", "", "未达标"],
    ]);
    const [header = [], total = []] = board?.rows ?? [];
    const cell = (name: string) => total[header.indexOf(name)];
    expect([cell("目标数"), cell("达标和正常占可判定"), cell("不可判定项数")]).toEqual(["3", "1/2", "1"]);
    expect(places?.rows[1]).toEqual(["c", "PM2.5年均浓度", "甲街道", "未达标", ""]);
  });
});
