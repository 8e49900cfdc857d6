import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Effects } from "../../src/cli/command.ts";
import { method } from "../../src/cli/method.ts";
import { INDICATORS } from "../../src/domain/indicator.ts";
import { METHOD_SHEETS, methodSheet } from "../../src/standards/methods/registry.ts";
import { renderSheet } from "../../src/standards/methods/render.ts";

const PAGES = fileURLToPath(new URL("../../docs/methods/", import.meta.url));

const page = (name: string) => readFileSync(PAGES + name, "utf8");

describe("method sheets", () => {
  it("answer for every rated indicator, and for the counts and indices that follow from them", () => {
    const derived = [
      "aqi",
      "good_days",
      "good_day_ratio",
      "heavy_days",
      "heavy_day_ratio",
      "composite_index",
      "water_class",
      "compliance_rate",
      "ld",
      "ln",
    ];
    const measured = INDICATORS.filter(
      (one) => one.medium !== "weather" && one.averaging !== "none" && one.code !== "nox",
    ).map((one) => one.code);
    for (const code of [...measured, ...derived]) expect(methodSheet(code).indicator).not.toBe("");
  });

  it("name each indicator once", () => {
    const codes = METHOD_SHEETS.flatMap((sheet) => [sheet.indicator, ...sheet.also]);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it("are found in any letter case and as PM2.5", () => {
    expect([methodSheet("PM2.5").indicator, methodSheet("AQI").indicator, methodSheet("NH3N").indicator]).toEqual([
      "pm25",
      "aqi",
      "water_items",
    ]);
  });

  it("say everything in both languages", () => {
    for (const sheet of METHOD_SHEETS) {
      const texts = [
        sheet.title,
        ...sheet.definition,
        ...sheet.formula,
        ...sheet.validity,
        ...sheet.rounding,
        ...sheet.editions,
        ...sheet.confidence,
        ...sheet.unknown,
      ];
      for (const { zh, en } of texts) expect([zh.length > 0, en.length > 0]).toEqual([true, true]);
    }
  });

  it("give rows as wide as their heads", () => {
    for (const table of METHOD_SHEETS.flatMap((sheet) => sheet.tables)) {
      expect(table.rows.map((row) => row.length)).toEqual(table.rows.map(() => table.head.length));
    }
  });

  it("are printed in docs/methods as the code says (npm run docs)", () => {
    for (const sheet of METHOD_SHEETS) {
      expect(page(`${sheet.indicator}.md`)).toBe(renderSheet(sheet, "en"));
      expect(page(`${sheet.indicator}.zh-CN.md`)).toBe(renderSheet(sheet, "zh"));
    }
    const names = readdirSync(PAGES).filter((name) => name.endsWith(".md"));
    expect(names).toHaveLength(2 * METHOD_SHEETS.length + 2);
  });

  it("print the limits, breakpoints and minimums of the texts", () => {
    expect(page("pm25.zh-CN.md")).toContain("| 24 小时平均 | 35 / 75 | 35 / 60 | 25 / 50 |");
    expect(page("aqi.md")).toContain("| 100 | 150 | 500 | 80 | 200 | 4 | 10 | 160 | 200 | 120 | 60 |");
    expect(page("o3.md")).toContain("at least 14 valid 8-hour means");
    expect(page("water_class.md")).toContain("| 氨氮 | `nh3n` | mg/L | ≤ 0.15 | ≤ 0.5 | ≤ 1 | ≤ 1.5 | ≤ 2 | yes |");
    expect(page("leq.md")).toContain("| 4b | 70 | 60 |");
  });

  it("refuse an indicator without a sheet and list the sheets", () => {
    expect(() => methodSheet("wind")).toThrow(/method.unknown/);
  });
});

describe("duibiao method", () => {
  const run = async (word: string, json: boolean, lang: "zh" | "en" = "zh") => {
    const lines: string[] = [];
    const effects = { lang, out: (line: string) => lines.push(line) } as unknown as Effects;
    expect(await method.run([word], { json }, effects)).toBe(0);
    return lines.join("\n");
  };

  it("prints the sheet in the reader's language", async () => {
    expect(await run("good_day_ratio", false)).toContain("# 优良天数、重污染天数及比率 `good_days`");
    expect(await run("good_day_ratio", false, "en")).toContain("# Good days, heavy days and their ratios");
  });

  it("prints one JSON document under --json", async () => {
    expect(JSON.parse(await run("tsp", true))).toMatchObject({
      indicator: "tsp",
      policies: ["tspDayHours", "periodCoverage", "monthMeans"],
    });
  });
});
