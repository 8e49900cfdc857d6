/** What stands behind the figures of the ranking: every day is known by hand. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { citySeeds, putDays, putMonth } from "../analysis/small-city.ts";
import { temporaryStore } from "../store-fixture.ts";
import { NOW, type Served, serve } from "./city.ts";
import { setUp, type User } from "./users.ts";

let served: Served;
let admin: User;

beforeAll(async () => {
  const made = await temporaryStore(citySeeds(4, 4));
  const file = join(made.dir, "one.csv");
  await writeFile(file, "place,period,indicator,value,unit\nT01,2024-10-11,pm25,30,µg/m³\n");
  await ingestPath(made.store, "township", file, { now: NOW });
  const days = (n: number, value: number) => Array.from({ length: n }, () => value);
  await putDays(made.store, "T01", "tsp", "2024-01-01", days(31, 90));
  await putDays(made.store, "T02", "tsp", "2024-01-01", days(29, 80));
  await putMonth(made.store, "T03", "tsp", "2024-01", "70");
  // Of October eleven days are over at the served clock.
  await putDays(made.store, "T01", "tsp", "2024-10-01", days(11, 90));
  await putDays(made.store, "T02", "tsp", "2024-10-01", days(10, 90));
  served = await serve(made, { readOnlyDemo: false });
  admin = await setUp(served);
}, 120_000);

afterAll(() => served?.close());

describe("what stands behind a township's mean, in the ranking", () => {
  it("is its valid days of the period's days, with the share where some are missing", async () => {
    const text = await page("/rank?indicator=tsp&period=2024-01");
    expect(text).toContain("共 31 天");
    expect(cells(text)).toEqual({ 街道01: "31", 街道02: "93.5% 29", 街道03: "来源给出" });
    expect(text).toContain('title="有效日 29/31（93.5%）"');
    // A phone has no room for the column: there the exception stands below the name.
    expect(text.match(/only-narrow">有效 29\/31</g)).toHaveLength(1);
  });

  it("counts the days that are over of a period still running", async () => {
    const text = await page("/rank?indicator=tsp&period=2024-10");
    expect(text).toContain("共 11 天");
    expect(cells(text)).toMatchObject({ 街道01: "11", 街道02: "90.9% 10" });
  });

  it("names all that share the worst rank of the district", async () => {
    const text = await page("/rank?indicator=tsp&period=2024-10");
    expect(text.replaceAll(/<[^>]+>/g, "")).toContain("最差为街道01、街道02，并列第 1。");
  });
});

describe("今日", () => {
  it("names the places that fell silent in the last days, and does not say that all is there", async () => {
    const words = (await page("/")).replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
    expect(words).toContain("街乡 TSP 有 1 个地点近日停报 街道02：一周内报过数");
    expect(words).toContain("各来源按时到数，但 街乡 TSP 1 个地点近日停报。");
    expect(words).not.toContain("按时到齐");
  });
});

async function page(path: string): Promise<string> {
  return await (await served.get(path, { cookie: admin.cookie })).text();
}

/** The words of the last cell of each township's row. */
function cells(text: string): Readonly<Record<string, string>> {
  const table = text.slice(text.indexOf('id="ranks"'), text.indexOf("</table>"));
  const rows = table.split("<tr>").filter((row) => row.includes("/township/"));
  return Object.fromEntries(
    rows.map((row) => {
      const name = /class="rowhead[^>]*>([^<]+)</.exec(row)?.[1] ?? "";
      const last = row.slice(row.lastIndexOf("<td"));
      const words = last.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
      return [name, words.trim()];
    }),
  );
}
