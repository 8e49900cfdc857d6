/** What every readings engine promises, asked of each through the port. */
import fc from "fast-check";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { PlaceSeeds } from "../../src/store/port.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { engineCases, FEW_PLACES } from "./engines.ts";
import { ALL_TIME, heldRows, keyText, type Row, relationOf } from "./rows.ts";

const HOUR = 3_600_000;
const T0 = Date.UTC(2015, 2, 1);
const row = (change: Partial<Row> = {}): Row => ({
  place: 1,
  indicator: "pm25",
  start: T0,
  span: "hour",
  exact: 1_230_000_000n,
  flag: 0,
  grade: 0,
  batch: 1,
  ...change,
});

for (const { engine, available, yaml, stop } of engineCases()) {
  describe.skipIf(!available)(`Readings in ${engine}`, () => {
    const opened: TemporaryStore[] = [];
    const open = async (): Promise<TemporaryStore["store"]> => {
      const temporary = await temporaryStore(FEW_PLACES as PlaceSeeds, await yaml());
      opened.push(temporary);
      return temporary.store;
    };
    afterEach(async () => {
      for (const temporary of opened.splice(0)) await temporary.remove();
    });
    afterAll(stop);

    it("says which engine it is, and that it is well", async () => {
      const store = await open();
      expect(store.readings.engine).toBe(engine);
      await store.readings.insert(await relationOf(store, [row()]));
      expect(await store.readings.check()).toMatchObject({ ok: true });
    });

    it("gives back every row it was given, with every column", async () => {
      const store = await open();
      const rows = [
        row(),
        row({ start: T0 + HOUR, flag: 127, grade: 1, batch: 2 }),
        row({ place: 2, indicator: "o3", exact: 0n }),
        row({ place: 2, span: "day", exact: -550_000_000n, indicator: "temp" }),
        row({ span: "cumulative", exact: 1n }),
      ];
      await store.readings.insert(await relationOf(store, rows));
      expect(await heldRows(store)).toEqual([...rows].sort((a, b) => (keyText(a) < keyText(b) ? -1 : 1)));
    });

    it("keeps all 18 digits of a value", async () => {
      const store = await open();
      const rows = [
        row({ indicator: "algae", exact: 999_999_999_999_999_999n }),
        row({ indicator: "fc", exact: 9_007_199_254_740_993n }),
        row({ indicator: "temp", exact: -999_999_999_999_999_999n }),
      ];
      await store.readings.insert(await relationOf(store, rows));
      const held = await heldRows(store);
      expect(held.map((one) => [one.indicator, one.exact])).toEqual(rows.map((one) => [one.indicator, one.exact]));
    });

    it("takes both ends of a scope and nothing outside, of the places and indicators named", async () => {
      const store = await open();
      const hours = [0, 1, 2, 3].map((k) => row({ start: T0 + k * HOUR }));
      const others = [row({ place: 2, start: T0 + HOUR }), row({ indicator: "no2", start: T0 + HOUR })];
      await store.readings.insert(await relationOf(store, [...hours, ...others]));
      const scope = { from: T0 + HOUR, to: T0 + 2 * HOUR };
      expect((await heldRows(store, scope)).map(keyText)).toEqual(
        [hours[1], hours[2], ...others].map((one) => keyText(one as Row)).sort(),
      );
      expect(await heldRows(store, { ...scope, placeIds: [2] })).toEqual([others[0]]);
      expect(await heldRows(store, { ...scope, indicatorIds: [4] })).toEqual([others[1]]);
      expect(await heldRows(store, { ...scope, placeIds: [] })).toEqual([]);
      expect(await heldRows(store, { from: T0 + 1, to: T0 + HOUR - 1 })).toEqual([]);
    });

    it("replaces and removes by key, and takes a removed key again", async () => {
      const store = await open();
      const other = row({ start: T0 + HOUR });
      await store.readings.insert(await relationOf(store, [row(), other]));
      const changed = row({ exact: 5n, flag: 4, grade: 1, batch: 2 });
      await store.readings.replace(await relationOf(store, [changed]));
      expect(await heldRows(store)).toEqual([changed, other]);
      await store.readings.remove(await relationOf(store, [row()]));
      expect(await heldRows(store)).toEqual([other]);
      await store.readings.insert(await relationOf(store, [row({ batch: 3 })]));
      expect(await heldRows(store)).toEqual([row({ batch: 3 }), other]);
    });

    it("shows a transaction its own changes, and afterwards everyone", async () => {
      const store = await open();
      const late = row({ start: T0 + HOUR, batch: 2 });
      await store.readings.insert(await relationOf(store, [row()]));
      await store.sql.transaction(async () => {
        await store.readings.insert(await relationOf(store, [late]));
        await store.readings.replace(await relationOf(store, [row({ exact: 7n })]));
        expect(await heldRows(store)).toEqual([row({ exact: 7n }), late]);
        await store.readings.remove(await relationOf(store, [late]));
        expect(await heldRows(store)).toEqual([row({ exact: 7n })]);
        await store.readings.insert(await relationOf(store, [late]));
      });
      expect(await heldRows(store)).toEqual([row({ exact: 7n }), late]);
    });

    it("keeps nothing of a transaction that failed", async () => {
      const store = await open();
      await store.readings.insert(await relationOf(store, [row()]));
      const failed = store.sql.transaction(async () => {
        await store.readings.replace(await relationOf(store, [row({ exact: 9n })]));
        await store.readings.insert(await relationOf(store, [row({ start: T0 + HOUR })]));
        throw new Error("on purpose");
      });
      await expect(failed).rejects.toThrow("on purpose");
      expect(await heldRows(store)).toEqual([row()]);
    });

    it("holds after any run of changes what a table in memory holds", async () => {
      const someKey = fc.record({
        place: fc.constantFrom(1, 2),
        indicator: fc.constantFrom("pm25", "o3"),
        start: fc.integer({ min: 0, max: 3 }).map((k) => T0 + k * HOUR),
        span: fc.constantFrom("hour" as const, "day" as const),
      });
      const someRow = fc.record({
        exact: fc.bigInt(0n, 10n ** 11n),
        flag: fc.nat(3),
        batch: fc.integer({ min: 1, max: 9 }),
      });
      const step = fc.record({
        keys: fc.uniqueArray(someKey, { selector: keyText, minLength: 1, maxLength: 6 }),
        value: someRow,
        remove: fc.boolean(),
        fails: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
          const store = await open();
          const table = new Map<string, Row>();
          for (const { keys, value, remove, fails } of steps) {
            const rows = keys.map((key) => ({ ...key, ...value, grade: 0 }));
            const known = rows.filter((one) => table.has(keyText(one)));
            const fresh = rows.filter((one) => !table.has(keyText(one)));
            const work = store.sql.transaction(async () => {
              if (remove) await store.readings.remove(await relationOf(store, known));
              else {
                await store.readings.insert(await relationOf(store, fresh));
                await store.readings.replace(await relationOf(store, known));
              }
              if (fails) throw new Error("on purpose");
            });
            await work.catch(() => undefined);
            if (fails) continue;
            if (remove) for (const one of known) table.delete(keyText(one));
            else for (const one of rows) table.set(keyText(one), one);
          }
          const expected = [...table.values()].sort((a, b) => (keyText(a) < keyText(b) ? -1 : 1));
          expect(await heldRows(store, ALL_TIME)).toEqual(expected);
        }),
        { numRuns: 12 },
      );
    });
  });
}
