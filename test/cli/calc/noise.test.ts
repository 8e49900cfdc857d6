import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calcNoise } from "../../../src/cli/calc/noise.ts";
import { readCsv } from "../../csv.ts";
import { hasShared, shared } from "../../shared.ts";
import { runCalc } from "./run-calc.ts";

const HEADER = "point,date,hour,leq";
const COLUMNS = "point,date,ld,ln,ldn,ld_1,ln_1,ldn_1,validDay,validNight,error";

/** Hours `from` to `to` of a date, both inside, at one level. */
function hours(point: string, date: string, from: number, to: number, level: string): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => `${point},${date},${from + i},${level}`);
}

const FULL_DAY = [
  ...hours("A", "2024-05-01", 6, 21, "55.05"),
  ...hours("A", "2024-05-01", 22, 23, "45.15"),
  ...hours("A", "2024-05-02", 0, 5, "45.15"),
];

async function calc(lines: readonly string[], options: Readonly<Record<string, unknown>> = {}) {
  return (await runCalc(calcNoise, [HEADER, ...lines, ""].join("\n"), options)).rows;
}

describe("calc noise", () => {
  it("gives one row per point and date, the night with the date on which it begins", async () => {
    const { text } = await runCalc(calcNoise, [HEADER, ...FULL_DAY].join("\n"));
    const ldn = 10 * Math.log10((16 * 10 ** 5.505 + 8 * 10 ** 5.515) / 24);
    expect(text).toBe(
      `${COLUMNS}\nA,2024-05-01,55.050000,45.150000,${ldn.toFixed(6)},55.0,45.2,${ldn.toFixed(1)},Y,Y,\n`,
    );
  });

  it("puts the night to the date on which it ends when the policy nightDate says so", async () => {
    const rows = await calc(FULL_DAY, { policy: ["nightDate=ends"] });
    expect(rows.map((row) => [row["date"], row["validDay"], row["validNight"]])).toEqual([
      ["2024-05-01", "Y", "N"],
      ["2024-05-02", "N", "Y"],
    ]);
  });

  it("leaves levels empty where a day has fewer than 12 hours or a night fewer than 6", async () => {
    const short = [...hours("A", "2024-05-01", 6, 16, "55"), ...hours("A", "2024-05-02", 0, 4, "45")];
    expect(await calc([...short, "A,2024-05-03,6,50"])).toMatchObject([
      { date: "2024-05-01", ld: "", ln: "", ldn: "", ld_1: "", validDay: "N", validNight: "N", error: "" },
      { date: "2024-05-03", validDay: "N" },
    ]);
    const policy = ["dayMinimumHours=11", "nightMinimumHours=5"];
    expect(await calc(short, { policy })).toMatchObject([
      { ld: "55.000000", ln: "45.000000", validDay: "Y", validNight: "Y" },
    ]);
  });

  it("renames columns by --map and takes them in any order", async () => {
    const lines = hours("A", "2024-05-01", 6, 21, "55").map((line) => line.split(",").reverse().join(","));
    const { rows } = await runCalc(calcNoise, ["laeq,hour,date,monitor", ...lines].join("\n"), {
      map: ["monitor=point", "laeq=leq"],
    });
    expect(rows).toMatchObject([{ point: "A", ld_1: "55.0" }]);
  });

  it("counts an empty cell as a missing hour, not as a problem", async () => {
    const lines = [...hours("A", "2024-05-01", 6, 18, "55"), "A,2024-05-01,19,", "A,2024-05-01,20,NA"];
    expect(await calc(lines)).toMatchObject([{ ld_1: "55.0", validDay: "Y", error: "" }]);
  });

  it("gives the same rows whatever the order of the input", async () => {
    const lines = ["B", "A"].flatMap((point) =>
      [1, 2, 3].flatMap((day) =>
        Array.from({ length: 24 }, (_, h) => `${point},2024-05-0${day},${h},${40 + ((h * 7 + day) % 20)}`),
      ),
    );
    const sorted = (await runCalc(calcNoise, [HEADER, ...[...lines].sort(inTime)].join("\n"))).text;
    expect(sorted.split("\n")).toHaveLength(1 + 2 * 4 + 1);
    const keys = fc.array(fc.nat(), { minLength: lines.length, maxLength: lines.length });
    await fc.assert(
      fc.asyncProperty(keys, async (order) => {
        const turned = lines.map((line, i) => ({ line, at: order[i] ?? 0 })).sort((a, b) => a.at - b.at);
        const { text } = await runCalc(calcNoise, [HEADER, ...turned.map(({ line }) => line)].join("\n"));
        expect(text).toBe(sorted);
      }),
      { numRuns: 15 },
    );
  });

  it.skipIf(!hasShared).each(["Ballymun4", "BullIsland2"])(
    "gives the days of the Dublin monitor %s",
    async (monitor) => {
      const [, ...lines] = gunzipSync(readFileSync(shared(`data/noise/dublin_${monitor}_hourly_laeq.tsv.gz`)))
        .toString("utf8")
        .trim()
        .split("\n");
      const input = lines.map((line) => {
        const [, , time = "", level = ""] = line.split("\t");
        return `${monitor},${time.slice(0, 10)},${Number(time.slice(11, 13))},${level.trim()}`;
      });
      const rows = await calc(input);
      const expected = readCsv(shared("expected/noise-dublin/day.csv.gz")).filter((row) => row["monitor"] === monitor);
      expect(rows.map((row) => row["date"])).toEqual(expected.map((row) => row["date"]));
      const columns = (row: (typeof rows)[number], day: string, night: string) =>
        ["date", "ld_1", "ln_1", "ldn_1", day, night].map((name) => row[name]);
      expect(rows.map((row) => columns(row, "validDay", "validNight"))).toEqual(
        expected.map((row) => columns(row, "day_valid", "night_valid")),
      );
      for (const [i, row] of rows.entries()) {
        for (const name of ["ld", "ln", "ldn"]) {
          const [mine, theirs] = [row[name] ?? "", expected[i]?.[name] ?? ""];
          expect([row["date"], name, mine === ""]).toEqual([row["date"], name, theirs === ""]);
          // One unit of the last printed place.
          expect(Math.abs(Number(mine) - Number(theirs))).toBeLessThan(1.5e-6);
        }
      }
    },
  );

  it("names what is wrong with an hour in the row of its date and goes on", async () => {
    const lines = [
      ...hours("A", "2024-05-01", 6, 20, "55"),
      "A,2024-05-01,21,-3",
      "A,2024-05-01,25,50",
      "A,2024-05-01,22,loud",
    ];
    expect(await calc(lines)).toMatchObject([
      {
        ld_1: "55.0",
        error: "第 17 行：声级为负数（-3）；第 18 行：小时“25”不在 0—23；第 19 行：声级“loud”不是数字",
      },
    ]);
  });

  it("gives a row that belongs to no date a line of its own", async () => {
    const rows = await calc([...hours("A", "2024-05-01", 6, 21, "55"), "A,2024-02-30,6,55"]);
    expect(rows).toHaveLength(2);
    expect(rows.find((row) => row["error"] !== "")).toMatchObject({
      point: "A",
      date: "2024-02-30",
      validDay: "",
      error: "第 18 行：日期“2024-02-30”无法识别",
    });
  });

  it("lets the later of two levels of an hour count and says so when they differ", async () => {
    const twice = [...hours("A", "2024-05-01", 6, 21, "50"), ...hours("A", "2024-05-01", 21, 21, "60")];
    expect(await calc([...twice, "A,2024-05-01,20,50"])).toMatchObject([
      { ld_1: "51.9", error: "第 18 行：21 时重复，以后一个值 60 为准（前为 50）" },
    ]);
  });

  it("refuses a file without the needed columns, an empty one and one without any level", async () => {
    await expect(runCalc(calcNoise, "point,date,leq\nA,2024-05-01,50\n")).rejects.toMatchObject({
      code: "csv.column-missing",
    });
    await expect(runCalc(calcNoise, "")).rejects.toMatchObject({ code: "csv.empty" });
    await expect(calc(["A,2024-05-01,6,x"])).rejects.toMatchObject({ code: "csv.nothing-computed" });
    await expect(calc([])).rejects.toMatchObject({ code: "csv.nothing-computed" });
    await expect(calc(FULL_DAY, { policy: ["dayMinimumHours=17"] })).rejects.toMatchObject({ code: "policy.value" });
  });
});

function inTime(a: string, b: string): number {
  const key = (line: string) =>
    line
      .split(",")
      .map((cell, i) => (i === 2 ? cell.padStart(2, "0") : cell))
      .join(",");
  return key(a) < key(b) ? -1 : 1;
}
