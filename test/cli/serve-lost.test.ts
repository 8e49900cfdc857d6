/** A server whose database DuckDB has given up: it ends, and says why, so that whoever watches it starts it anew. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { serveUntilStopped } from "../../src/cli/serve.ts";
import { diskFault } from "../../src/store/disk.ts";
import { temporaryStore } from "../store-fixture.ts";

it("A server ends with three lines and exit code 3 once its database is lost", async () => {
  const { store, remove } = await temporaryStore();
  const briefingsDir = mkdtempSync(join(tmpdir(), "lost-"));
  const told: string[] = [];
  try {
    const exit = await serveUntilStopped(
      store,
      {
        // The page is open: now DuckDB says, in its own words, that it cannot go on.
        out: (line) =>
          void (
            line.startsWith("网页已打开") && setImmediate(() => diskFault(new Error("FATAL Error: fsync failed!")))
          ),
        err: (line) => void told.push(line),
        now: () => new Date("2026-11-24T00:00:00Z"),
      },
      { port: "0", log: "silent", briefingsDir },
    );
    expect(exit).toBe(3);
    expect(told.slice(0, 3).map((line) => line.slice(0, 2))).toEqual(["错误", "位置", "办法"]);
    expect(told.join("\n")).toContain("[store.unconfirmed]");
  } finally {
    await remove();
    rmSync(briefingsDir, { recursive: true, force: true });
  }
});
