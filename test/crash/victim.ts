/**
 * The process that gets killed: does one step after the other on a store, telling before and after each.
 *
 * It says so through a synchronous write to a pipe: what was said is read by the harness, however soon the process dies.
 */
import { createHash } from "node:crypto";
import { writeSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ingestPath } from "../../ingest/pipeline.ts";
import { undoBatch } from "../../ingest/undo.ts";
import { DAY_OF_START, recomputeDaily } from "../../src/analysis/daily.ts";
import { seededDraws } from "../../src/analysis/seeded.ts";
import { saveAccount } from "../../src/store/accounts.ts";
import { recordAudit } from "../../src/store/audit.ts";
import { backupStore } from "../../src/store/backup.ts";
import { keepDrafts, publishDrafts } from "../../src/store/briefings.ts";
import { configured } from "../../src/store/engine.ts";
import { connectInflux } from "../../src/store/influx/connection.ts";
import { copyReadings, switchEngine } from "../../src/store/influx/copy.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/port.ts";
import { readStoreConfig } from "../../src/store/store-config.ts";
import { type Model, moved, type Orders, type Said, type Step } from "./model.ts";
import { STATION_SEEDS } from "./source-files.ts";

const NOW = new Date("2026-01-01T00:00:00Z");
const STDOUT = 1;
const say = (said: Said): void => void writeSync(STDOUT, `${JSON.stringify(said)}\n`);

/** Waits here, everything loaded, until it is told what to do: so a kill falls into work, not into the start of Node. */
async function told(): Promise<Orders> {
  for await (const line of createInterface({ input: process.stdin })) return JSON.parse(line) as Orders;
  return process.exit(0);
}

const orders = await told();
const { dir } = orders;
const random = seededDraws(orders.seed);
say({ what: "ready" });

let store = await openStore(dir, { seeds: STATION_SEEDS });
let model = orders.model;
if (orders.steps.includes("migrate")) say({ what: "end", step: "migrate" });
else {
  if (orders.serve) {
    const { listen } = await import("../../src/server/listen.ts");
    // The readers ask as fast as they can; being told to slow down would be no answer about the data.
    const open = { host: "127.0.0.1", port: 0, log: "silent", readOnlyDemo: true, apiPerMinute: 1_000_000 } as const;
    const { url } = await listen(store, open);
    say({ what: "serving", url });
  }
  for (;;) await go(choose(orders.steps, model));
}

function choose(steps: readonly Step[], { level, engine }: Model): Step {
  const possible = steps.filter(
    (step) =>
      !(step === "ingest" && level === 2) &&
      !(step === "undo" && level === 0) &&
      !(step === "backup" && engine !== "duckdb"),
  );
  return possible[Math.floor(random() * possible.length)] ?? "daily";
}

async function go(step: Step): Promise<void> {
  const file = step === "backup" ? join(orders.backups, `${process.pid}-${performance.now()}.tar.gz`) : undefined;
  say({ what: "begin", step, ...(file === undefined ? {} : { file }) });
  try {
    const batch = await work(step, file ?? "");
    model = moved(model, step, batch);
    say({ what: "end", step, ...(batch === undefined ? {} : { batch }) });
  } catch (error) {
    say({ what: "failed", step, reason: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  }
}

/** @returns the id of the batch an ingest made */
async function work(step: Step, file: string): Promise<number | undefined> {
  const { sql } = store;
  switch (step) {
    case "ingest": {
      const path = orders.sources[model.level === 0 ? 0 : 1];
      const { sizes } = orders;
      const [batch] = await ingestPath(store, "quotsoft", path, {
        now: NOW,
        ...(sizes === undefined ? {} : { sizes }),
      });
      return batch?.id;
    }
    case "undo":
      await undoBatch(store, model.batches.at(-1) ?? 0, NOW);
      return undefined;
    case "daily":
      await everyDay(store);
      return undefined;
    case "publish":
      await publish(store, model.published + 1);
      return undefined;
    case "account":
      await sql.transaction(async () => {
        const account = {
          name: `甲${model.accounts}`,
          password: "hash",
          role: "editor",
          bound: undefined,
          active: true,
        };
        await saveAccount(sql, account, NOW);
        await recordAudit(sql, {
          at: NOW.getTime(),
          who: "甲",
          role: "admin",
          action: "account",
          subject: account.name,
        });
      });
      return undefined;
    case "backup":
      await backupStore(store, file);
      return undefined;
    case "copy":
      await copy();
      return undefined;
    default:
      await store.close();
      store = await openStore(dir, { seeds: STATION_SEEDS });
      return undefined;
  }
}

async function everyDay({ sql, readings }: Store): Promise<void> {
  await sql.transaction(async () => {
    const all = await readings.relation({ from: 0, to: Date.UTC(2100, 0, 1) });
    await sql.run(
      `CREATE OR REPLACE TEMP TABLE crash_day AS SELECT DISTINCT place, indicator, ${DAY_OF_START} AS day FROM ${all}`,
    );
    await recomputeDaily(store, "crash_day");
    await sql.run("DROP TABLE temp.crash_day");
  });
}

async function publish(to: Store, version: number): Promise<void> {
  const bytes = Buffer.from(`briefing ${version}`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await to.sql.transaction(async () => {
    const ids = await keepDrafts(to, [
      {
        kind: "district",
        place: "110105",
        period: "2015-03",
        version,
        name: `${version}.pdf`,
        issue: "2015年第3期",
        sha256,
        digest: "d",
        facts: { standings: {}, figures: {} },
        reason: "",
        madeBy: "甲",
        at: NOW.getTime(),
        bytes,
      },
    ]);
    await publishDrafts(to.sql, ids, "乙", NOW.getTime());
  });
}

async function copy(): Promise<void> {
  await store.close();
  store = await openStore(dir, { seeds: STATION_SEEDS, asHeld: true });
  const target = store.readings.engine === "duckdb" ? "influxdb" : "duckdb";
  const { influx } = readStoreConfig(dir, process.env);
  const result = await copyReadings(store, target, connectInflux(configured(influx)), () => undefined);
  if ("differs" in result) throw new Error(`copies differ: ${result.differs.join(" and ")}`);
  await switchEngine(store, target);
  await store.close();
  store = await openStore(dir, { seeds: STATION_SEEDS });
}
