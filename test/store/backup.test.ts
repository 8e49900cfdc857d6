/** A backup taken while others write, and of a store whose readings lie elsewhere. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { examine } from "../../src/analysis/doctor.ts";
import { backupStore, restoreStore } from "../../src/store/backup.ts";
import { digestOf } from "../../src/store/digest.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/port.ts";
import { STATION_SEEDS, sourceFolder } from "../crash/source-files.ts";
import { hasInfluxd, influxServer } from "../influx/server.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { emptyDatabase } from "./engines.ts";

const NOW = new Date("2026-01-01T00:00:00Z");

describe("A backup", () => {
  let dir: string;
  let temporary: TemporaryStore | undefined;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "backup-"));
  });
  afterEach(async () => {
    await temporary?.remove();
    temporary = undefined;
    rmSync(dir, { recursive: true, force: true });
  });
  const filled = async (yaml?: string): Promise<Store> => {
    temporary = await temporaryStore(STATION_SEEDS, yaml);
    const { store } = temporary;
    const folder = sourceFolder(join(dir, "days"), { first: 1, days: 3, shift: 0 });
    await ingestPath(store, "quotsoft", folder, { now: NOW });
    return store;
  };
  const restored = async <T>(file: string, work: (store: Store) => Promise<T>): Promise<T> => {
    await restoreStore(file, join(dir, "again"));
    const again = await openStore(join(dir, "again"), { seeds: STATION_SEEDS });
    try {
      expect((await examine(again)).filter(({ ok }) => !ok)).toEqual([]);
      return await work(again);
    } finally {
      await again.close();
    }
  };

  it("holds one instant of a store that is written to meanwhile, never half of a transaction", async () => {
    const store = await filled();
    const writer = await store.connect();
    let going = true;
    let written = 0;
    const writing = (async () => {
      while (going) {
        written += 1;
        await writer.transaction(async () => {
          await writer.run("INSERT INTO target_setting VALUES (?, 'a', NULL, NULL, '甲', '', 1)", [2 * written]);
          await writer.run("INSERT INTO target_setting VALUES (?, 'b', NULL, NULL, '甲', '', 1)", [2 * written + 1]);
        });
        if (written % 10 === 0) await writer.run("CHECKPOINT").catch(() => undefined);
      }
    })();
    while (written < 5) await new Promise((resolve) => setTimeout(resolve, 1));
    const file = join(dir, "b.tar.gz");
    await backupStore(store, file);
    const atEnd = written;
    going = false;
    await writing;
    const { a, b } = await restored(file, (again) =>
      again.sql.one<{ a: bigint; b: bigint }>(
        "SELECT count(*) FILTER (target = 'a') AS a, count(*) FILTER (target = 'b') AS b FROM target_setting",
      ),
    );
    expect(a).toBe(b);
    expect(Number(a)).toBeGreaterThanOrEqual(4);
    expect(Number(a)).toBeLessThanOrEqual(atEnd);
    expect(readdirSync(dir).filter((name) => name.startsWith("b."))).toEqual(["b.tar.gz"]);
  });

  it("leaves the store its own: no other process can open it afterwards", async () => {
    const store = await filled();
    await backupStore(store, join(dir, "b.tar.gz"));
    const script = `import { DuckDBInstance } from "@duckdb/node-api";
      await DuckDBInstance.create(${JSON.stringify(join(store.dir, "duibiao.duckdb"))});`;
    const { stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/lock/i);
  });

  it.skipIf(!hasInfluxd)("of a store on InfluxDB holds the readings themselves and needs no server", async () => {
    const server = await influxServer();
    try {
      const store = await filled(await emptyDatabase(server, "kept"));
      const before = await digestOf(store);
      await backupStore(store, join(dir, "b.tar.gz"));
      expect(await digestOf(store)).toEqual(before);
      await server.kill();
      await restored(join(dir, "b.tar.gz"), async (again) => {
        expect(again.readings.engine).toBe("duckdb");
        expect(await digestOf(again)).toEqual(before);
      });
      expect(readFileSync(join(dir, "again", "store.yaml"), "utf8")).toContain("engine: duckdb");
    } finally {
      await server.stop();
    }
  });
});
