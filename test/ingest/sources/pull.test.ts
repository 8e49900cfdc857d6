/** Pulling from a server that misbehaves: nothing lost, nothing doubled, nothing silent. */
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type PullSource, parseSources } from "../../../ingest/sources/config.ts";
import { pullSource } from "../../../ingest/sources/pull.ts";
import { sourceState, stateOfSource } from "../../../ingest/sources/state.ts";
import { Fault } from "../../../src/domain/faults.ts";
import { digestOf } from "../../../src/store/digest.ts";
import { type SourceRun, sourceRuns } from "../../../src/store/source-runs.ts";
import { type TemporaryStore, temporaryStore } from "../../store-fixture.ts";
import { held } from "../take.ts";
import { type Handler, type LocalServer, localServer } from "./server.ts";

let fixture: TemporaryStore;
let server: LocalServer;
const handlers = new Map<string, Handler>();

beforeEach(async () => {
  handlers.clear();
  fixture = await temporaryStore();
  server = await localServer((path) => handlers.get(path));
});
afterEach(async () => {
  await server.close();
  await fixture.remove();
});

const dayFile = (yyyymmdd: string, value: number): string =>
  `date,hour,type,东四\n${yyyymmdd},1,PM2.5,${value}\n${yyyymmdd},2,PM2.5,${value + 1}\n`;
const source = (change: Partial<PullSource> = {}): PullSource => {
  const [one] = parseSources(
    `sources:\n  - name: air\n    kind: http\n    format: quotsoft\n    url: ${server.url}/beijing_all_{yyyymmdd}.csv\n    timeoutSeconds: 0.4\n    retries: 2\n`,
    "sources.yaml",
  );
  return { ...(one as PullSource), ...change };
};
const effects = (now: string) => {
  const waits: number[] = [];
  return { now: () => new Date(now), sleep: async (ms: number) => void waits.push(ms), random: () => 0.5, waits };
};
const pull = (now = "2024-03-05T12:00:00Z", change: Partial<PullSource> = {}): Promise<SourceRun> =>
  pullSource(fixture.store, source(change), effects(now));
const path = (yyyymmdd: string): string => `/beijing_all_${yyyymmdd}.csv`;
const ok =
  (body: string | Uint8Array, headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    void response.writeHead(200, headers).end(body);
const BOMB = gzipSync(new Uint8Array(50_000_000));
const GOOD = dayFile("20240305", 35);

describe("A pull", () => {
  it("takes in what the server gives and remembers the day", async () => {
    handlers.set(path("20240305"), ok(GOOD));
    expect(await pull()).toMatchObject({ outcome: "done", read: 2, inserted: 2, detail: "" });
    expect(await held(fixture)).toHaveLength(2);
  });

  it.each<readonly [string, Handler]>([
    [
      "500 and then 200",
      (request, response, turn) =>
        turn === 0 ? void response.writeHead(500).end() : ok(GOOD)(request, response, turn),
    ],
    [
      "a cut in the middle and then the whole",
      (request, response, turn) => {
        if (turn > 0) return ok(GOOD)(request, response, turn);
        response.writeHead(200, { "content-length": String(Buffer.byteLength(GOOD)) });
        response.write(GOOD.slice(0, 20));
        setImmediate(() => response.destroy());
      },
    ],
    [
      "silence and then the whole",
      (request, response, turn) => (turn === 0 ? undefined : ok(GOOD)(request, response, turn)),
    ],
  ])("survives %s: nothing lost, nothing doubled", async (_, handler) => {
    handlers.set(path("20240305"), handler);
    expect(await pull()).toMatchObject({ outcome: "done", inserted: 2, corrected: 0 });
    expect(server.asked).toHaveLength(2);
  });

  it.each<readonly [string, RegExp, Handler, number]>([
    ["a page with status 200", /file\.html/, ok("<html><body>系统维护</body></html>"), 1],
    [
      "a redirect to another host",
      /另一个主机/,
      (_, response) => void response.writeHead(302, { location: "http://example.invalid/x.csv" }).end(),
      1,
    ],
    [
      "a body that unpacks without end",
      /超过 1 MB/,
      (_, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(BOMB),
      1,
    ],
    ["401", /401/, (_, response) => void response.writeHead(401).end(), 1],
    ["500 again and again", /500/, (_, response) => void response.writeHead(500).end(), 3],
    ["rows of which none can be used", /全部拒收/, ok("date,hour,type,东四\n20240399,1,PM2.5,35\n"), 1],
  ])("fails with words at %s, keeps nothing and asks for the day again", async (_, words, handler, times) => {
    handlers.set(path("20240305"), handler);
    const run = await pull(undefined, { mostMegabytes: 1, timeoutSeconds: 30 });
    expect(run.outcome).toBe("failed");
    expect(run.detail).toMatch(words);
    expect(server.asked).toHaveLength(times);
    expect(await held(fixture)).toEqual([]);
    handlers.set(path("20240305"), ok(GOOD));
    expect(await pull()).toMatchObject({ outcome: "done", inserted: 2 });
  });

  it("waits longer after each failure, with some chance in it", async () => {
    handlers.set(path("20240305"), (_, response) => void response.writeHead(503).end());
    const seen = effects("2024-03-05T12:00:00Z");
    await pullSource(fixture.store, source(), seen);
    expect(seen.waits).toEqual([1250, 2500]);
  });

  it("asks whether anything changed, and takes another value for the same time as a correction", async () => {
    const tagged =
      (etag: string, body: string): Handler =>
      (request, response) =>
        request.headers["if-none-match"] === etag
          ? void response.writeHead(304).end()
          : void response.writeHead(200, { etag }).end(body);
    handlers.set(path("20240305"), tagged('"1"', GOOD));
    await pull();
    expect(await pull()).toMatchObject({ outcome: "unchanged", read: 0 });
    handlers.set(path("20240305"), tagged('"2"', dayFile("20240305", 36)));
    expect(await pull()).toMatchObject({ outcome: "done", read: 2, inserted: 0, corrected: 2 });
  });

  it("catches up after days of downtime across a month's end: the same content as if it had never stopped", async () => {
    const days = ["20240227", "20240228", "20240229", "20240301", "20240302"];
    for (const [k, day] of days.entries()) handlers.set(path(day), ok(dayFile(day, 30 + k)));
    const at = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T12:00:00Z`;
    for (const day of days) await pull(at(day));
    const steady = await digestOf(fixture.store);
    await fixture.remove();
    fixture = await temporaryStore();
    for (const day of [days[0], days[4]]) await pull(at(day ?? ""));
    expect(await digestOf(fixture.store)).toEqual(steady);
    expect((await sourceRuns(fixture.store.sql, "air")).map((run) => run.outcome)).toEqual(["done", "done"]);
  });

  it("stops at the first day it cannot have, keeps the days before it, and goes on there the next time", async () => {
    handlers.set(path("20240303"), ok(dayFile("20240303", 30)));
    await pull("2024-03-03T12:00:00Z");
    handlers.set(path("20240305"), ok(GOOD));
    expect(await pull()).toMatchObject({ outcome: "failed", detail: expect.stringContaining("2024-03-04") });
    handlers.set(path("20240302"), ok(dayFile("20240302", 30)));
    handlers.set(path("20240304"), ok(dayFile("20240304", 31)));
    expect(await pull()).toMatchObject({ outcome: "done", inserted: 6 });
  });
});

describe("The state of a source", () => {
  const HOUR = 3_600_000;
  const run = (hoursAgo: number, outcome: SourceRun["outcome"], inserted = 0): SourceRun => ({
    source: "a",
    startedAt: -hoursAgo * HOUR,
    endedAt: -hoursAgo * HOUR,
    outcome,
    detail: "服务器答 500",
    until: undefined,
    batches: [],
    read: inserted,
    inserted,
    corrected: 0,
    rejected: 0,
  });
  it.each<readonly [string, readonly SourceRun[]]>([
    ["未运行", []],
    ["正常", [run(1, "done", 5)]],
    ["正常", [run(1, "failed"), run(2, "done", 5)]],
    ["中断", [run(1, "failed"), run(2, "failed"), run(3, "done", 5)]],
    ["迟到", [run(30, "done", 5)]],
    ["冻结", [run(1, "unchanged"), run(10, "unchanged"), run(20, "unchanged"), run(30, "done", 5)]],
  ])("is %s", (word, runs) => {
    expect(sourceState(runs, 26, 0).word).toBe(word);
  });

  it.each<readonly [string, number, readonly SourceRun[]]>([
    ["正常", 20, [run(1, "done", 5)]],
    ["冻结", 40, [run(1, "done", 5)]],
    ["冻结", 40, [run(1, "unchanged"), run(2, "unchanged"), run(3, "unchanged"), run(4, "done", 5)]],
    ["迟到", 40, [run(30, "done", 5)]],
    ["中断", 40, [run(1, "failed"), run(2, "failed"), run(3, "done", 5)]],
  ])("is %s with a newest stamp of %i hours ago", (word, hoursAgo, runs) => {
    expect(sourceState(runs, 26, 0, -hoursAgo * HOUR).word).toBe(word);
  });

  it("is 冻结 when values change from run to run and the stamps stand still, and 正常 again when they move", async () => {
    const at = (now: string) => stateOfSource(fixture.store, source({ overlapDays: 4 }), Date.parse(now));
    handlers.set(path("20240305"), ok(dayFile("20240305", 35)));
    await pull("2024-03-05T12:00:00Z");
    expect((await at("2024-03-05T13:00:00Z")).word).toBe("正常");
    for (const [k, day] of ["06", "07", "08"].entries()) {
      handlers.set(path("20240305"), ok(dayFile("20240305", 40 + k)));
      handlers.set(path(`202403${day}`), ok("date,hour,type,东四\n"));
      expect(await pull(`2024-03-${day}T12:00:00Z`, { overlapDays: 4 })).toMatchObject({ corrected: 2 });
    }
    // Label 2 of 5 March is the hour that began at 01:00 Beijing.
    const { word, why } = await at("2024-03-08T13:00:00Z");
    expect([word, why.includes("2024-03-05 01:00")]).toEqual(["冻结", true]);
    handlers.set(path("20240308"), ok(dayFile("20240308", 50)));
    await pull("2024-03-08T14:00:00Z", { overlapDays: 4 });
    expect((await at("2024-03-08T15:00:00Z")).word).toBe("正常");
  });

  it("says nothing of stamps for a form whose rows are of the past", async () => {
    const monthly = { ...source(), format: "water-manual" };
    handlers.set(path("20240305"), ok("断面名称,监测时间,氨氮(mg/L),总磷(mg/L)\n甲河,2024年1月,0.4,0.1\n"));
    await pullSource(fixture.store, monthly, effects("2024-03-05T12:00:00Z"));
    expect((await stateOfSource(fixture.store, monthly, Date.parse("2024-03-05T13:00:00Z"))).word).toBe("正常");
  });
});

describe("sources.yaml", () => {
  it.each([
    [
      "an unknown key",
      "sources:\n  - {name: a, kind: http, format: quotsoft, url: 'http://x.cn/', pasword: x}\n",
      /pasword/,
    ],
    [
      "two sources of one name",
      "sources:\n  - {name: a, kind: folder, format: auto, path: x}\n  - {name: a, kind: folder, format: auto, path: y}\n",
      /写了两次/,
    ],
    ["broken YAML", "sources: [\n", /sources\.yaml/],
  ])("is refused for %s", (_, text, words) => {
    expect(() => parseSources(text, "sources.yaml")).toThrow(Fault);
    expect(() => parseSources(text, "sources.yaml")).toThrow(words);
  });

  it("names secrets instead of holding them", async () => {
    const headers = { authorization: { env: "DUIBIAO_TEST_NOT_SET" } };
    await expect(pull(undefined, { headers })).rejects.toThrow(/DUIBIAO_TEST_NOT_SET/);
  });
});
