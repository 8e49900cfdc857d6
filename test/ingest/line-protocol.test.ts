/** The line protocol as loggers and Telegraf write it, and duibiao's own layout coming back. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseLine } from "../../ingest/line-parse.ts";
import { type BatchResult, ingestPath } from "../../ingest/pipeline.ts";
import type { PlaceSeeds } from "../../src/store/port.ts";
import { FEW_PLACES } from "../store/engines.ts";
import { heldRows } from "../store/rows.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

const T0 = Date.UTC(2015, 2, 1);
/** Midnight in Beijing. */
const MARCH = Date.UTC(2015, 1, 28, 16);

describe("Format line-protocol", () => {
  let temporary: TemporaryStore;
  beforeEach(async () => {
    temporary = await temporaryStore(FEW_PLACES as PlaceSeeds);
  });
  afterEach(() => temporary.remove());

  const ingest = async (format: string, ...lines: readonly string[]): Promise<BatchResult> => {
    const path = join(temporary.dir, "dump.lp");
    await writeFile(path, `${lines.join("\n")}\n`);
    const [batch] = await ingestPath(temporary.store, format, path, { now: new Date("2026-01-01T00:00:00Z") });
    if (batch === undefined) throw new Error("no batch");
    return batch;
  };
  const held = async () =>
    (await heldRows(temporary.store)).map(({ place, indicator, start, span, exact }) => [
      place,
      indicator,
      start,
      span,
      exact,
    ]);

  it("reads a parsed line with its escapes, quotes and type letters", () => {
    const line = parseLine(
      String.raw`a\ b,k\,1=v\ 2,z=\=x f=1.5e1,n=-3i,u=7u,t="say \"a, b=c\" once",ok=true 1425168000`,
    );
    expect(line?.measurement).toBe("a b");
    expect([...(line?.tags ?? [])]).toEqual([
      ["k,1", "v 2"],
      ["z", "=x"],
    ]);
    expect([...(line?.fields ?? [])]).toEqual([
      ["f", "1.5e1"],
      ["n", "-3"],
      ["u", "7"],
      ["t", 'say "a, b=c" once'],
      ["ok", "true"],
    ]);
    expect(line?.time).toBe("1425168000");
  });

  it("takes seconds, milliseconds, microseconds and nanoseconds for the same instant", async () => {
    const batch = await ingest(
      "auto",
      "# a dump",
      `air,station=甲站 pm25=35 ${T0 / 1000}`,
      `air,station=甲站 pm10=80i ${T0}`,
      `air,site=1001A so2=4.5 ${T0}000`,
      `air,place=1001A no2=20 ${T0}000000`,
    );
    expect(batch).toMatchObject({ format: "line-protocol", unit: "cell", read: 4, inserted: 4, rejected: 0 });
    expect(await held()).toEqual([
      [1, "no2", T0, "hour", 2_000_000_000n],
      [1, "pm10", T0, "hour", 8_000_000_000n],
      [1, "pm25", T0, "hour", 3_500_000_000n],
      [1, "so2", T0, "hour", 450_000_000n],
    ]);
  });

  it("counts what is no indicator as ignored, and never lets a quoted text swallow the next line", async () => {
    const batch = await ingest(
      "line-protocol",
      String.raw`air,host=x,place=1001A pm25=1,uptime=99i,msg="5\" pipe" ${T0}`,
      `air,place=1001A pm25=2 ${T0 + 3_600_000}`,
    );
    expect(batch).toMatchObject({ read: 2, inserted: 2, ignored: 2 });
  });

  it("converts by the tag unit and rejects a unit that measures something else", async () => {
    const batch = await ingest(
      "line-protocol",
      `air,place=1001A,unit=µg/m³ co=900 ${T0}`,
      `air,place=1001A,unit=mg/L pm25=1 ${T0}`,
    );
    expect(batch).toMatchObject({ read: 2, inserted: 1, rejected: 1, rejects: [{ reason: "unit.unknown", count: 1 }] });
    expect(await held()).toEqual([[1, "co", T0, "hour", 90_000_000n]]);
  });

  it("rejects each value it cannot use, with the reason", async () => {
    const batch = await ingest(
      "line-protocol",
      `air,place=1001A pm25=1 ${T0 + 60_000}`,
      `air,place=1001A,span=sample pm25=1 ${T0 + 60_000}`,
      "air,place=1001A pm25=1",
      "air,place=1001A pm25=1 12345",
      `air,place=nowhere pm25=1,pm10=2 ${T0}`,
      `air,place=1001A pm25=true ${T0}`,
      `air,place=1001A,span=fortnight pm25=1 ${T0}`,
      `air,place=1001A,span=day pm25=1 ${T0}`,
      "this is prose, not a point",
    );
    expect(batch.rejects.map(({ reason, count }) => `${reason} ${count}`).sort()).toEqual([
      "cell.not-a-number 1",
      "period.unknown 1",
      "place.unknown 2",
      "row.bad-time 3",
      "row.field-count 1",
      "row.no-time 1",
    ]);
    expect(batch).toMatchObject({ read: 10, inserted: 1, rejected: 9 });
  });

  it("takes its own layout back: exact value, span, flag; a voided point is nothing", async () => {
    const tags = String.raw`reading,indicator=algae,place=b\ 2\,c\=3,span=month`;
    const batch = await ingest(
      "line-protocol",
      `${tags} batch=3i,exact=899999999912345678i,flag=33i,grade=0i,value=8.99e9,void=0i ${MARCH}`,
      `reading,indicator=pm25,place=1001A,span=hour batch=3i,exact=0i,flag=0i,grade=0i,value=0,void=1i ${T0}`,
    );
    expect(batch).toMatchObject({ read: 1, inserted: 1, ignored: 1, rejects: [] });
    expect(await heldRows(temporary.store)).toEqual([
      {
        place: 2,
        indicator: "algae",
        start: MARCH,
        span: "month",
        exact: 899_999_999_912_345_678n,
        flag: 33,
        grade: 0,
        batch: 1,
      },
    ]);
  });
});
