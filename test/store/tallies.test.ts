import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compare, exact, ratio } from "../../src/domain/exact.ts";
import { currentTallies, type Tally } from "../../src/domain/tally.ts";
import { parseDay } from "../../src/domain/time.ts";
import { addTallies, listTallies } from "../../src/store/tallies.ts";
import { setTarget, targetSettings } from "../../src/store/target-settings.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";

const AT = new Date("2024-07-15T00:00:00Z");
const entry = (more: Partial<Tally> = {}): Tally => ({
  target: "2024-water-8.2-permit-reports",
  part: "",
  date: parseDay("2024-06-30"),
  kind: "snapshot",
  value: ratio(100n, 3n),
  unit: "%",
  numerator: exact(1),
  denominator: exact(3),
  base: undefined,
  reporter: "甲",
  department: "甲局",
  note: "六月汇总",
  ...more,
});

describe("Tallies in the store", () => {
  let home: TemporaryStore;
  beforeAll(async () => {
    home = await temporaryStore();
  });
  afterAll(async () => home.remove());

  it("come back exactly as they were handed in, fractions too", async () => {
    expect(await addTallies(home.store.sql, [entry()], AT)).toEqual({ inserted: 1, corrected: 0, unchanged: 0 });
    const [held] = await listTallies(home.store.sql);
    expect(held).toMatchObject({ ...entry(), id: 1, enteredAt: AT.getTime() });
  });
  it("add nothing when handed in a second time", async () => {
    expect(await addTallies(home.store.sql, [entry()], AT)).toEqual({ inserted: 0, corrected: 0, unchanged: 1 });
    expect(await listTallies(home.store.sql)).toHaveLength(1);
  });
  it("are corrected by a newer row, and the old one stays", async () => {
    const corrected = entry({ value: exact(50), numerator: exact(1), denominator: exact(2) });
    expect(await addTallies(home.store.sql, [corrected], AT)).toEqual({ inserted: 0, corrected: 1, unchanged: 0 });
    const all = await listTallies(home.store.sql);
    expect(all).toHaveLength(2);
    const [current] = currentTallies(all);
    expect(current !== undefined && compare(current.value, exact(50)) === 0).toBe(true);
  });
  it("keep all rows of a hand-in or none", async () => {
    const broken = { ...entry({ part: "乙" }), note: undefined as unknown as string };
    await expect(addTallies(home.store.sql, [entry({ part: "甲" }), broken], AT)).rejects.toThrow();
    expect(await listTallies(home.store.sql)).toHaveLength(2);
  });
});

describe("What people set for targets", () => {
  let home: TemporaryStore;
  beforeAll(async () => {
    home = await temporaryStore();
  });
  afterAll(async () => home.remove());

  it("is nothing at first, and the last setting counts", async () => {
    const setting = { external: undefined, setBy: "甲", note: "局务会", setAt: AT.getTime() };
    expect((await targetSettings(home.store.sql)).size).toBe(0);
    await setTarget(home.store.sql, "dust", { ...setting, tolerance: exact("0.5") });
    await setTarget(home.store.sql, "dust", { ...setting, tolerance: exact("0.8") });
    const held = (await targetSettings(home.store.sql)).get("dust");
    expect(held?.tolerance !== undefined && compare(held.tolerance, exact("0.8")) === 0).toBe(true);
    expect(await home.store.sql.rows("SELECT id FROM target_setting")).toHaveLength(2);
  });
});
