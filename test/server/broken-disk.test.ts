/** A server whose disk refuses a write: what it says, and that the audit knows of everything that is kept. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fault } from "../../src/domain/faults.ts";
import { announcedAudit, brokenAudit, listAudit } from "../../src/store/audit.ts";
import { listBatches } from "../../src/store/batches.ts";
import type { Store } from "../../src/store/port.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { type Served, serve } from "./city.ts";
import { post, setUp, type User } from "./users.ts";

const CSV = "date,hour,type,东四,天坛\n20240301,0,PM2.5,35,36\n20240301,1,PM2.5,37,38\n";

let temporary: TemporaryStore;
let served: Served;
let admin: User;
/** Whether small changes, the audit's among them, are refused by the disk. */
let refusing: boolean;

/** The store, but connections made for the server refuse what they are to write. */
function refusingStore(store: Store): Store {
  return {
    ...store,
    connect: async () => {
      const sql = await store.connect();
      const transaction: typeof sql.transaction = async (work) => {
        if (refusing) throw fault("store.not-written", { reason: "EIO" }, { parameter: "--store" });
        return await sql.transaction(work);
      };
      return { ...sql, transaction };
    },
  };
}

beforeEach(async () => {
  refusing = false;
  temporary = await temporaryStore();
  served = await serve(
    { store: refusingStore(temporary.store), dir: temporary.dir },
    { readOnlyDemo: false, log: "silent" },
  );
  admin = await setUp(served);
});
afterEach(async () => {
  await served.close();
});

const handIn = (path: string): Promise<Response> => {
  const form = new FormData();
  form.set("format", "quotsoft");
  form.set("file", new File([CSV], "beijing_all_20240301.csv"));
  return post(served, admin, path, form);
};

describe("A server whose disk refuses a write", () => {
  it("says that a file could not be kept aside, with the status of a disk", async () => {
    const uploads = join(temporary.store.dir, "uploads");
    rmSync(uploads, { recursive: true, force: true });
    writeFileSync(uploads, "in the way");
    const response = await handIn("/data/upload");
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("[store.not-written]");
    rmSync(uploads);
    mkdirSync(uploads);
    expect((await handIn("/data/upload")).status).toBe(200);
  });

  it("does not say that a batch was not kept because the audit was not, and adds it to the audit with the next entry", async () => {
    refusing = true;
    const { sql } = temporary.store;
    const handed = await handIn("/api/v1/batches");
    expect(handed.status).toBe(200);
    expect(await handed.json()).toMatchObject([{ id: 1, inserted: 4 }]);
    const undone = await post(served, admin, "/data/batches/1/undo", {});
    expect(undone.status).toBe(303);
    expect((await listBatches(sql)).map(({ kind }) => kind)).toEqual(["undo", "ingest"]);
    expect((await announcedAudit(sql)).map(({ action, after }) => [action, after])).toEqual([
      ["import", "批次 1"],
      ["undo", "批次 2"],
    ]);
    refusing = false;
    expect((await handIn("/api/v1/batches")).status).toBe(200);
    const told = (await listAudit(sql, 3)).map(({ who, action, after }) => [who, action, after]);
    expect(told).toEqual([
      ["first-admin", "import", "批次 3"],
      ["first-admin", "undo", "批次 2"],
      ["first-admin", "import", "批次 1"],
    ]);
    expect(await announcedAudit(sql)).toEqual([]);
    expect(await brokenAudit(sql)).toBeUndefined();
  });
});
