/** Questions about water and noise as the command line asks them, on few made-up places. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { askStatistics, statJson } from "../../src/analysis/stat-answer.ts";
import { statIndicator } from "../../src/analysis/stat-indicators.ts";
import { judgePlans } from "../../src/analysis/target-board.ts";
import { readDeadline } from "../../src/domain/deadline.ts";
import { parsePeriod } from "../../src/domain/period.ts";
import { placeFinder, requirePlace } from "../../src/domain/place-finder.ts";
import { parseDay } from "../../src/domain/time.ts";
import { parsePolicies } from "../../src/standards/policy.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { someTarget } from "./some-target.ts";

const WATER_HEAD =
  "省份,流域,断面名称,监测时间,水质类别,水温(℃),pH(无量纲),溶解氧(mg/L),电导率(μS/cm),浊度(NTU),高锰酸盐指数(mg/L),氨氮(mg/L),总磷(mg/L),总氮(mg/L),叶绿素α(mg/L),藻密度(cells/L),站点情况";

const water = (name: string, time: string, codmn: string, nh3n: string, status = "正常") =>
  `北京市,海河流域,${name},${time},-,20,7.5,8,500,3,${codmn},${nh3n},0.05,2,*,*,${status}`;

const section = (name: string, target: string) =>
  ({
    code: name,
    kind: "section",
    name,
    parent: "D",
    attributes: { province: "北京市", targetClass: target },
  }) as const;

describe("statistics of water and noise", () => {
  let temporary: TemporaryStore;

  beforeAll(async () => {
    temporary = await temporaryStore({
      places: [
        { code: "C", kind: "city", name: "甲市" },
        { code: "D", kind: "district", name: "乙区", parent: "C" },
        section("上断面", "3"),
        section("中断面", "4"),
        section("下断面", "3"),
        { code: "N", kind: "noise_point", name: "丙点", parent: "D", attributes: { zone: "2" } },
      ],
      sets: [],
    });
    const folder = join(temporary.dir, "in", "2021-04");
    await mkdir(folder, { recursive: true });
    const rows = [
      water("上断面", "04-01 08:00", "3.0", "0.9"),
      water("上断面", "04-02 08:00", "5.0", "1.3"),
      water("中断面", "04-01 08:00", "5.0", "0.3"),
      water("下断面", "04-01 08:00", "5.0", "0.3", "维护"),
    ];
    await writeFile(join(folder, "water.csv"), [WATER_HEAD, ...rows].join("\n"));
    const hours = [...Array(24).keys()].map((hour) => {
      const level = hour >= 6 && hour < 22 ? "61.05" : "51.05";
      return `${hour}\t2021-04-0${hour < 6 ? 2 : 1} ${String(hour).padStart(2, "0")}:00:00\t${level}`;
    });
    await writeFile(join(folder, "noise.tsv"), ["\tdatetime\tlaeq_丙点", ...hours].join("\n"));
    const now = new Date("2021-05-01T00:00:00Z");
    for (const file of ["water.csv", "noise.tsv"])
      await ingestPath(temporary.store, "auto", join(folder, file), { now });
  });
  afterAll(() => temporary?.remove());

  async function ask(indicator: string, place: string, period: string, ...policies: readonly string[]) {
    const finder = placeFinder(await temporary.store.places());
    const [answer] = await askStatistics(temporary.store, {
      indicator: statIndicator(indicator),
      places: [requirePlace(finder, place)],
      period: parsePeriod(period),
      policies: parsePolicies(policies),
      today: parseDay("2021-04-30"),
    });
    if (answer === undefined) throw new Error("no answer");
    return statJson(answer);
  }

  it("answer an item's mean at a section, with the dates it rests on", async () => {
    expect(await ask("codmn", "上断面", "2021-04")).toMatchObject({
      value: 4,
      rounded: 4,
      valid: true,
      n: 2,
      expected: 30,
    });
    expect(await ask("codmn", "上断面", "2021-04-02")).toMatchObject({ value: 5, n: 1, expected: 1 });
    expect(await ask("codmn", "下断面", "2021-04")).toMatchObject({ value: null, valid: false });
  });

  it("answer a section's class on its means, with deciding items, target and whether it is reached", async () => {
    expect(await ask("water_class", "上断面", "2021-04")).toMatchObject({
      value: 4,
      valid: true,
      class: "Ⅳ",
      classRaw: "Ⅳ",
      deciding: ["氨氮"],
      mainItems: "氨氮(0.10)",
      target: "Ⅲ",
      reached: false,
      policies: { classOn: "raw", requireItems: "ph,do,codmn,nh3n" },
    });
  });

  it("say why a section has no class", async () => {
    expect(await ask("water_class", "下断面", "2021-04")).toMatchObject({
      value: null,
      valid: false,
      reason: "维护",
      notAssessed: "维护",
    });
    expect(await ask("water_class", "上断面", "2021")).toMatchObject({
      value: 4,
      valid: false,
      reason: "有值的月（或次）1 个，需 12 个",
    });
  });

  it("answer a district's status by mean concentrations below five sections, and its reach rate with coverage", async () => {
    expect(await ask("water_class", "乙区", "2021-04")).toMatchObject({
      value: 3,
      class: "Ⅲ",
      status: "良好",
      method: "mean",
      sections: 3,
      assessed: 2,
      counts: { Ⅲ: 1, Ⅳ: 1 },
    });
    expect(await ask("compliance_rate", "乙区", "2021-04")).toMatchObject({
      value: 50,
      unit: "%",
      n: 2,
      expected: 3,
      sections: 3,
      assessed: 2,
      met: 1,
    });
    expect(await ask("compliance_rate", "乙区", "2020-04")).toMatchObject({
      value: null,
      valid: false,
      reason: "没有可评价的断面",
    });
  });

  it("answer Ld, Ln and Ldn of a date with their hours, exact at a tie", async () => {
    expect(await ask("ld", "丙点", "2021-04-01")).toMatchObject({
      value: 61.05,
      rounded: 61,
      valid: true,
      n: 16,
      expected: 16,
    });
    expect(await ask("ln", "丙点", "2021-04-01")).toMatchObject({
      value: 51.05,
      rounded: 51,
      valid: true,
      n: 8,
      expected: 8,
    });
    expect(await ask("ldn", "丙点", "2021-04-01")).toMatchObject({ value: 61.05, n: 24, expected: 24 });
    const strict = await ask("ld", "丙点", "2021-04-02");
    expect(strict).toMatchObject({ value: null, valid: false, n: 0, expected: 16 });
  });

  it("answer a month's level over the hours of valid dates, and Leq over every hour", async () => {
    expect(await ask("ld", "丙点", "2021-04")).toMatchObject({ value: 61.05, valid: true, n: 1, expected: 30 });
    expect(await ask("leq", "丙点", "2021-04")).toMatchObject({ n: 24, expected: 720, valid: true });
    expect(await ask("ln", "乙区", "2021-04")).toMatchObject({ value: null, valid: false });
  });

  it("say of a noise target's rate how many point-days stand behind it, day and night apart", async () => {
    const target = someTarget({
      ...{ area: "noise", indicator: "leq", comparator: "up", value: undefined, unit: "%", year: 2021 },
      deadline: readDeadline("年底前", 2021),
    });
    const plan = { area: "noise", year: 2021, title: "", place: "D", tasks: [], targets: [target] } as const;
    const question = { plans: [plan], at: parseDay("2021-04-01"), policies: parsePolicies([]) };
    const [row] = await judgePlans(temporary.store, question);
    // One point on 91 dates; the one date with hours is valid by day and by night, and meets the limit neither way.
    expect(row?.evidence).toMatchObject({ value: { num: 0n }, behind: { what: "pointDays", have: 2, of: 182 } });
  });

  it("refuse a statistic that such figures do not have", async () => {
    await expect(
      askStatistics(temporary.store, {
        indicator: statIndicator("ld"),
        places: [],
        period: parsePeriod("2021"),
        statistic: "p90",
        policies: parsePolicies([]),
        today: 0,
      }),
    ).rejects.toMatchObject({ code: "statistic.unknown" });
  });
});
