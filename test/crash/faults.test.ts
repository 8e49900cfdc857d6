/** A disk that refuses one call of a command (`npm run faults` draws them; these are the ones that once went wrong). */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FaultLab } from "./fault-round.ts";
import type { FaultStep } from "./fault-steps.ts";
import { faultLab } from "./faults.ts";
import { canTrace } from "./strace.ts";

const LONGEST_MS = 600_000;

/** Needs strace, and a machine that lets a process be traced: elsewhere these tests are skipped, and seen to be. */
describe.skipIf(!canTrace())("A disk that refuses a call", { timeout: LONGEST_MS }, () => {
  let dir: string;
  let lab: FaultLab<FaultStep>;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "faults-"));
    lab = await faultLab(dir);
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const refused = async (step: FaultStep, name: string, path: RegExp, onwards: boolean) => {
    const call = (await lab.callsOf(step)).find((one) => one.name === name && path.test(one.path));
    if (call === undefined) throw new Error(`${step} makes no ${name} on ${path.source}`);
    return await lab.strike(step, { call, error: "EIO", nth: 1, onwards });
  };

  it("is told of in three lines when it does not confirm what was written", async () => {
    expect(await refused("migrate", "fsync", /\.wal$/, false)).toMatchObject({
      struck: true,
      outcome: "told",
      wrong: [],
    });
  });

  it("is told of in three lines when it makes no folder for an original, and the batch is not there", async () => {
    expect(await refused("ingest", "mkdir", /originals\/\w+$/, true)).toMatchObject({
      struck: true,
      outcome: "told",
      after: false,
      wrong: [],
    });
  });

  it("leaves nothing of a restored store when it makes no folder in it", async () => {
    expect(await refused("restore", "mkdir", /originals\/\w+$/, true)).toMatchObject({
      struck: true,
      outcome: "told",
      wrong: [],
    });
  });

  it("leaves nothing of an exported database when its log cannot be written", async () => {
    expect(await refused("export duckdb", "write", /\.wal$/, true)).toMatchObject({ struck: true, wrong: [] });
  });

  it("does not undo a finished backup by keeping what was on the way", async () => {
    expect(await refused("backup", "unlink", /\.staging\/originals$/, true)).toMatchObject({
      struck: true,
      outcome: "done",
      wrong: [],
    });
  });
});
