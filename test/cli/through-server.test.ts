/** Commands that meet their running server: real processes, a real store, a folder of their own. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMAND_NAMES, findCommand } from "../../src/cli/commands.ts";
import { parseArguments } from "../../src/cli/parse.ts";
import { seedPlaces } from "../../src/cli/seeds.ts";
import { absoluteArguments, PASSAGES } from "../../src/cli/through-server.ts";
import { listAudit } from "../../src/store/audit.ts";
import { openStore } from "../../src/store/open.ts";

const BIN = resolve(import.meta.dirname, "../../bin/duibiao.mjs");

describe("a command that meets its running server", () => {
  let dir: string;
  let server: ChildProcess;
  let url = "";
  const environment = () => ({ ...process.env, DUIBIAO_STORE: "store" });
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
      ...{ cwd: dir, encoding: "utf8", env: environment() },
    });
    return { status, stdout, stderr };
  };
  const rows = (value: number) =>
    `place,period,indicator,value,unit\n建外街道,2024-03-01,tsp,${value},µg/m³\n朝外街道,2024-03-01,tsp,50,µg/m³\n`;
  const tspOf = (stdout: string) => (JSON.parse(stdout) as { rows: { place: string; value: number }[] }).rows;
  const RANK = ["rank", "tsp", "--period", "2024-03-01", "--json"] as const;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "duibiao-through-"));
    writeFileSync(join(dir, "first.csv"), rows(60));
    writeFileSync(join(dir, "second.csv"), rows(70));
    expect(run("ingest", "township", "first.csv").status).toBe(0);
    server = spawn(process.execPath, [BIN, "serve", "--port", "0"], {
      ...{ cwd: tmpdir(), env: { ...environment(), DUIBIAO_STORE: join(dir, "store") } },
    });
    for await (const line of createInterface({ input: server.stdout ?? process.stdin })) {
      url = /http:\S+\//.exec(line)?.[0] ?? "";
      if (url !== "") break;
    }
  }, 240_000);

  afterAll(async () => {
    if (server.exitCode === null) {
      server.kill("SIGTERM");
      await once(server, "exit");
    }
    rmSync(dir, { recursive: true, force: true });
  }, 240_000);

  it("answers from the data the server holds, with the same document and exit code", () => {
    const { status, stdout, stderr } = run(...RANK);
    expect([status, stderr]).toEqual([0, ""]);
    expect(tspOf(stdout).map(({ place, value }) => [place, value])).toEqual([
      ["建外街道", 60],
      ["朝外街道", 50],
    ]);
  }, 240_000);

  it.runIf(process.platform === "linux")(
    "has its answering thread before all its others",
    async () => {
      const pid = server.pid ?? 0;
      // The nineteenth field of a thread's state, counted from behind its name, which may hold anything.
      const niceOf = (thread: string) =>
        Number(readFileSync(`/proc/${pid}/task/${thread}/stat`, "utf8").split(") ").at(-1)?.split(" ")[16]);
      const others = () => readdirSync(`/proc/${pid}/task`).filter((thread) => thread !== String(pid));
      await expect
        .poll(() => others().every((thread) => niceOf(thread) > niceOf(String(pid))), { timeout: 60_000 })
        .toBe(true);
      expect(others().length).toBeGreaterThan(4);
    },
    240_000,
  );

  it("takes files in by a path of its own folder, and the next answer follows", () => {
    const { status, stdout } = run("ingest", "township", "second.csv", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ read: 2, corrected: 1, unchanged: 1 });
    expect(tspOf(run(...RANK).stdout)[0]).toMatchObject({ place: "建外街道", value: 70 });
  }, 240_000);

  it("writes files where it stands, not where the server does", () => {
    expect(run("rank", "tsp", "--period", "2024-03-01", "--xlsx", "rank.xlsx").status).toBe(0);
    expect(readFileSync(join(dir, "rank.xlsx")).subarray(0, 2).toString()).toBe("PK");
    // Reading the database for it must not give the lock away: the next test meets the server still.
    expect(run("backup", "kept.tar.gz").status).toBe(0);
    expect(existsSync(join(dir, "kept.tar.gz"))).toBe(true);
    expect(spawnSync("tar", ["-tzf", join(dir, "kept.tar.gz")], { encoding: "utf8" }).stdout).not.toContain(
      "serve.json",
    );
  }, 240_000);

  it("fails as it would alone: the same three lines and code", () => {
    const { status, stderr } = run("rank", "tsp", "--period", "2024-13");
    expect(status).toBe(2);
    expect(stderr).toContain("[period.unknown]");
    const unknown = run("batch", "show", "99");
    expect([unknown.status, unknown.stderr.includes("[batch.unknown]")]).toEqual([2, true]);
  }, 240_000);

  it("needs the store for itself where it must, and says who holds it", () => {
    const { status, stderr } = run("doctor");
    expect([status, stderr.includes("[store.in-use]")]).toEqual([3, true]);
  }, 240_000);

  it("is let in by the token of the store's folder only, which its owner alone can read", async () => {
    const file = join(dir, "store", "serve.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { token } = JSON.parse(readFileSync(file, "utf8")) as { token: string };
    const ask = async (headers: Readonly<Record<string, string>>) =>
      await fetch(new URL("local/run", url), {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ args: ["batch", "list"] }),
      });
    expect((await ask({})).status).toBe(401);
    expect((await ask({ authorization: "Local wrong" })).status).toBe(401);
    expect((await ask({ authorization: `Local ${token}`, "x-forwarded-for": "203.0.113.7" })).status).toBe(401);
    const good = await ask({ authorization: `Local ${token}` });
    expect(good.status).toBe(200);
    expect((await good.text()).trim().split("\n").at(-1)).toBe('{"exit":0}');
  });

  it("opens the store itself again once the server has stopped, and the audit tells what was changed", async () => {
    server.kill("SIGTERM");
    await once(server, "exit");
    expect(existsSync(join(dir, "store", "serve.json"))).toBe(false);
    expect(run(...RANK).status).toBe(0);
    const store = await openStore(join(dir, "store"), { seeds: seedPlaces() });
    const entries = (await listAudit(store.sql, 10)).map(({ who, action, subject, after }) => [
      ...[who, action, subject.split(" ")[0], after],
    ]);
    await store.close();
    expect(entries).toEqual([
      ["本机命令", "command", "backup", "结束码 0"],
      ["本机命令", "command", "ingest", "结束码 0"],
    ]);
    expect(run("doctor").status).toBe(0);
  }, 240_000);
});

describe("the way through a server", () => {
  it("is decided for every command", () => {
    /**
     * Those that make or move a store, only calculate, or only touch plans; `doctor` looks at what must stand still, and a
     * second factor is reset by who can stop the service.
     */
    const own = [
      ...["demo", "batch replay", "tally template", "calc aqi", "calc round", "calc water-class", "calc noise"],
      ...["calc outlook", "method", "store copy", "serve", "plan show", "plan import", "plan review", "plan adopt"],
      ...["sources check", "sources list", "restore", "doctor", "account reset-factor"],
    ];
    expect([...Object.keys(PASSAGES), ...own].sort()).toEqual([...COMMAND_NAMES].sort());
  });

  it("spells paths out in full, and those implied too", async () => {
    const spelled = async (...args: string[]) => {
      const found = await findCommand(args);
      if (found === undefined) throw new RangeError("no command");
      return absoluteArguments(found.command, parseArguments(found.command, args.slice(found.taken)), "/here");
    };
    expect(await spelled("ingest", "auto", "a.csv", "/b", "--store", "x", "--map", "m.yaml")).toEqual([
      ...["ingest", "--map=/here/m.yaml", "--", "auto", "/here/a.csv", "/b"],
    ]);
    expect(await spelled("brief", "district", "--period", "2024-03", "--lang", "en")).toEqual(
      expect.arrayContaining(["--out=/here/briefings", "--period=2024-03", "--lang=en"]),
    );
    expect(await spelled("rank", "pm25", "--period", "2024", "--policy", "a=b", "--policy", "c=d")).toEqual(
      expect.arrayContaining(["--policy=a=b", "--policy=c=d", "--", "pm25"]),
    );
  });
});
