/** Monthly laboratory results from the file to the answer: below detection, dry, frozen, not sampled. */
import { mkdtempSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { batchUndo } from "../../src/cli/batch-undo.ts";
import { ingest } from "../../src/cli/ingest.ts";
import { stats } from "../../src/cli/stats.ts";
import { type CommandLine, commandLine } from "../cli/run-command.ts";

let line: CommandLine;
beforeEach(() => {
  line = commandLine("2025-03-01T00:00:00Z");
});
afterEach(() => line.close());

const HEAD = "断面名称,监测时间,溶解氧,高锰酸盐指数,氨氮,总磷,备注";

async function take(rows: readonly string[], head = HEAD): Promise<Record<string, unknown>> {
  const file = join(mkdtempSync(join(line.dir, "in-")), "水质.csv");
  await writeFile(file, [head, ...rows].join("\n"));
  return JSON.parse((await line.run(ingest, "water-manual", file, "--json")).out) as Record<string, unknown>;
}

async function ask(indicator: string, period: string, place = "甲河"): Promise<Record<string, unknown>> {
  const { out } = await line.run(stats, indicator, "--place", place, "--period", period, "--json");
  return JSON.parse(out) as Record<string, unknown>;
}

const good = (month: number, place = "甲河"): string => `${place},2024年${month}月,8,3,0.4,0.1,`;

describe("Values below their detection limit", () => {
  // 环办监测函〔2020〕82号 item 7: half the limit in means.
  it.each([
    ["0.025L", "0.0125"],
    ["<0.025", "0.0125"],
    ["＜0.025", "0.0125"],
    ["未检出(0.025)", "0.0125"],
    ["0.025", "0.025"],
  ])("written %s count as %s in the month's mean", async (text, mean) => {
    expect(await take([`甲河,2024年3月,8,3,${text},0.1,`])).toMatchObject({ read: 4, inserted: 4, rejected: 0 });
    expect(await ask("nh3n", "2024-03")).toMatchObject({ value: Number(mean), valid: true });
  });

  it("keep the limit as their value and their flag, so the store never holds half of it", async () => {
    await take(["甲河,2024年3月,8,3,0.025L,0.1,"]);
    const rows = await line.store()?.sql.rows("SELECT value::VARCHAR AS value, flag FROM reading WHERE indicator = 26");
    expect(rows).toEqual([{ value: "0.02500000", flag: 1 }]);
  });

  it("take the limit of a row 检出限, and are rejected where none is given anywhere", async () => {
    await take(["检出限,,,,0.04,,", "甲河,2024年3月,8,3,未检出,0.1,"]);
    expect(await ask("nh3n", "2024-03")).toMatchObject({ value: 0.02 });
    expect(await take(["乙河,2024年3月,8,3,未检出,0.1,"])).toMatchObject({ read: 4, inserted: 3, rejected: 1 });
  });

  it("enter the means of a quarter by halves too: (0.02 ÷ 2 + 0.04 + 0.06) ÷ 3", async () => {
    await take(["甲河,2024年1月,8,3,0.02L,0.1,", "甲河,2024年2月,8,3,0.04,0.1,", "甲河,2024年3月,8,3,0.06,0.1,"]);
    const { value } = await ask("nh3n", "2024-Q1");
    expect(value).toBeCloseTo(0.11 / 3, 12);
  });
});

describe("A section that could not be sampled", () => {
  it.each([
    ["断流", "甲河,2024年3月,断流,,,,", "断流"],
    ["a remark that it was dry", "甲河,2024年3月,—,—,—,—,河道干涸", "断流"],
    ["冰封", "甲河,2024年3月,,,,,冰封", "冰封"],
    ["未采样", "甲河,2024年3月,未采样,未采样,未采样,未采样,", "未监测"],
  ])("is missing, not rejected, for %s, and its class says why there is none", async (_, row, words) => {
    expect(await take([row])).toMatchObject({ read: 0, rejected: 0, missing: 4 });
    expect(await ask("water_class", "2024-03")).toMatchObject({ valid: false, notAssessed: words });
    expect(await ask("nh3n", "2024-03")).toMatchObject({ value: null, valid: false });
  });

  it("keeps the values it has: a sample under ice is a sample", async () => {
    expect(await take(["甲河,2024年1月,11,3,0.4,0.1,冰封期采样"])).toMatchObject({ read: 4, inserted: 4 });
    expect(await ask("nh3n", "2024-01")).toMatchObject({ value: 0.4, valid: true });
  });

  it("has a valid year with the eight months left, and with eleven of twelve it has none (22号)", async () => {
    const months = [4, 5, 6, 7, 8, 9, 10, 11];
    await take([
      ...months.map((month) => good(month)),
      ...[1, 2, 3, 12].map((month) => `甲河,2024年${month}月,,,,,冰封`),
    ]);
    expect(await ask("nh3n", "2024")).toMatchObject({ value: 0.4, valid: true });
    await take([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((month) => good(month, "乙河")));
    expect(await ask("nh3n", "2024", "乙河")).toMatchObject({ valid: false });
  });

  it("is rejected where the month of a dry section cannot be read", async () => {
    expect(await take([good(3), "甲河,某月,断流,,,,"])).toMatchObject({
      read: 5,
      inserted: 4,
      rejected: 1,
      missing: 4,
    });
  });

  it("is as before when the batch that said so is undone", async () => {
    await take(["甲河,2024年3月,断流,,,,"]);
    await line.run(batchUndo, "1");
    expect(await ask("water_class", "2024-03")).toMatchObject({ notAssessed: "未监测" });
  });
});
