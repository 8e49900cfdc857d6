/** Files read in a thread of their own: the same batch as read here. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type IngestOptions, ingestPath } from "../../ingest/pipeline.ts";
import { readThread } from "../../ingest/read-thread.ts";
import { digestOf } from "../../src/store/digest.ts";
import { temporaryStore } from "../store-fixture.ts";

const NOW = new Date("2024-06-01T00:00:00Z");

let dir: string;
const thread = readThread();
const ROWS = 9000;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "duibiao-thread-"));
});

afterAll(async () => {
  await thread.close();
  await rm(dir, { recursive: true, force: true });
});

/** So large that only its beginning comes back from opening; every hundredth value is none, the last rows name nobody's place. */
function townshipFile(): string {
  const rows = Array.from({ length: ROWS }, (_, k) => {
    const day = `2023-${String((k % 12) + 1).padStart(2, "0")}-${String((Math.floor(k / 12) % 28) + 1).padStart(2, "0")}`;
    const place = ["建外街道", "朝外街道", "呼家楼街道"][k % 3];
    return `${k < ROWS - 10 ? place : "月球"},${day},tsp,${k % 100 === 7 ? "3O" : 40 + (k % 60)},µg/m³`;
  });
  return `place,period,indicator,value,unit\n${rows.join("\n")}\n`;
}

async function taken(path: string, format: string, options: Partial<IngestOptions>) {
  const { store, remove } = await temporaryStore();
  const results = await ingestPath(store, format, path, { now: NOW, ...options });
  const digest = await digestOf(store);
  const originals = await store.originals.list();
  await remove();
  return { results: results.map(({ source: _, ...one }) => one), digest, originals };
}

describe("a file read in a thread", () => {
  it("makes the same batch, account, rejects and content as one read here", async () => {
    const file = join(dir, "large.csv");
    await writeFile(file, townshipFile());
    const here = await taken(file, "township", {});
    const there = await taken(file, "township", { readers: thread });
    expect(here.results[0]?.read).toBe(ROWS);
    expect(here.results[0]?.rejected).toBeGreaterThan(10);
    expect(there).toEqual(here);
  }, 120_000);

  it("keeps the same of a list with persons in it, whole and without them", async () => {
    const file = join(dir, "hotline.csv");
    const rows = Array.from(
      { length: ROWS },
      (_, k) =>
        `A${k},城市管理->噪声扰民->施工噪声,来自欧阳翠花,太吵,欧阳翠花,13912345678,朝阳区,八里庄街道,2024-03-0${(k % 9) + 1} 08:00,是`,
    );
    await writeFile(
      file,
      `工单编号,问题分类,标题,主要内容,来电人,来电人电话/账号,被反映区,被反映街乡镇,来电/受理时间,是否解决\n${rows.join("\n")}\n`,
    );
    const here = await taken(file, "complaints", {});
    const there = await taken(file, "complaints", { readers: thread });
    expect(here.results[0]?.inserted).toBe(ROWS);
    expect(there).toEqual(here);
  }, 120_000);

  it("registers the same places, in one batch with others", async () => {
    const folder = join(dir, "stations");
    await mkdir(folder);
    for (const [k, name] of ["kerbside", "park", "roof"].entries()) {
      const rows = Array.from({ length: 4000 }, (_, hour) => {
        const time = new Date(Date.UTC(2023, 0, 1) + hour * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
        return `${time},${20 + ((hour + k) % 30)}.5,${40 + (hour % 50)},3.2,180`;
      });
      await writeFile(join(folder, `${name}.csv`), `date,pm25,pm10,ws,wd\n${rows.join("\n")}\n`);
    }
    const here = await taken(folder, "openair", {});
    const there = await taken(folder, "openair", { readers: thread });
    expect(here.results[0]?.inserted).toBe(3 * 4000 * 2);
    expect(here.results[0]?.registered).toEqual(["openair-kerbside", "openair-park", "openair-roof"]);
    expect(there).toEqual(here);
  }, 120_000);

  it("hands a fault of the format over as it is", async () => {
    const file = join(dir, "mapped.csv");
    await writeFile(file, townshipFile());
    const options = { map: "place: [" };
    const here = taken(file, "generic", { options });
    const code = await here.then(
      () => undefined,
      (error: { code?: string }) => error.code,
    );
    expect(code).toMatch(/\./);
    await expect(taken(file, "generic", { options, readers: thread })).rejects.toMatchObject({ code });
  }, 120_000);
});
