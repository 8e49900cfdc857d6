import { describe, expect, it } from "vitest";
import { fault } from "../../src/domain/faults.ts";
import { type ScheduledJob, schedulerOf } from "../../src/server/schedule/scheduler.ts";
import { jobRuns, saveJobSetting } from "../../src/store/schedules.ts";
import { temporaryStore } from "../store-fixture.ts";

const at = (text: string) => new Date(`${text}:00+08:00`);

/** A scheduler over a real store, its clock in hand; a second one stands for a restart. */
async function bench(...made: readonly (Partial<ScheduledJob> & Pick<ScheduledJob, "name">)[]) {
  const { store, remove } = await temporaryStore();
  let now = at("2026-11-24T01:00");
  const ran: string[] = [];
  const jobs = made.map(
    (one): ScheduledJob => ({
      zh: one.name,
      cron: "30 2 * * *",
      run: async () => {
        ran.push(one.name);
        return "好";
      },
      ...one,
    }),
  );
  const begin = () =>
    schedulerOf({
      jobs,
      read: (work) => work(store.sql),
      write: (work) => work(store.sql),
      now: () => now,
      ended: () => undefined,
      crashed: () => undefined,
    });
  return {
    ran,
    store,
    begin,
    remove,
    clock: (text: string) => {
      now = at(text);
    },
  };
}

describe("scheduled jobs", () => {
  it("run once when their time has come, and say when they run next", async () => {
    const { ran, clock, begin, remove } = await bench({ name: "backup" });
    const scheduler = begin();
    await scheduler.tick();
    expect(ran).toEqual([]);
    clock("2026-11-24T02:30");
    await scheduler.tick();
    await scheduler.tick();
    expect(ran).toEqual(["backup"]);
    const [state] = await scheduler.states();
    expect(state).toMatchObject({ next: at("2026-11-25T02:30").getTime(), last: { outcome: "done", detail: "好" } });
    await remove();
  });

  it("are looked at again after a store that could not be read, which is told and ends nothing", async () => {
    const { store, remove } = await temporaryStore();
    const told: string[] = [];
    let broken = true;
    const ran: string[] = [];
    let now = at("2026-11-24T01:00");
    const scheduler = schedulerOf({
      jobs: [{ name: "backup", zh: "备份", cron: "30 2 * * *", run: async () => String(ran.push("backup")) }],
      read: (work) => (broken ? Promise.reject(fault("store.not-written", { reason: "EIO" })) : work(store.sql)),
      write: (work) => work(store.sql),
      now: () => now,
      ended: () => undefined,
      crashed: (job) => told.push(job),
    });
    now = at("2026-11-24T02:30");
    await scheduler.tick();
    expect([ran, told]).toEqual([[], ["schedule"]]);
    broken = false;
    await scheduler.tick();
    expect([ran, told]).toEqual([["backup"], ["schedule"]]);
    await remove();
  });

  it("tell who ran one by hand that its run could not be written down, and go on", async () => {
    const { store, remove } = await temporaryStore();
    let broken = true;
    const ran: string[] = [];
    const scheduler = schedulerOf({
      jobs: [{ name: "backup", zh: "备份", cron: undefined, run: async () => String(ran.push("backup")) }],
      read: (work) => work(store.sql),
      write: (work) => (broken ? Promise.reject(fault("store.not-written", { reason: "EIO" })) : work(store.sql)),
      now: () => at("2026-11-24T01:00"),
      ended: () => undefined,
      crashed: () => undefined,
    });
    await expect(scheduler.runNow("backup")).rejects.toMatchObject({ code: "store.not-written" });
    broken = false;
    await scheduler.runNow("backup");
    expect(ran).toEqual(["backup", "backup"]);
    expect((await scheduler.states()).map(({ running, last }) => [running, last?.outcome])).toEqual([[false, "done"]]);
    await remove();
  });

  it("make up once for what fell into a time when nothing ran", async () => {
    const { ran, clock, begin, remove } = await bench({ name: "backup" });
    clock("2026-11-24T02:31");
    const first = begin();
    clock("2026-11-25T02:30");
    await first.tick();
    await first.stop();
    clock("2026-11-29T09:00");
    const second = begin();
    await second.tick();
    await second.tick();
    expect(ran).toEqual(["backup", "backup"]);
    await remove();
  });

  it("begin at once when they never ran and fetch what there is, else wait for their first time", async () => {
    const { ran, begin, remove } = await bench({ name: "source:a", eager: true }, { name: "backup" });
    await begin().tick();
    expect(ran).toEqual(["source:a"]);
    await remove();
  });

  it("never run twice at a time, and one after the other", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const order: string[] = [];
    const slow = async () => {
      order.push("slow begins");
      await held;
      order.push("slow ends");
      return "好";
    };
    const { clock, begin, remove } = await bench(
      { name: "slow", run: slow },
      { name: "other", run: async () => String(order.push("other")) },
    );
    const scheduler = begin();
    clock("2026-11-24T02:30");
    const ticking = scheduler.tick();
    await expect.poll(() => order).toEqual(["slow begins"]);
    await expect(scheduler.runNow("slow")).rejects.toMatchObject({ code: "schedule.running" });
    await scheduler.tick();
    release();
    await ticking;
    expect(order).toEqual(["slow begins", "slow ends", "other"]);
    await remove();
  });

  it("keep why they failed, and try again at the next time only", async () => {
    let tries = 0;
    const failing = async () => {
      tries += 1;
      throw fault("schedule.source", { name: "a", reason: "HTTP 503" });
    };
    const { store, clock, begin, remove } = await bench({ name: "backup", run: failing });
    const scheduler = begin();
    clock("2026-11-24T02:30");
    await scheduler.tick();
    await scheduler.tick();
    expect(tries).toBe(1);
    expect(await jobRuns(store.sql, "backup", 10)).toMatchObject([
      { outcome: "failed", detail: "来源 a 没有成功：HTTP 503" },
    ]);
    await remove();
  });

  it("follow other times and a pause as soon as somebody sets them", async () => {
    const { ran, store, clock, begin, remove } = await bench({ name: "backup" });
    const scheduler = begin();
    const set = (cron: string | undefined, paused: boolean) =>
      saveJobSetting(store.sql, { job: "backup", cron, paused, by: "甲", at: 1 });
    await set(undefined, true);
    clock("2026-11-24T02:30");
    await scheduler.tick();
    expect(ran).toEqual([]);
    await set("0 5 * * *", false);
    await scheduler.tick();
    expect(ran).toEqual([]);
    expect((await scheduler.states())[0]?.next).toBe(at("2026-11-24T05:00").getTime());
    clock("2026-11-24T05:00");
    await scheduler.tick();
    expect(ran).toEqual(["backup"]);
    await remove();
  });

  it("begin nothing more once stopped, and refuse a name nobody has", async () => {
    const { ran, clock, begin, remove } = await bench({ name: "backup" });
    const scheduler = begin();
    await expect(scheduler.runNow("none")).rejects.toMatchObject({ code: "schedule.unknown" });
    await scheduler.stop();
    clock("2026-11-24T02:30");
    await scheduler.tick();
    expect(ran).toEqual([]);
    await remove();
  });
});
