import { mkdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseSources } from "../../../ingest/sources/config.ts";
import { startSchedules } from "../../../ingest/sources/schedule.ts";
import { Fault } from "../../../src/domain/faults.ts";
import type { SourceRun } from "../../../src/store/source-runs.ts";
import { temporaryStore } from "../../store-fixture.ts";

const effects = { now: () => new Date("2026-01-01T00:00:00Z"), sleep: async () => undefined, random: () => 0 };

describe("Schedules", () => {
  it("run each source at the start, one after the other, and stop when told", async () => {
    const fixture = await temporaryStore();
    const dirs = ["a", "b"].map((name) => join(fixture.dir, name));
    for (const [k, dir] of dirs.entries()) {
      await mkdir(dir);
      await writeFile(
        join(dir, "t.csv"),
        `place,period,indicator,value,unit\n将台乡,2024-03-0${k + 1},tsp,100,µg/m³\n`,
      );
      await utimes(join(dir, "t.csv"), 1_700_000_000, 1_700_000_000);
    }
    const text = dirs
      .map((dir, k) => `  - {name: s${k}, kind: folder, format: auto, path: ${dir}, schedule: "0 0 1 1 *"}\n`)
      .join("");
    const runs: SourceRun[] = [];
    const seen = new Promise<void>((resolve) => {
      const running = startSchedules(fixture.store, parseSources(`sources:\n${text}`, "s"), effects, {
        ran: (run) => {
          runs.push(run);
          if (runs.length === 2) void running.stop().then(resolve);
        },
        crashed: (_, problem) => {
          throw problem;
        },
      });
    });
    await seen;
    expect(runs.map((run) => [run.source, run.inserted])).toEqual([
      ["s0", 1],
      ["s1", 1],
    ]);
    await fixture.remove();
  });

  it("refuse a schedule that cannot be read", async () => {
    const fixture = await temporaryStore();
    const sources = parseSources(
      "sources:\n  - {name: a, kind: folder, format: auto, path: x, schedule: every day}\n",
      "s",
    );
    expect(() =>
      startSchedules(fixture.store, sources, effects, { ran: () => undefined, crashed: () => undefined }),
    ).toThrow(Fault);
    await fixture.remove();
  });
});
