import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { archiveFiles, folderOf } from "../ingest/archive-days.ts";
import { hasShared } from "../shared.ts";
import { crashIngest } from "./ingest-crash.ts";

const TIMES = Number(process.env["DUIBIAO_CRASHES"] ?? 5);

describe.skipIf(!hasShared)("an ingest killed with −9", () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "duibiao-crash-data-"));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it(`leaves the whole batch or none of it, at ${TIMES} random moments`, async () => {
    const all = await archiveFiles((day) => day >= "20150601" && day <= "20150630");
    const first = folderOf(
      dir,
      "first",
      [...all].filter(([name]) => name < "beijing_all_20150616"),
    );
    // The second batch brings new days and corrects some of the first.
    const changed = [...all].map(([name, text]): [string, string] => [
      name,
      name.includes("all_20150603") ? text.replace(/,PM2\.5,(\d+)/g, ",PM2.5,77$1") : text,
    ]);
    const second = folderOf(dir, "second", changed);
    const results = await crashIngest(first, second, TIMES, Math.random);
    expect(
      results.flatMap((result) => (result.state === "between" || result.faults.length > 0 ? [result] : [])),
    ).toEqual([]);
    expect(results).toHaveLength(TIMES);
  }, 600_000);
});
