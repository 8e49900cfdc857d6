/** A serving process whose disk refuses one call (`npm run faults` draws them; these are kinds that once went wrong). */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FaultLab } from "./fault-round.ts";
import { servedLab } from "./served-faults.ts";
import type { ServedStep } from "./served-steps.ts";
import { canAttach, canTrace } from "./strace.ts";

const LONGEST_MS = 600_000;

/** Needs strace, and a machine that lets a running process be traced: elsewhere these tests are skipped, and seen to be. */
describe.skipIf(!canTrace() || !canAttach())("A server whose disk refuses a call", { timeout: LONGEST_MS }, () => {
  let dir: string;
  let lab: FaultLab<ServedStep>;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "served-faults-"));
    lab = await servedLab(dir);
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const refused = async (step: ServedStep, name: string, path: RegExp, onwards: boolean) => {
    const call = (await lab.callsOf(step)).find((one) => one.name === name && path.test(one.path));
    if (call === undefined) throw new Error(`${step} makes no ${name} on ${path.source}`);
    return await lab.strike(step, { call, error: "EIO", nth: 1, onwards });
  };

  it("says an import is done though the file handed in could not be removed", async () => {
    expect(await refused("serve import", "unlink", /uploads\//, true)).toMatchObject({
      struck: true,
      outcome: "done",
      wrong: [],
    });
  });

  it("ends with the answer, its reason and exit code 3 when an undo is not confirmed", async () => {
    expect(await refused("serve undo", "fsync", /\.wal$/, false)).toMatchObject({
      struck: true,
      outcome: "told",
      wrong: [],
    });
  });
});
