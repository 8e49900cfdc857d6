/** `store copy`: both ways, resumed, over leftovers, and what `store.yaml` and the catalogue say meanwhile. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { undoBatch } from "../../ingest/undo.ts";
import type { Effects } from "../../src/cli/command.ts";
import { parseArguments } from "../../src/cli/parse.ts";
import { storeCopy } from "../../src/cli/store-copy.ts";
import { Fault } from "../../src/domain/faults.ts";
import { digestOf } from "../../src/store/digest.ts";
import { openStore } from "../../src/store/open.ts";
import type { PlaceSeeds, Store } from "../../src/store/port.ts";
import { hasInfluxd, type InfluxServer, influxServer } from "../influx/server.ts";
import { emptyDatabase, FEW_PLACES } from "./engines.ts";

const NOW = new Date("2026-01-01T00:00:00Z");
const seeds = FEW_PLACES as PlaceSeeds;
const HOUR = 3_600_000;

describe.skipIf(!hasInfluxd)("Moving the readings of a store", () => {
  let server: InfluxServer;
  let dir: string;
  let made = 0;
  beforeAll(async () => {
    server = await influxServer();
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "copy-"));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const yaml = async (engine: string): Promise<void> => {
    made += 1;
    const text = await emptyDatabase(server, `copy${made}`);
    await writeFile(join(dir, "store.yaml"), `# kept\n${text.replace("engine: influxdb", `engine: ${engine}`)}`);
  };
  const withStore = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore(dir, { create: true, seeds });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  const copy = async (to: string): Promise<string> => {
    let store: Store | undefined;
    const lines: string[] = [];
    const effects = {
      lang: "zh",
      storeDir: dir,
      now: () => NOW,
      openStore: async (how: { readonly asHeld?: boolean } = {}) => {
        store ??= await openStore(dir, { seeds, ...how });
        return store;
      },
      out: (line: string) => lines.push(line),
      progress: () => undefined,
    } as unknown as Effects;
    try {
      const { words, options } = parseArguments(storeCopy, ["--to", to, "--json"]);
      expect(await storeCopy.run(words, options, effects)).toBe(0);
      return lines.join("\n");
    } finally {
      await store?.close();
    }
  };
  /** Three months of readings of which a second batch corrects some. */
  const fill = async (store: Store): Promise<void> => {
    for (const [name, step, value] of [
      ["first", 1, 10],
      ["second", 5, 20],
    ] as const) {
      const lines: string[] = [];
      for (let k = 0; k < 90 * 24; k += step) {
        const time = Date.UTC(2015, 0, 1) + k * HOUR;
        lines.push(`air,place=1001A pm25=${value + (k % 7)},o3=${k % 90} ${time}`);
      }
      await writeFile(join(dir, `${name}.lp`), `${lines.join("\n")}\n`);
      await ingestPath(store, "line-protocol", join(dir, `${name}.lp`), { now: NOW });
    }
  };
  const changedIn = (json: string): number => (JSON.parse(json) as { changed: number }).changed;

  it("keeps content, batches and undo, there and back, and leaves the rest of store.yaml alone", async () => {
    await yaml("duckdb");
    const before = await withStore(async (store) => {
      await fill(store);
      return await digestOf(store);
    });
    await copy("influxdb");
    expect(await readFile(join(dir, "store.yaml"), "utf8")).toMatch(/^# kept\nreadings:\n {2}engine: influxdb\n/);
    await withStore(async (store) => {
      expect(store.readings.engine).toBe("influxdb");
      expect(await digestOf(store)).toEqual(before);
      expect(await store.sql.rows("SELECT 1 AS x FROM reading LIMIT 1")).toEqual([]);
      await undoBatch(store, 2, NOW);
    });
    await copy("duckdb");
    await withStore(async (store) => {
      expect(store.readings.engine).toBe("duckdb");
      const { n } = await store.sql.one<{ n: bigint }>("SELECT count(*) AS n FROM reading WHERE batch = 1");
      expect(n).toBe(BigInt(90 * 24 * 2));
    });
  });

  it("writes into a target used before only what differs, and takes out what is too much", async () => {
    await yaml("duckdb");
    await withStore(fill);
    await copy("influxdb");
    await copy("duckdb");
    await withStore((store) => undoBatch(store, 2, NOW));
    const changed = changedIn(await copy("influxdb"));
    const corrected = await withStore(
      async (store) => (await store.sql.one<{ n: bigint }>("SELECT count(*) AS n FROM history WHERE batch_to = 2")).n,
    );
    expect(BigInt(changed)).toBe(corrected);
    expect(await copy("influxdb")).toContain('"already":true');
  });

  it("goes on after the months that were acknowledged before it was interrupted", async () => {
    await yaml("duckdb");
    await withStore(async (store) => {
      await fill(store);
      const march = Date.UTC(2015, 1, 28, 16);
      await store.setMeta(`copy:${server.url}/copy${made}`, `${march} 2`);
    });
    const error = await copy("influxdb").then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    // January and February were never really there: the digest sees it, nothing is switched, and the next run mends it.
    expect(error).toBeInstanceOf(Fault);
    expect((error as Fault).code).toBe("store.copy-differs");
    await withStore(async (store) => expect(store.readings.engine).toBe("duckdb"));
    expect(changedIn(await copy("influxdb"))).toBeGreaterThan(0);
    await withStore(async (store) => expect(store.readings.engine).toBe("influxdb"));
  });

  it("is asked for when store.yaml wants another engine than the one that holds the readings", async () => {
    await withStore(fill);
    await yaml("influxdb");
    const error = await withStore(async () => undefined).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect((error as Fault).code).toBe("store.engine-differs");
    await copy("influxdb");
    await withStore(async (store) => expect(store.readings.engine).toBe("influxdb"));
  });

  it("finishes store.yaml on the next start when it died just before", async () => {
    await yaml("duckdb");
    await withStore(fill);
    await copy("influxdb");
    const text = await readFile(join(dir, "store.yaml"), "utf8");
    await withStore((store) => store.setMeta("engine moved", ""));
    await writeFile(join(dir, "store.yaml"), text.replace("engine: influxdb", "engine: duckdb"));
    await withStore(async (store) => expect(store.readings.engine).toBe("influxdb"));
    expect(await readFile(join(dir, "store.yaml"), "utf8")).toBe(text);
  });
});
