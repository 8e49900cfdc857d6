/** Briefings from the command line: made, frozen, corrected, verified. */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../../ingest/pipeline.ts";
import { changesSince } from "../../../reports/briefings/facts.ts";
import { briefDistrict } from "../../../src/cli/brief-district.ts";
import { briefPublish } from "../../../src/cli/brief-publish.ts";
import { briefTownship } from "../../../src/cli/brief-township.ts";
import { changes } from "../../../src/cli/changes.ts";
import { chart } from "../../../src/cli/chart.ts";
import { seedPlaces } from "../../../src/cli/seeds.ts";
import { verify } from "../../../src/cli/verify.ts";
import { saveAccount } from "../../../src/store/accounts.ts";
import { allBriefings, frozenBytes, publishedBriefings } from "../../../src/store/briefings.ts";
import { openStore } from "../../../src/store/open.ts";
import { type CommandLine, commandLine } from "../../cli/run-command.ts";

const NOW = "2015-04-10T02:00:00Z";
const MARCH = 31;

describe("briefings from the command line", () => {
  let line: CommandLine;
  let out: string;

  /** March 2015 of 建外街道 and 朝外街道; the value of the first can be corrected. */
  const ingest = async (name: string, first: number, now = NOW): Promise<void> => {
    const rows = ["place,period,indicator,value,unit"];
    for (let day = 1; day <= MARCH; day++) {
      const date = `2015-03-${String(day).padStart(2, "0")}`;
      rows.push(`建外街道,${date},pm25,${first},µg/m³`, `朝外街道,${date},pm25,50,µg/m³`);
    }
    await writeFile(join(line.dir, name), `${rows.join("\n")}\n`);
    const store = line.store();
    if (store === undefined) throw new RangeError("no command opened the store");
    await ingestPath(store, "township", join(line.dir, name), { now: new Date(now) });
  };

  beforeAll(async () => {
    line = commandLine(NOW);
    out = join(line.dir, "out");
    const made = await openStore(join(line.dir, "store"), { create: true, seeds: seedPlaces() });
    await made.close();
    await mkdir(out);
    // Opens the store: nothing is known of it yet.
    await line.run(verify, join(import.meta.dirname, "publish.test.ts"));
    await ingest("first.csv", 60);
  });
  afterAll(() => line.close());

  it("makes one township's briefing and a manifest that names its bytes", async () => {
    const { code } = await line.run(briefTownship, "--period", "2015-03", "--place", "建外街道", "--out", out);
    expect(code).toBe(0);
    const folder = join(out, "朝阳区-街乡简报-2015-03");
    expect((await readdir(folder)).sort()).toEqual(["manifest.json", "建外街道-月报-2015-03.pdf"].sort());
    const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")) as {
      files: { township: string; bytes: number; summary: string[] }[];
    };
    expect(manifest.files[0]).toMatchObject({ township: "建外街道" });
    expect(manifest.files[0]?.summary[0]).toContain("倒数第1名");
  });

  it("leaves no half file when a folder cannot be written", async () => {
    const blocked = join(line.dir, "a-file");
    await writeFile(blocked, "");
    await expect(
      line.run(briefDistrict, "--period", "2015-03", "--format", "html", "--out", join(blocked, "in")),
    ).rejects.toMatchObject({ code: "file.not-written" });
  });

  it("refuses a format and a period it does not make", async () => {
    await expect(line.run(briefDistrict, "--period", "2015-03", "--format", "odt")).rejects.toMatchObject({
      code: "option.value",
    });
    await expect(line.run(briefTownship, "--period", "2015-03-14")).rejects.toMatchObject({ code: "briefing.period" });
  });

  it("makes no page about a month without any data, and writes no file", async () => {
    const empty = join(line.dir, "empty");
    for (const command of [briefDistrict, briefTownship])
      await expect(line.run(command, "--period", "2014-05", "--out", empty)).rejects.toMatchObject({
        code: "briefing.no-data",
      });
    expect(existsSync(empty)).toBe(false);
  });

  it("freezes a briefing, verifies its file, and tells an altered one", async () => {
    const published = await line.run(briefPublish, "district", "--period", "2015-03", "--by", "张三", "--out", out);
    expect(published.out).toContain("已公布第 1 版");
    const file = join(out, "朝阳区-月报-2015-03.pdf");
    const same = await line.run(verify, file);
    expect([same.code, same.out]).toEqual([0, expect.stringMatching(/^公布一致：2015年第3期 第 1 版.*公布人 张三$/)]);
    const bytes = await readFile(file);
    const altered = join(line.dir, "朝阳区-月报-2015-03.pdf");
    await writeFile(altered, Buffer.concat([bytes, Buffer.from(" ")]));
    const other = await line.run(verify, altered);
    expect([other.code, other.out]).toEqual([1, expect.stringContaining("已改动")]);
    const stranger = await line.run(verify, join(import.meta.dirname, "publish.test.ts"));
    expect([stranger.code, stranger.out]).toEqual([1, expect.stringContaining("未公布")]);
  });

  it("makes no second version of data that did not change", async () => {
    const again = await line.run(briefPublish, "district", "--period", "2015-03", "--out", out);
    expect(again.out).toContain("数据没有变化，仍为第 1 版");
  });

  it("makes a correction a new version that says what changed, and keeps the old one", async () => {
    await ingest("second.csv", 70);
    const args = ["district", "--period", "2015-03", "--reason", "建外街道更正", "--out", out];
    const published = await line.run(briefPublish, ...args);
    expect(published.out).toContain("已公布第 2 版，与上一版相比 1 处变化");
    const old = await line.run(verify, join(out, "朝阳区-月报-2015-03.pdf"));
    expect([old.code, old.out]).toEqual([1, expect.stringContaining("已被第 2 版取代")]);
    expect(old.out).toContain("更正原因：建外街道更正");
    const current = await line.run(verify, join(out, "朝阳区-月报-2015-03-第2版.pdf"));
    expect(current.code).toBe(0);
    const store = line.store();
    if (store === undefined) throw new RangeError("no store");
    const all = await publishedBriefings(store.sql);
    expect(all.map(({ version }) => version)).toEqual([2, 1]);
    for (const { sha256 } of all) expect((await frozenBytes(store, sha256)).length).toBeGreaterThan(10_000);
    const [second, first] = all;
    if (second === undefined || first === undefined) throw new RangeError("two versions were published");
    expect(changesSince(first, second.facts, "2015-03").rows).toEqual([
      { zh: "全市街乡PM2.5月均浓度：建外街道", before: "第1（60）", now: "第1（70）" },
    ]);
  });

  it("keeps drafts once a store has accounts, made by one who may, for a second person to let out", async () => {
    const store = line.store();
    if (store === undefined) throw new RangeError("no store");
    const account = { name: "分析员甲", password: "x", role: "analyst", bound: undefined, active: true };
    await saveAccount(store.sql, account, new Date(NOW));
    await saveAccount(store.sql, { ...account, name: "只读乙", role: "reader" }, new Date(NOW));
    await ingest("third.csv", 80);
    const args = ["district", "--period", "2015-03", "--out", out];
    for (const by of ["张三", "只读乙"]) {
      await expect(line.run(briefPublish, ...args, "--by", by)).rejects.toMatchObject({
        code: "briefing.maker-unknown",
      });
    }
    const made = await line.run(briefPublish, ...args, "--by", "分析员甲");
    expect(made.out).toContain("已做成第 3 版草稿");
    expect(existsSync(join(out, "朝阳区-月报-2015-03-第3版.pdf"))).toBe(false);
    expect((await publishedBriefings(store.sql)).map(({ version }) => version)).toEqual([2, 1]);
    const [draft] = await allBriefings(store.sql);
    expect(draft).toMatchObject({ state: "draft", madeBy: "分析员甲", version: 3 });
  });

  it("draws one chart by the definition of the briefing, as SVG and as PNG", async () => {
    const args = ["rank", "--indicator", "pm25", "--period", "2015-03", "--out"];
    await line.run(chart, ...args, join(out, "rank.svg"));
    expect(await readFile(join(out, "rank.svg"), "utf8")).toMatch(/^<\?xml.*<svg .*width="510"/s);
    await line.run(chart, ...args, join(out, "rank.png"));
    expect((await readFile(join(out, "rank.png"))).subarray(1, 4).toString("latin1")).toBe("PNG");
  });

  it("draws nothing where there is nothing, of no other name and to no other type", async () => {
    const bare = line.run(chart, "calendar", "--period", "2015-03", "--out", join(out, "none.svg"));
    await expect(bare).rejects.toMatchObject({ code: "chart.no-data" });
    expect(existsSync(join(out, "none.svg"))).toBe(false);
    for (const [name, file] of [
      ["pie", "x.svg"],
      ["rank", "x.bmp"],
    ] as const) {
      const wrong = line.run(chart, name, "--period", "2015-03", "--out", join(out, file));
      await expect(wrong).rejects.toMatchObject({ code: "option.value" });
    }
  });

  it("says plainly that a file is not there", async () => {
    expect(existsSync(join(line.dir, "nowhere.pdf"))).toBe(false);
    await expect(line.run(verify, join(line.dir, "nowhere.pdf"))).rejects.toMatchObject({ code: "briefing.not-read" });
  });

  it("tells what changed since a briefing, named by its file, with or without its ending", async () => {
    const none = await line.run(changes, "--from", "朝阳区-月报-2015-03-第2版.pdf", "--json");
    expect(JSON.parse(none.out)).toMatchObject({ from: 3 });
    await ingest("fourth.csv", 90, "2015-04-11T02:00:00Z");
    const since = await line.run(changes, "--from", "朝阳区-月报-2015-03-第2版");
    expect(since.out).toContain("建外街道");
    expect(since.out).toContain("建外街道 2015年3月 pm25：80.00 → 90.00");
    await expect(line.run(changes, "--from", "朝阳区-月报-2015-04.pdf")).rejects.toMatchObject({
      code: "option.value",
    });
  });
});
