/**
 * A hotline's export names callers, their phones and their words. After everything this program does with one — taking it
 * in, refusing it, showing, exporting, backing up, serving — nothing of that is found anywhere but in the file itself.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { strFromU8, unzipSync } from "fflate";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { backup } from "../../src/cli/backup.ts";
import { batchRejects } from "../../src/cli/batch-rejects.ts";
import { batchShow } from "../../src/cli/batch-show.ts";
import { exportCommand } from "../../src/cli/export.ts";
import { rank } from "../../src/cli/rank.ts";
import { seedPlaces } from "../../src/cli/seeds.ts";
import { requestLog } from "../../src/server/log.ts";
import { openStore } from "../../src/store/open.ts";
import { type CommandLine, commandLine } from "../cli/run-command.ts";
import { type Served, serve } from "../server/city.ts";
import { addUser, login, PASSWORD, setUp, type User } from "../server/users.ts";

const NOW = new Date("2026-01-02T02:00:00Z");
const PHONES = ["13912345678", "13887654321", "010-65094321", "8610 6509 1234"];
const WORDS = ["欧阳翠花", "司马建国", "楼下烧烤店吵得孩子睡不着"];
const SECRETS = [...PHONES, ...WORDS];

const HEAD =
  "工单编号,问题分类,标题,主要内容,来电人,来电人电话/账号,被反映区,被反映街乡镇,来电/受理时间,是否解决,是否满意";
const row = (id: string, township: string, k: number, time = "2025-03-05 23:10:00"): string =>
  [
    id,
    "噪声扰民->社会生活噪声",
    `关于${WORDS[2]}`,
    `${WORDS[2]}，电话 ${PHONES[k % 4]}`,
    WORDS[k % 2],
    PHONES[k % 4],
    "朝阳区",
    township,
    time,
    "是",
    "满意",
  ].join(",");
/** Good rows, a township nobody knows, a time nobody reads, a phone where the township should be, a row cut off. */
const FILE = [
  HEAD,
  row("A1", "八里庄街道", 0),
  row("A2", "将台乡", 1),
  row("A3", "朝外大街", 2),
  row("A4", "八里庄街道", 3, "13912345678"),
  row("A5", PHONES[1] ?? "", 0),
  `A6,噪声,${WORDS[0]}`,
  "",
].join("\n");
/** Nothing but rows that are rejected. */
const USELESS = [HEAD, row("A4", "八里庄街道", 3, "13912345678"), row("A5", PHONES[1] ?? "", 0), ""].join("\n");
/** The same persons under heads the format does not know: refused, and just as personal. */
const STRANGE = FILE.replace("工单编号", "甲").replace("被反映街乡镇", "乙");

let line: CommandLine;
let out: string;
let served: Served | undefined;
const said: string[] = [];

beforeAll(async () => {
  line = commandLine(NOW.toISOString());
  out = mkdtempSync(join(tmpdir(), "privacy-"));
  const store = await openStore(join(line.dir, "store"), { create: true, seeds: seedPlaces() });
  for (const [name, text] of [
    ["工单.csv", FILE],
    ["陌生.csv", STRANGE],
  ] as const) {
    writeFileSync(join(out, name), text);
    for (const format of ["auto", "complaints"]) {
      const results = await ingestPath(store, format, join(out, name), { now: NOW }).catch((problem: unknown) => [
        problem,
      ]);
      said.push(JSON.stringify(results), String(results[0]));
    }
    rmSync(join(out, name));
  }
  await store.close();
}, 240_000);

afterAll(async () => {
  await served?.close();
  await line?.close();
  rmSync(out, { recursive: true, force: true });
});

/** What lies below a folder, compressed files and archives unpacked, as one text of bytes each. */
function bytesBelow(folder: string): readonly { readonly name: string; readonly bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const bytes = readFileSync(path);
      if (/\.(gz|tgz)$/.test(entry.name)) return { name: path, bytes: gunzipSync(bytes) };
      if (!entry.name.endsWith(".xlsx")) return { name: path, bytes };
      return {
        name: path,
        bytes: Buffer.from(
          Object.values(unzipSync(bytes))
            .map((part) => strFromU8(part))
            .join("\n"),
        ),
      };
    });
}

function found(bytes: Buffer | string): readonly string[] {
  const all = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
  return SECRETS.filter((secret) => all.includes(Buffer.from(secret)) || all.includes(Buffer.from(secret, "utf16le")));
}

function expectNothingBelow(folder: string): void {
  const files = bytesBelow(folder);
  expect(files.length).toBeGreaterThan(0);
  expect(
    files.map(({ name, bytes }) => [name, found(bytes)]).filter(([, secrets]) => (secrets ?? []).length > 0),
  ).toEqual([]);
}

describe("what a caller said", () => {
  it("was in the file, and two of its rows were counted", async () => {
    expect(found(FILE)).toEqual(SECRETS);
    expect((await line.run(rank, "noise_complaints", "--period", "2025-03", "--json")).code).toBe(0);
    const store = line.store();
    const counted = await store?.sql.one<{ n: bigint }>("SELECT count(*) AS n FROM complaint");
    expect(Number(counted?.n)).toBe(2);
  });

  it("is in no account, no message and no list of what was rejected", async () => {
    for (const args of [["1"], ["1", "--json"], ["1", "--csv"]]) said.push((await line.run(batchRejects, ...args)).out);
    said.push((await line.run(batchShow, "1")).out, (await line.run(batchShow, "1", "--json")).out);
    expect(found(said.join("\n"))).toEqual([]);
  });

  it("is in no file of the store: database, its log, originals, even those refused", async () => {
    await line.store()?.sql.run("CHECKPOINT");
    expectNothingBelow(join(line.dir, "store"));
  });

  it("is in no export and no backup", async () => {
    for (const format of ["csv", "parquet", "duckdb", "xlsx"]) {
      for (const table of ["readings", "places", "history"])
        await line.run(exportCommand, format, table, "--out", join(out, `${table}.${format}`));
    }
    await line.run(backup, join(out, "backup.tar.gz"));
    expect(existsSync(join(out, "backup.tar.gz"))).toBe(true);
    expectNothingBelow(out);
  });
});

describe("a complaint file handed in by the browser", () => {
  const logged: string[] = [];
  let analyst: User;
  const uploads = (): readonly string[] => {
    const folder = join(line.dir, "store", "uploads");
    return existsSync(folder) ? readdirSync(folder) : [];
  };
  let clock = Date.now();

  beforeAll(async () => {
    const store = line.store();
    if (store === undefined) throw new RangeError("no command opened the store");
    served = await serve({ store, dir: join(out, "none") }, { readOnlyDemo: false, now: () => new Date(clock) });
    const admin = await setUp(served);
    await addUser(served, admin, { name: "taker-in", role: "analyst", bound: "" });
    analyst = await loggedIn();
  }, 120_000);

  async function loggedIn(): Promise<User> {
    if (served === undefined) throw new RangeError("not served");
    const cookie = (await login(served, "taker-in", PASSWORD)).headers.get("set-cookie")?.split(";")[0] ?? "";
    const page = await (await served.get("/account", { cookie })).text();
    return { cookie, csrf: /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? "" };
  }

  async function handIn(text: string, name: string): Promise<string> {
    const form = new FormData();
    form.set("file", new File([text], name));
    form.set("format", "auto");
    form.set("_csrf", analyst.csrf);
    const url = new URL("/data/upload", served?.url);
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      headers: { cookie: analyst.cookie },
      body: form,
    });
    const asked = response.headers.get("location");
    if (asked === null) return await response.text();
    return await (await fetch(new URL(asked, served?.url), { headers: { cookie: analyst.cookie } })).text();
  }

  it("shows nothing of it, and is gone at once when nothing of it can be used", async () => {
    const page = await handIn(USELESS, "工单.csv");
    expect(found(page)).toEqual([]);
    expect(uploads()).toEqual([]);
  });

  it("shows nothing of an unknown table either, which waits for its columns to be named", async () => {
    const page = await handIn(STRANGE, "陌生.csv");
    expect(page).toContain("认列");
    expect(found(page)).toEqual([]);
    expect(uploads()).toHaveLength(1);
  });

  it("is gone after an hour when nobody decided, whoever hands in the next", async () => {
    expect(found(await handIn(FILE, "工单.csv"))).toEqual([]);
    const [waiting] = uploads();
    expect(waiting).toBeDefined();
    clock += 61 * 60_000;
    analyst = await loggedIn();
    await handIn(FILE.replaceAll("A1", "B1"), "工单.csv");
    expect(uploads()).not.toContain(waiting);
    expect(uploads()).toHaveLength(1);
  });

  it("does not survive a restart", async () => {
    const store = line.store();
    if (store === undefined) throw new RangeError("no command opened the store");
    const again = await serve(
      { store: { ...store, close: async () => {} }, dir: join(out, "none") },
      { readOnlyDemo: false },
    );
    expect(uploads()).toEqual([]);
    await again.close();
  });

  it("is in no line of the log, which holds routes and never addresses, forms or tokens", async () => {
    const sink = new Writable({
      write: (chunk, _, done) => {
        logged.push(String(chunk));
        done();
      },
    });
    const log = requestLog(pino({ level: "debug" }, sink));
    const { createServer } = await import("node:http");
    const server = createServer((request, response) => {
      log(request, response);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    await fetch(`http://127.0.0.1:${port}/search?q=${PHONES[0]}`, {
      method: "POST",
      headers: { cookie: "duibiao_session=secret-id", authorization: "Bearer dbt_secret", "x-note": PHONES[1] ?? "" },
      body: FILE,
    });
    await new Promise((resolve) => server.close(resolve));
    const text = logged.join("");
    expect(text).toContain('"method":"POST"');
    expect(found(text)).toEqual([]);
    expect(text).not.toMatch(/secret|search\?q/);
  });
});
