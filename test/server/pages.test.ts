import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { listen } from "../../src/server/listen.ts";
import { cityStore, NOW, type Served, serve } from "./city.ts";

let served: Served;

beforeAll(async () => {
  const made = await cityStore();
  const briefingsDir = join(made.dir, "briefings");
  await mkdir(briefingsDir);
  await writeFile(join(briefingsDir, "简报-2024-09.pdf"), "%PDF-1.7 test");
  await writeFile(join(made.dir, "secret.pdf"), "not to be handed out");
  served = await serve(made, { briefingsDir });
}, 480_000);

afterAll(() => served?.close());

describe("the pages of a simulated city", () => {
  it.each(["/", "/air", "/rank", "/targets", "/briefings"])("marks %s as simulated and answers 200", async (path) => {
    const response = await served.get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await response.text()).toContain('<span class="sim">模拟数据</span>');
  });

  it("allows no inline script, and holds none", async () => {
    const response = await served.get("/rank");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'self'");
    const text = await response.text();
    expect([...text.matchAll(/<script(?![^>]*\bsrc=)/g)]).toEqual([]);
    expect(text).not.toMatch(/\son\w+=|\sstyle=|javascript:/);
  });

  it("counts targets alike on 今日 and on 目标: what a plan says twice is counted once", async () => {
    const bare = (text: string) => text.replaceAll(/<[^>]+>/g, "").replaceAll(/\s+/g, " ");
    const today = /(\d+) 项目标未达标，(\d+) 项有风险，(\d+) 项缺数不可判定/.exec(bare(await served.text("/")));
    const board = await served.text("/targets");
    const sum = /<tr class="sum">(.*?)<\/tr>/s.exec(board)?.[1] ?? "";
    const [missed, risk, , , , open, all] = [...sum.matchAll(/<td class="n">(.*?)<\/td>/gs)].map(([, cell = ""]) =>
      bare(cell).trim(),
    );
    expect(today?.slice(1)).toEqual([missed, risk, open]);
    // 97 criteria and 60 directions; of those one is said twice, and two are alternatives.
    expect(all).toBe("155");
    expect(bare(board)).toContain("计入的 155 项中");
  });

  it("names formats as people call them", async () => {
    const data = await served.text("/data");
    expect(data).toContain("<td>北京/全国空气质量存档</td>");
    expect(data).not.toContain("quotsoft");
    expect(await served.text("/data/batches/1")).not.toMatch(/<h1>[^<]*<small>(quotsoft|township)/);
  });

  it("says the same of a target's figure, with the days expected where some are missing", async () => {
    expect(await served.text("/targets/2024-air-1.1-pm25")).toContain("现值 站日 570/570（100.0%）");
    const before = await served.text("/targets/2024-air-1.1-good-days?at=2023-12-31");
    expect(before).toMatch(/AQI 超过 100 的日子：超标 \d+ 天；按有效日比例推算 [\d.]+ 天（缺 \d+ 天，只作参考）/);
    expect(before).toMatch(/现值 站点项日 \d+\/\d+（/);
  });

  it("says what stands behind the air's figures, and what missing days hide", async () => {
    // Two stations, every day from 1 January to 11 October of a leap year.
    const whole = await served.text("/air?year=2024");
    expect(whole).toContain("PM2.5 站日 570/570（100.0%）");
    expect(whole).toContain("站日齐全");
    expect(whole).not.toContain("按有效日比例推算");
    // The year before begins late in it.
    expect(await served.text("/air?year=2023")).toMatch(/按有效日比例推算 [\d.]+ 天（缺 \d+ 天，只作参考）/);
    const [station] = (await served.store.places()).places.filter(({ kind }) => kind === "station");
    expect(await served.text(`/air?year=2024&place=${station?.code}`)).not.toContain("站日齐全");
  });

  it("ranks every township of the home district, those without data apart", async () => {
    const text = await served.text("/rank?indicator=tsp&period=2024-09&among=110105");
    const ranked = [...text.matchAll(/href="\/township\/(110105\d+)"/g)].map((found) => found[1]);
    expect(new Set(ranked).size).toBe(43);
  });

  it("narrows the ranking to a name, and says so when there is none", async () => {
    const one = await served.text(`/rank?period=2024-09&place=${encodeURIComponent("望京")}`);
    expect([...one.matchAll(/class="rowhead nw"/g)]).toHaveLength(1);
    const none = await served.text(`/rank?period=2024-09&place=${encodeURIComponent("没有的街乡")}`);
    expect(none).toContain("没有符合条件的街乡（名称含“没有的街乡”）");
  });

  it("lets a published rank count, with the computed one beside it where they differ", async () => {
    const { sql } = served.store;
    const [first, last] = [Date.UTC(2024, 4, 1) / 86_400_000, Date.UTC(2024, 4, 31) / 86_400_000];
    const codes =
      (await served.text("/rank.csv?indicator=tsp&period=2024-06&among=110105")).match(/110105\d{3}/g) ?? [];
    // The list prints the best of June as the worst of May: surely not what is computed.
    await sql.run(
      `INSERT INTO published_rank BY NAME SELECT '市局' AS issuer, '后1名' AS list, 7 AS indicator, '2024-05' AS period, ${first} AS first_day,
         ${last} AS last_day, 'worst' AS rank_order, id AS place, 1 AS rank, NULL AS printed, 1 AS list_length, 1 AS batch
       FROM place WHERE code = ?`,
      [codes.at(-2) ?? ""],
    );
    const lines = (await served.text("/rank.csv?indicator=tsp&period=2024-05&among=110105")).split("\r\n");
    expect(lines[1]?.startsWith("1,")).toBe(true);
    expect(lines[1]).toContain(codes.at(-2));
    expect(lines[1]).toContain("公布");
    const text = await served.text("/rank?indicator=tsp&period=2024-05");
    expect(text).toContain("公布名次：后1名");
    expect(text).toMatch(/<span class="tag warn">推算 \d+<\/span>/);
  });

  it("prints what was asked as text, never as markup", async () => {
    const text = await served.text(`/rank?place=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(text).not.toContain("<script>alert");
    expect(text).toContain("&lt;script&gt;");
  });

  it("exports the ranking it shows as CSV and XLSX", async () => {
    const csv = await served.get("/rank.csv?indicator=tsp&period=2024-09");
    expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const lines = (await csv.text()).trim().split("\r\n");
    expect(lines[0]).toContain("名次,并列,街乡,代码");
    expect(lines).toHaveLength(44);
    const xlsx = Buffer.from(await (await served.get("/rank.xlsx?period=2024-09")).arrayBuffer());
    expect(xlsx.subarray(0, 2).toString()).toBe("PK");
  });

  it("lists the finished briefings and hands out those only", async () => {
    expect(await served.text("/briefings")).toContain("简报-2024-09.pdf");
    const found = await served.get(`/briefings/${encodeURIComponent("简报-2024-09.pdf")}`);
    expect(found.headers.get("content-type")).toBe("application/pdf");
    expect(await found.text()).toBe("%PDF-1.7 test");
    expect((await served.get(`/briefings/${encodeURIComponent("../secret.pdf")}`)).status).toBe(404);
  });

  it("answers again with 304 while nothing changed, and anew as soon as a batch came in", async () => {
    const path = "/rank?indicator=pm25&period=2024-09";
    const first = await served.get(path);
    const etag = first.headers.get("etag") ?? "";
    expect((await served.get(path, { "if-none-match": etag })).status).toBe(304);
    const file = join(served.dir, "late.csv");
    const text = `place,period,indicator,value,unit,模拟数据\n110105026,2024-09-03,pm25,480,µg/m³,\n`;
    await writeFile(file, text);
    const [batch] = await ingestPath(served.store, "township", file, { now: NOW });
    expect(batch?.corrected).toBe(1);
    const again = await served.get(path, { "if-none-match": etag });
    expect(again.status).toBe(200);
    expect(again.headers.get("etag")).not.toBe(etag);
  });

  it("tells what is wrong with a question, where and what to do, with the right status", async () => {
    const bad = await served.get("/rank?period=2015-13");
    expect(bad.status).toBe(400);
    const text = await bad.text();
    expect(text).toContain("没有 13 月");
    expect(text).toContain("[period.unknown]");
    expect((await served.get("/no-such-page")).status).toBe(404);
    expect((await served.get("/rank", { "x-test": "1" })).status).toBe(200);
    const posted = await fetch(new URL("/rank", served.url), { method: "POST", redirect: "manual" });
    expect(posted.status).toBe(405);
  });

  it("answers twenty questions at once as it answers them one by one", async () => {
    const paths = Array.from({ length: 20 }, (_, k) => `/rank?indicator=pm25&period=2024-0${(k % 9) + 1}&only=worst30`);
    const together = await Promise.all(paths.map(served.text));
    for (const [k, path] of paths.slice(0, 9).entries()) expect(await served.text(path)).toBe(together[k]);
  });

  it("shows whoever is told of an import its data, also where a page is asked for all the time, and nobody the former again", async () => {
    const path = "/rank?indicator=tsp&period=2024-09";
    const batchOf = (response: Response) => Number(/^"b(\d+)-/.exec(response.headers.get("etag") ?? "")?.[1]);
    const seen: number[] = [];
    let over = false;
    const looking = (async () => {
      while (!over) {
        const response = await served.get(path);
        await response.body?.cancel();
        seen.push(batchOf(response));
      }
    })();
    for (let round = 1; round <= 3; round++) {
      for (let k = 0; k < 20; k++) await (await served.get(path)).text();
      const file = join(served.dir, `late-${round}.csv`);
      await writeFile(
        file,
        `place,period,indicator,value,unit,模拟数据\n建外街道,2024-09-03,tsp,${400 + round},µg/m³,\n`,
      );
      const [batch] = await ingestPath(served.store, "township", file, { now: NOW });
      const told = await served.get(path);
      await told.body?.cancel();
      expect(batchOf(told)).toBe(batch?.id);
    }
    over = true;
    await looking;
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(new Set(seen).size).toBeGreaterThan(1);
  });

  it("says that it lives and that it can answer", async () => {
    expect(await (await served.get("/healthz")).json()).toEqual({ status: "ok" });
    expect(await (await served.get("/readyz")).json()).toMatchObject({ status: "ready" });
  });
});

describe("listening", () => {
  it("names the port when it is in use", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    await expect(listen(served.store, { host: "127.0.0.1", port })).rejects.toMatchObject({
      code: "server.port-in-use",
      params: { port },
    });
    await new Promise((resolve) => other.close(resolve));
  });
});
