import { readdirSync, readFileSync } from "node:fs";
import { mkdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FolderSource, parseSources } from "../../../ingest/sources/config.ts";
import { takeFolder } from "../../../ingest/sources/folder.ts";
import { type TemporaryStore, temporaryStore } from "../../store-fixture.ts";
import { held } from "../take.ts";

let fixture: TemporaryStore;
let dir: string;
beforeEach(async () => {
  fixture = await temporaryStore();
  dir = join(fixture.dir, "inbox");
  await mkdir(dir);
});
afterEach(() => fixture.remove());

const NOW = new Date("2026-01-01T00:00:00Z");
const GOOD = "place,period,indicator,value,unit\n将台乡,2024-03-05,tsp,100,µg/m³\n";

/** A file last changed so many seconds ago. */
const put = async (name: string, text: string, secondsAgo = 60): Promise<void> => {
  await writeFile(join(dir, name), text);
  const changed = NOW.getTime() / 1000 - secondsAgo;
  await utimes(join(dir, name), changed, changed);
};
const run = () => {
  const [source] = parseSources(
    `sources:\n  - {name: inbox, kind: folder, format: auto, path: ${dir}}\n`,
    "sources.yaml",
  );
  return takeFolder(fixture.store, source as FolderSource, { now: () => NOW });
};

describe("A watched folder", () => {
  it("gives its complete files, which then lie in done/", async () => {
    await put("a.csv", GOOD);
    expect(await run()).toMatchObject({ outcome: "done", inserted: 1 });
    expect(await held(fixture)).toHaveLength(1);
    expect(readdirSync(dir)).toEqual(["done"]);
    expect(await run()).toBeUndefined();
  });

  it("leaves what is still being written where it is", async () => {
    await put("a.csv", GOOD, 1);
    await put("b.csv.part", GOOD);
    await put("~$c.xlsx", GOOD);
    expect(await run()).toBeUndefined();
    expect(readdirSync(dir).sort()).toEqual(["a.csv", "b.csv.part", "~$c.xlsx"]);
  });

  it("moves a useless file to failed/ with the reason in words, and takes the others", async () => {
    await put("a.csv", "<html>404</html>");
    await put("b.csv", GOOD);
    expect(await run()).toMatchObject({ outcome: "failed", inserted: 1 });
    expect(readdirSync(join(dir, "failed")).sort()).toEqual(["a.csv", "a.csv.txt"]);
    expect(readFileSync(join(dir, "failed", "a.csv.txt"), "utf8")).toContain("网页");
    expect(readdirSync(join(dir, "done"))).toEqual(["b.csv"]);
  });

  it("keeps both files when one name comes twice", async () => {
    await put("a.csv", GOOD);
    await run();
    await put("a.csv", GOOD);
    expect(await run()).toMatchObject({ outcome: "unchanged", inserted: 0 });
    expect(readdirSync(join(dir, "done")).sort()).toEqual(["a (2).csv", "a.csv"]);
  });
});
