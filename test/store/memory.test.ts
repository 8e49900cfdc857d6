/** What a process that stays may keep of the database. */
import { totalmem } from "node:os";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { limitMemory } from "../../src/store/memory.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

const MB = 2 ** 20;

describe("The memory of a database that stays open", () => {
  let temporary: TemporaryStore;
  beforeEach(async () => {
    temporary = await temporaryStore();
  });
  afterEach(() => temporary.remove());

  const heldMb = async (): Promise<number> => {
    const { bytes } = await temporary.store.sql.one<{ bytes: bigint }>(
      "SELECT sum(memory_usage_bytes)::BIGINT AS bytes FROM duckdb_memory()",
    );
    return Number(bytes) / MB;
  };

  it("ends at its limit, however much of a larger table is read", async () => {
    const { sql } = temporary.store;
    await limitMemory(sql, 40);
    // Hashes do not compress: 8 bytes each, 80 MB.
    await sql.run("CREATE TABLE large AS SELECT hash(range) AS h FROM range(10000000)");
    await sql.run("CHECKPOINT");
    const all = await sql.rows("SELECT count(DISTINCT h % 1000) AS n FROM large");
    expect(all).toEqual([{ n: 1000n }]);
    expect(await heldMb()).toBeLessThanOrEqual(40);
    await limitMemory(sql, 400);
    await sql.rows("SELECT count(DISTINCT h % 1000) AS n FROM large");
    expect(await heldMb()).toBeGreaterThan(60);
  });

  it("is at most half of the machine's unless told", async () => {
    const { sql } = temporary.store;
    await limitMemory(sql);
    const { text } = await sql.one<{ text: string }>("SELECT current_setting('memory_limit') AS text");
    const [, number, unit] = /^([\d.]+) ([MG])iB$/.exec(text) ?? [];
    const mb = Number(number) * (unit === "G" ? 1024 : 1);
    expect(mb).toBeGreaterThan(0);
    expect(mb).toBeLessThanOrEqual((totalmem() / MB) * 0.51);
  });
});
