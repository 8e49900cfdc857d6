/** The UCI files against the archive: an hour shift or a unit slip would show at once. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { hasShared, shared } from "../shared.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

describe.skipIf(!hasShared)("PRSA over the archive of 2015", () => {
  let fixture: TemporaryStore;
  beforeAll(async () => {
    fixture = await temporaryStore();
    const now = new Date("2026-01-01T00:00:00Z");
    const { sql } = fixture.store;
    await ingestPath(fixture.store, "quotsoft", shared("data/quotsoft-beijing-2015.tar.gz"), { now });
    const alone = await temporaryStore();
    await ingestPath(alone.store, "prsa", shared("data/prsa"), { now });
    const [places, indicators, starts, values] = (await alone.store.sql.columns(
      `SELECT place, indicator::INTEGER, epoch_ms(start), (value::DECIMAL(30,8) * 100000000)::BIGINT FROM reading
       WHERE start >= TIMESTAMP '2014-12-31' AND start < TIMESTAMP '2016-01-02'`,
    )) as [number[], number[], bigint[], bigint[]];
    await alone.remove();
    await sql.run("CREATE TEMP TABLE prsa (place INTEGER, indicator INTEGER, start BIGINT, value BIGINT)");
    await sql.append("prsa", [
      { type: "int", values: places },
      { type: "int", values: indicators },
      { type: "bigint", values: starts },
      { type: "bigint", values: values },
    ]);
    await sql.run(`CREATE TEMP TABLE pair AS SELECT r.place, r.indicator, r.start, r.value AS archive,
        CAST(p.value AS DECIMAL(30,8)) / 100000000 AS prsa
      FROM reading r JOIN prsa p ON p.place = r.place AND p.indicator = r.indicator AND p.start = epoch_ms(r.start)`);
  });
  afterAll(() => fixture.remove());

  const share = async (condition: string, among = "true"): Promise<number> => {
    const { part } = await fixture.store.sql.one<{ part: number }>(
      `SELECT avg(CASE WHEN ${condition} THEN 1 ELSE 0 END)::DOUBLE AS part FROM pair WHERE ${among}`,
    );
    return part;
  };

  it("leaves at least 99.9 % of the shared values of August to December unchanged", async () => {
    expect(
      await share("archive = prsa", "start >= TIMESTAMP '2015-08-01' AND start < TIMESTAMP '2015-12-31'"),
    ).toBeGreaterThanOrEqual(0.999);
  });

  it("agrees in at least 98 % over the year once rounded half to even to PRSA's precision", async () => {
    const rounded = "CASE WHEN indicator = 5 THEN round_even(archive, 1) ELSE round_even(archive, 0) END";
    expect(await share(`${rounded} = prsa`)).toBeGreaterThanOrEqual(0.98);
  });

  it("agrees in at most 25 % when shifted by an hour either way", async () => {
    for (const hours of [-1, 1]) {
      const { part } = await fixture.store.sql.one<{ part: number }>(`SELECT avg(CASE WHEN
          CASE WHEN a.indicator = 5 THEN round_even(a.archive, 1) ELSE round_even(a.archive, 0) END = b.prsa THEN 1 ELSE 0 END)::DOUBLE AS part
        FROM pair a JOIN pair b ON a.place = b.place AND a.indicator = b.indicator AND b.start = a.start + INTERVAL (${hours}) HOUR`);
      expect(part).toBeLessThanOrEqual(0.25);
    }
  });
});
