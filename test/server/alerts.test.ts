/** Alerts out of the analysis to a real webhook and a real SMTP server. */
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { seedPlaces } from "../../src/cli/seeds.ts";
import { type Listening, listen } from "../../src/server/listen.ts";
import { alertMessages, listAlerts } from "../../src/store/alerts.ts";
import { restoreStore } from "../../src/store/backup.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/port.ts";
import { lastRuns } from "../../src/store/schedules.ts";

const SECRET = "a secret of the webhook";
const MAIL_PASSWORD = "a password of the mail server";

type Delivery = { readonly headers: IncomingHttpHeaders; readonly body: string };

describe("alerts of a served store", () => {
  let dir: string;
  let store: Store;
  let listening: Listening;
  let now = new Date("2015-03-20T10:00:00+08:00");
  const hooks: Delivery[] = [];
  const mails: string[] = [];
  let answerStatus = 200;
  const hook = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      hooks.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(answerStatus).end();
    });
  });
  const smtp = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onAuth: ({ username, password }, _session, done) => {
      if (username === "alerts" && password === MAIL_PASSWORD) done(null, { user: username });
      else done(new Error("no"));
    },
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        mails.push(Buffer.concat(chunks).toString());
        done();
      });
    },
  });

  const ingest = async (name: string, from: number, to: number) => {
    const rows = ["place,period,indicator,value,unit"];
    for (let day = from; day <= to; day++) {
      const date = `2015-03-${String(day).padStart(2, "0")}`;
      rows.push(`建外街道,${date},pm25,60,µg/m³`, `朝外街道,${date},pm25,50,µg/m³`);
    }
    await writeFile(join(dir, name), `${rows.join("\n")}\n`);
    await ingestPath(store, "township", join(dir, name), { now });
  };
  const run = (job: string) => listening.scheduler.runNow(job);

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "duibiao-alerts-"));
    store = await openStore(join(dir, "store"), { create: true, seeds: seedPlaces() });
    await ingest("first.csv", 1, 19);
    hook.listen(0, "127.0.0.1");
    await once(hook, "listening");
    smtp.listen(0, "127.0.0.1");
    await once(smtp.server, "listening");
    await writeFile(join(dir, "store", "mail-password"), `${MAIL_PASSWORD}\n`);
    process.env["DUIBIAO_TEST_WEBHOOK"] = SECRET;
    await writeFile(
      join(dir, "store", "service.yaml"),
      `alerts:
  webhook: {url: "http://127.0.0.1:${(hook.address() as AddressInfo).port}/in", secret: {env: DUIBIAO_TEST_WEBHOOK}, retries: 1}
  mail: {host: 127.0.0.1, port: ${(smtp.server.address() as AddressInfo).port}, plain: true, user: alerts, password: {file: mail-password}, from: duibiao@example.org, to: [a@example.org, b@example.org]}
backup: {keep: 2}
`,
    );
    listening = await listen(store, { host: "127.0.0.1", port: 0, now: () => now });
  }, 120_000);

  afterAll(async () => {
    await listening?.close();
    await store?.close();
    hook.close();
    smtp.close();
    await rm(dir, { recursive: true, force: true });
  });

  it("that stood before the first are told together, once on each channel, signed", async () => {
    await run("alerts");
    const open = (await listAlerts(store.sql)).filter((one) => one.state === "open");
    expect(open.map(({ rule, subject, kind }) => [rule, subject, kind]).sort()).toEqual([
      ["month_rank", "建外街道", "warning"],
      ["month_rank", "朝外街道", "warning"],
    ]);
    expect([hooks.length, mails.length]).toEqual([1, 1]);
    for (const { headers, body } of hooks) {
      const expected = createHmac("sha256", SECRET).update(`${headers["x-duibiao-time"]}.${body}`).digest("hex");
      expect(headers["x-duibiao-signature"]).toBe(`sha256=${expected}`);
      expect(JSON.parse(body)).toMatchObject({
        type: "standing",
        open: [{ rule: "month_rank" }, { rule: "month_rank" }],
      });
    }
    expect(mails[0]).toMatch(/^To: a@example\.org, b@example\.org/m);
    await run("alerts");
    expect([hooks.length, mails.length]).toEqual([1, 1]);
  }, 60_000);

  it("are told once an episode from then on; what did not come counts apart from warnings, which then are neither better nor new", async () => {
    now = new Date("2015-03-24T10:00:00+08:00");
    answerStatus = 503;
    await run("alerts");
    const open = (await listAlerts(store.sql)).filter((one) => one.state === "open");
    expect(open.filter((one) => one.kind === "no_data").map((one) => one.subject)).toEqual(["街乡 PM2.5"]);
    expect(open.filter((one) => one.kind === "warning")).toHaveLength(2);
    expect(mails).toHaveLength(2);
  }, 60_000);

  it("are sent again at the next look when the other side failed", async () => {
    const failed = (await alertMessages(store.sql)).filter((one) => one.outcome === "failed");
    expect(failed.map(({ channel, detail }) => [channel, detail])).toEqual([
      ["webhook", "提醒没有发出（webhook）：HTTP 503"],
    ]);
    // Once and one retry.
    expect(hooks).toHaveLength(3);
    answerStatus = 204;
    await run("alerts");
    await run("alerts");
    expect(hooks).toHaveLength(4);
    expect(JSON.parse(hooks[3]?.body ?? "{}")).toMatchObject({
      type: "alert",
      alert: { kind: "no_data", state: "open" },
    });
    expect((JSON.parse(hooks[3]?.body ?? "{}") as { text: string }).text).toContain("没有读到不等于没有污染");
    expect(mails).toHaveLength(2);
  }, 60_000);

  it("end when the data are back, and no message says so but the digest", async () => {
    await ingest("late.csv", 20, 23);
    await run("alerts");
    const all = await listAlerts(store.sql);
    expect(all.filter((one) => one.state === "ended").map((one) => one.kind)).toEqual(["no_data"]);
    expect([hooks.length, mails.length]).toEqual([4, 2]);
  }, 60_000);

  it("come together once a day", async () => {
    const before = [hooks.length, mails.length];
    await run("digest");
    expect([hooks.length, mails.length]).toEqual([(before[0] ?? 0) + 1, (before[1] ?? 0) + 1]);
    expect(JSON.parse(hooks.at(-1)?.body ?? "{}")).toMatchObject({
      type: "digest",
      day: "2015-03-24",
      ended: [{ kind: "no_data" }],
    });
  }, 60_000);

  it("tell of a backup that failed; good ones restore, and only the newest are kept", async () => {
    for (const [k, minute] of ["01", "02", "03"].entries()) {
      now = new Date(`2015-03-25T02:${minute}:00+08:00`);
      await run("backup");
      expect((await lastRuns(store.sql)).get("backup")?.outcome, `backup ${k}`).toBe("done");
    }
    const kept = readdirSync(join(dir, "store", "backups")).sort();
    expect(kept).toEqual(["duibiao-2015-03-25-0202.tar.gz", "duibiao-2015-03-25-0203.tar.gz"]);
    const { files } = await restoreStore(join(dir, "store", "backups", kept[1] ?? ""), join(dir, "restored"));
    expect(files.some(({ path }) => path.startsWith("backups/"))).toBe(false);
    const restored = await openStore(join(dir, "restored"), { seeds: seedPlaces() });
    const { n } = await restored.sql.one<{ n: bigint }>("SELECT count(*) AS n FROM reading");
    await restored.close();
    expect(Number(n)).toBe(2 * 23);
    // The same minute again: the file is there.
    await run("backup");
    await run("alerts");
    const open = (await listAlerts(store.sql)).filter((one) => one.state === "open" && one.kind === "operation");
    expect(open).toMatchObject([{ subject: "夜间备份" }]);
  }, 60_000);
});

describe("a configuration of the service", () => {
  it.each([
    ["alerts: {webhook: {url: 'ftp://x', secret: {env: A}}}", "alerts.webhook.url"],
    ["alerts: {webhook: {url: 'http://x', secret: plain}}", "alerts.webhook.secret"],
    ["alerts: {digest: daily}", "看不懂时刻"],
    ["backup: {keep: 0}", "backup.keep"],
    ["alarms: {}", "alarms"],
    ["alerts: [", ""],
  ])("refuses %s", async (text, word) => {
    const { readServiceConfig } = await import("../../src/server/service-config.ts");
    const dir = await mkdtemp(join(tmpdir(), "duibiao-config-"));
    await writeFile(join(dir, "service.yaml"), text);
    expect(() => readServiceConfig(dir)).toThrowError(
      expect.objectContaining({
        code: "service.config",
        params: expect.objectContaining({ reason: expect.stringContaining(word) }),
      }),
    );
    await rm(dir, { recursive: true });
  });
});
