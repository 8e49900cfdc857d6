import fc from "fast-check";
import { readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ENDPOINTS } from "../../src/server/api/endpoints.ts";
import { problem } from "../../src/server/api/schemas.ts";
import { cityStore, type Served, serve } from "./city.ts";

let served: Served;

beforeAll(async () => {
  served = await serve(await cityStore());
}, 480_000);

afterAll(() => served?.close());

const EXAMPLES: Readonly<Record<string, string>> = {
  "/places": "?kind=station&size=3",
  "/indicators": "",
  "/methods": "",
  "/methods/{indicator}": "",
  "/readings": "?indicator=pm25&place=bj-dongsi&period=2024-09-01&size=5",
  "/statistics": "?indicator=pm25&period=2024-09&place=110105&place=110105026",
  "/ranks": "?indicator=tsp&period=2024-09&worst=10",
  "/explain": "?indicator=pm25&place=110105&period=2024-09",
  "/targets": "?plan=2024&at=2024-10-11&area=air",
  "/targets/{id}": "",
  "/standings": "?plan=2024",
  "/outlook/{id}": "?at=2024-10-11",
  "/tallies": "",
  "/batches": "?size=2",
  "/batches/{id}": "",
  "/changes": "?from=0&size=5",
  "/briefings": "",
};

function pathOf(path: string): string {
  return `/api/v1${path.replace("/methods/{indicator}", "/methods/pm25").replace("/batches/{id}", "/batches/1").replace("{id}", "2024-air-1.1-pm25")}`;
}

describe("the interface", () => {
  it.each(ENDPOINTS.filter((one) => one.method === "get").map((one) => [one.path, one] as const))(
    "answers %s as its own schema says",
    async (path, endpoint) => {
      const response = await served.get(pathOf(path) + (EXAMPLES[path] ?? ""));
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
      expect(response.headers.get("x-duibiao-simulated")).toBe("yes");
      const answer = endpoint.answer.safeParse(await response.json());
      expect(answer.error?.issues ?? []).toEqual([]);
    },
  );

  it("gives the same rows as CSV, by format or by Accept, marked as simulated", async () => {
    const path = "/api/v1/ranks?indicator=tsp&period=2024-09";
    const byFormat = await served.text(`${path}&format=csv`);
    const byAccept = await (await served.get(path, { accept: "text/csv" })).text();
    expect(byAccept).toBe(byFormat);
    const [head = "", first = ""] = byFormat.split("\r\n");
    expect(head).toContain("rank,fromWorst,fromBest,place,code");
    expect(head.endsWith("模拟数据")).toBe(true);
    const { rows } = (await (await served.get(path)).json()) as { rows: { rank: number; place: string }[] };
    expect(first.startsWith(`${rows[0]?.rank},`)).toBe(true);
  });

  it.each([
    ["/api/v1/ranks?indicator=tsp&period=2024-09", "rank"],
    ["/api/v1/targets?plan=2024&at=2024-10-11", "id"],
    ["/api/v1/statistics?indicator=pm25&period=2024-09&place=110105", "place"],
  ])("gives %s as a workbook of real numbers, by format or by Accept, marked as simulated", async (path, head) => {
    const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    const byFormat = await served.get(`${path}&format=xlsx`);
    expect(byFormat.headers.get("content-type")).toBe(type);
    expect(byFormat.headers.get("content-disposition")).toMatch(/^attachment; .*\.xlsx$/);
    const byAccept = await served.get(path, { accept: type });
    expect(byAccept.headers.get("content-type")).toBe(type);
    const [sheet] = (await readXlsx(new Uint8Array(await byFormat.arrayBuffer()))).sheets;
    const csv = (await served.text(`${path}&format=csv`)).replace("\uFEFF", "").split("\r\n");
    expect(sheet?.rows[0]).toEqual(csv[0]?.split(","));
    expect(sheet?.rows[0]?.[0]).toBe(head);
    expect(sheet?.rows[0]).toContain("模拟数据");
    expect(sheet?.rows.length).toBe(csv.length - 1);
    expect(sheet?.rows[1]?.some((cell) => typeof cell === "number")).toBe(true);
  });

  it("pages through a list without a gap or a repetition", async () => {
    const codes: string[] = [];
    for (let page = 1; page <= 4; page++) {
      const { items, total } = (await (
        await served.get(`/api/v1/places?kind=station&size=10&page=${page}`)
      ).json()) as {
        items: { code: string }[];
        total: number;
      };
      codes.push(...items.map((one) => one.code));
      if (codes.length === total) break;
    }
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThanOrEqual(35);
  });

  it("answers as of an earlier batch", async () => {
    const path = "/api/v1/statistics?indicator=pm25&period=2024-09&place=110105026";
    const now = (await (await served.get(path)).json()) as { value: number }[];
    const first = (await (await served.get(`${path}&asOf=1`)).json()) as { value: number | null }[];
    expect(now[0]?.value).toBeGreaterThan(0);
    // The townships came in with the second batch.
    expect(first[0]?.value).toBeNull();
  });

  it("says 304 to an asker that holds the answer", async () => {
    const path = "/api/v1/standings?plan=2024";
    const etag = (await served.get(path)).headers.get("etag") ?? "";
    expect(etag).toMatch(/^"b\d+-t\d+-s\d+/);
    expect((await served.get(path, { "if-none-match": etag })).status).toBe(304);
  });

  it.each([
    ["/api/v1/statistics?indicator=pm25&period=2024-13&place=110105", 400, "period.unknown"],
    ["/api/v1/statistics?indicator=nothing&period=2024-09&place=110105", 400, "indicator.unknown"],
    ["/api/v1/statistics?indicator=pm25&period=2024-09&place=nowhere", 404, "place.unknown"],
    ["/api/v1/statistics?indicator=pm25&period=2024-09", 400, "option.value"],
    ["/api/v1/ranks?indicator=tsp&period=2024-09&worst=0", 400, "option.value"],
    ["/api/v1/ranks?indicator=tsp&period=2024-09&wurst=3", 400, "option.value"],
    ["/api/v1/batches/999999", 404, "batch.unknown"],
    ["/api/v1/nothing", 404, "page.unknown"],
    [`/api/v1/places?q=${"x".repeat(600)}`, 400, "query.too-long"],
  ])("tells what is wrong with %s as problem+json in both languages", async (path, status, code) => {
    const response = await served.get(path);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    const told = problem.parse(await response.json());
    expect(told).toMatchObject({ status, code });
    expect(told.title).not.toBe("");
    expect(told.titleEn).not.toBe("");
  });

  it("serves a document that names every path and no other", async () => {
    const document = (await (await served.get("/api/v1/openapi.json")).json()) as { openapi: string; paths: object };
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths).sort()).toEqual(
      [...new Set(ENDPOINTS.map((one) => `/api/v1${one.path}`))].sort(),
    );
  });

  it("never breaks, whatever the question", async () => {
    const text = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom(
        "pm25",
        "aqi",
        "composite_index",
        "2024",
        "2024-09",
        "2024-02-30",
        "110105",
        "city",
        "-1",
        "0",
        "1e9",
        "' OR 1=1 --",
        "../../etc/passwd",
        "%00",
        "模拟",
      ),
    );
    const names = [
      "indicator",
      "period",
      "place",
      "statistic",
      "edition",
      "policy",
      "asOf",
      "among",
      "kind",
      "worst",
      "order",
      "page",
      "size",
      "from",
      "to",
      "at",
      "plan",
      "area",
      "format",
    ];
    const question = fc.record({
      path: fc.constantFrom(...ENDPOINTS.filter((one) => one.method === "get").map((one) => one.path)),
      id: text,
      values: fc.dictionary(fc.constantFrom(...names), text, { maxKeys: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(question, async ({ path, id, values }) => {
        const at = `/api/v1${path.replace(/\{\w+\}/, encodeURIComponent(id === "" || /^\.+$/.test(id) ? "x" : id))}?${new URLSearchParams(values)}`;
        const response = await served.get(at);
        const body = await response.text();
        expect(`${response.status < 500} ${at} ${response.status < 500 ? "" : body}`).toBe(`true ${at} `);
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});
