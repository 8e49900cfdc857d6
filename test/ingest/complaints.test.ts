/** Hotline exports: counts come in, persons stay out. */
import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { writeXlsx } from "hucre";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BatchResult, ingestPath } from "../../ingest/pipeline.ts";
import { undoBatch } from "../../ingest/undo.ts";
import { batchFiles } from "../../src/store/batches.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

let fixture: TemporaryStore;
beforeEach(async () => {
  fixture = await temporaryStore();
});
afterEach(() => fixture.remove());

const NOW = new Date("2026-01-01T00:00:00Z");
/** Texts no file of the store may hold. */
const SECRETS = ["欧阳翠花", "13912345678", "每天凌晨两点楼下烧烤店吵得孩子睡不着", "司马建国", "13887654321"];

const HEAD = [
  "工单编号",
  "问题分类",
  "标题",
  "主要内容",
  "来电人",
  "来电人电话/账号",
  "被反映区",
  "被反映街乡镇",
  "来电/受理时间",
  "是否解决",
  "是否满意",
];
const row = (id: string, category: string, township: string, time: string, solved = "是"): readonly string[] => [
  id,
  category,
  `关于${SECRETS[2]}`,
  `${SECRETS[2]}，请处理,谢谢`,
  SECRETS[0] ?? "",
  SECRETS[1] ?? "",
  "朝阳区",
  township,
  time,
  solved,
  "满意",
];
const ROWS = [
  row("A1", "城市管理->噪声扰民->社会生活噪声", "八里庄街道", "2024-03-05 23:10:00"),
  row("A2", "城市管理->噪声扰民->施工噪声", "八里庄街道", "2024/3/5 7:00"),
  row("A3", "城市管理->噪声扰民->施工噪声", "将台乡", "2024年3月7日 1:00", "否"),
  row("A4", "城市管理->占道经营", "将台乡", "2024-03-06 08:00"),
  row("A5", "城市管理->噪声扰民->交通噪声", "朝外大街", "2024-03-06 08:00"),
  // A row whose cells moved: the caller's name stands where the township should be.
  [
    "A6",
    "噪声",
    "x",
    "y",
    "z",
    "w",
    SECRETS[4] ?? "",
    SECRETS[3] ?? "",
    "2024-03-06 08:00",
    SECRETS[3] ?? "",
    SECRETS[2] ?? "",
  ],
];

const csv = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((cells) => cells.map((cell) => (/[,"\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(","))
    .join("\r\n");

const take = async (name: string, bytes: string | Uint8Array, format = "complaints"): Promise<BatchResult> => {
  const path = join(fixture.dir, name);
  await writeFile(path, bytes);
  const [batch] = await ingestPath(fixture.store, format, path, { now: NOW });
  return batch as BatchResult;
};

const counts = async (): Promise<readonly string[]> =>
  (
    await fixture.store.sql.rows<{ name: string; start: string; value: bigint }>(
      `SELECT p.name, (start + INTERVAL 8 HOUR)::DATE::VARCHAR AS start, value FROM reading r JOIN place p ON p.id = r.place
       WHERE indicator = 62 AND value > 0 ORDER BY ALL`,
    )
  ).map((one) => `${one.name} ${one.start} ${one.value / 100_000_000n}`);

/** All bytes of the store's folder, compressed ones unpacked. */
function bytesOfStore(): Buffer {
  const dir = fixture.store.dir;
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Buffer.concat(
    files.map((entry) => {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      return entry.name.endsWith(".gz") ? gunzipSync(bytes) : bytes;
    }),
  );
}

describe("A hotline export", () => {
  it("is counted by day and township; other matters are not taken, unknown townships rejected", async () => {
    const batch = await take("export.csv", csv([HEAD, ...ROWS]));
    expect(batch).toMatchObject({ read: 5, inserted: 3, rejected: 2, ignored: 1 });
    expect(await counts()).toEqual(["八里庄街道 2024-03-05 2", "将台地区 2024-03-07 1"]);
  });

  it.each([
    ["CSV", async () => take("export.csv", csv([HEAD, ...ROWS]))],
    ["CSV found by itself", async () => take("export.csv", csv([HEAD, ...ROWS]), "auto")],
    [
      "workbook",
      async () =>
        take(
          "export.xlsx",
          new Uint8Array(
            await writeXlsx({ sheets: [{ name: "工单", rows: [["三月工单"], HEAD, ...ROWS].map((one) => [...one]) }] }),
          ),
        ),
    ],
    [
      "file with another head, refused",
      async () => take("export.csv", csv([HEAD.map((head) => `甲${head}`), ...ROWS]), "auto"),
    ],
  ])("leaves no name, phone or word of a caller anywhere in the store: %s", async (_, make) => {
    await make();
    await fixture.store.sql.run("CHECKPOINT");
    const bytes = bytesOfStore();
    expect(bytes.length).toBeGreaterThan(1000);
    for (const secret of SECRETS) expect(bytes.includes(Buffer.from(secret)), secret).toBe(false);
  });

  it("counts a work order once, however often and in whatever file it comes", async () => {
    await take("first.csv", csv([HEAD, ...ROWS.slice(0, 1)]));
    const second = await take("second.csv", csv([HEAD, ...ROWS.slice(0, 3)]));
    expect(second).toMatchObject({ read: 3, inserted: 2, unchanged: 1 });
    expect(await counts()).toEqual(["八里庄街道 2024-03-05 2", "将台地区 2024-03-07 1"]);
    const moved = row("A1", "噪声扰民->社会生活噪声", "将台乡", "2024-03-05 23:10:00");
    expect(await take("third.csv", csv([HEAD, moved]))).toMatchObject({ corrected: 1 });
    expect(await counts()).toEqual(["八里庄街道 2024-03-05 1", "将台地区 2024-03-05 1", "将台地区 2024-03-07 1"]);
  });

  it("is gone without a trace in the counts when its batch is undone", async () => {
    const batch = await take("first.csv", csv([HEAD, ...ROWS]));
    await undoBatch(fixture.store, batch.id ?? 0, NOW);
    expect(await counts()).toEqual([]);
    expect(await take("again.csv", csv([HEAD, ...ROWS]))).toMatchObject({ inserted: 3 });
  });

  it("is kept scrubbed in a form that gives the same counts when read again", async () => {
    const batch = await take("export.csv", csv([HEAD, ...ROWS]));
    const [file] = await batchFiles(fixture.store.sql, batch.id ?? 0);
    const kept = await fixture.store.originals.get(file?.original ?? "");
    const again = await take("kept.csv", kept);
    expect(again).toMatchObject({ read: 5, unchanged: 3, rejected: 2, ignored: 1 });
  });
});
