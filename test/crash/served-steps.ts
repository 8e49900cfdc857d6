/** What is asked of a server under a broken disk, over HTTP as people and programs ask it, and what its answer comes to. */
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ingestPath } from "../../ingest/pipeline.ts";
import { seedPlaces } from "../../src/cli/seeds.ts";
import { tokenDigest } from "../../src/server/access/directory.ts";
import { saveAccount, saveToken } from "../../src/store/accounts.ts";
import { keepDrafts } from "../../src/store/briefings.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/port.ts";
import { saveJobSetting } from "../../src/store/schedules.ts";
import { cityDays, type Place } from "./fault-steps.ts";

export const SERVED_STEPS = [
  "serve upload",
  "serve import",
  "serve undo",
  "serve tally",
  "serve backup",
  "serve publish",
] as const;
export type ServedStep = (typeof SERVED_STEPS)[number];

/** Sends a request as the operator and follows nothing. */
export type Send = (path: string, body?: FormData | URLSearchParams | string) => Promise<Response>;

/** What a server answered: it is done, or it is not and why. */
export type Answer = {
  readonly done: boolean;
  readonly status: number;
  readonly type: string;
  readonly text: string;
};

/** What a job's page says of a run that failed. */
export const NO_SUCCESS = "没有成功";

const NOW = new Date("2026-01-01T00:00:00Z");
const TOKEN = "t".repeat(43);
const TALLY = {
  target: "2024-air-11.1-truck-checks",
  date: "2024-09-30",
  value: "31204",
  unit: "辆次",
  reporter: "甲",
};
/** Longer than anything takes; reached only when nothing more comes. */
const PATIENCE_MS = 120_000;

export type ServedSteps = {
  /** A copy of the store, with what the service is told. */
  readonly prepare: (dir: string) => Place;
  readonly ask: (step: ServedStep, send: Send) => Promise<Answer>;
};

/** @param dir for the store the steps start from and the file that is handed in */
export async function servedSteps(dir: string): Promise<ServedSteps> {
  mkdirSync(dir, { recursive: true });
  const base = join(dir, "base-served");
  const store = await openStore(base, { create: true, seeds: seedPlaces() });
  for (const [k, days] of [["20240301", "20240302"], ["20240302"]].entries())
    await ingestPath(store, "quotsoft", cityDays(join(dir, `served-${k}`), days, k), { now: NOW });
  await people(store);
  await store.close();
  const given = readFileSync(join(cityDays(join(dir, "served-given"), ["20240303"], 2), "beijing_all_20240303.csv"));
  const form = (fields: Readonly<Record<string, string>>): FormData => {
    const made = new FormData();
    for (const [name, value] of Object.entries(fields)) made.set(name, value);
    made.set("file", new File([given], "beijing_all_20240303.csv"));
    return made;
  };
  const steps: Readonly<Record<ServedStep, (send: Send) => Promise<Answer>>> = {
    "serve upload": async (send) => await answered(await send("api/v1/batches", form({ format: "quotsoft" })), 200),
    "serve import": async (send) => {
      const tried = await answered(await send("data/upload", form({ format: "quotsoft" })), 200);
      const upload = /name="upload" value="([^"]+)"/.exec(tried.text)?.[1];
      if (upload === undefined) return { ...tried, done: false };
      const begun = await send("data/import", new URLSearchParams({ upload, format: "quotsoft" }));
      return await endOf(send, begun);
    },
    "serve undo": async (send) => await answered(await send("data/batches/2/undo", new URLSearchParams()), 303),
    "serve tally": async (send) => await answered(await send("api/v1/tallies", JSON.stringify(TALLY)), 200),
    "serve backup": async (send) => {
      const ended = await endOf(send, await send("admin/schedules/backup/run", new URLSearchParams()));
      if (!ended.done) return ended;
      // The job has ended; its page says how. One of this minute that is there already is what was asked for.
      const page = await answered(await send("admin/schedules/backup"), 200);
      const newest = /运行记录[\s\S]*?<tbody>([\s\S]*?)<\/tr>/.exec(page.text)?.[1] ?? "";
      return { ...page, text: newest, done: /完成|已经存在/.test(newest) };
    },
    "serve publish": async (send) =>
      await answered(await send("briefings/drafts/1/publish", new URLSearchParams()), 303),
  };
  return {
    prepare: (to) => {
      const place = { store: join(to, "store"), out: join(to, "out") };
      cpSync(base, place.store, { recursive: true });
      mkdirSync(place.out);
      writeFileSync(join(place.store, "service.yaml"), `backup:\n  folder: ${place.out}\n  schedule: never\n`);
      return place;
    },
    ask: (step, send) => steps[step](send),
  };
}

/** How the operator proves who it is. */
export const AUTHORIZATION = `Bearer ${TOKEN}`;

/** An operator with a token, a draft somebody else made, and no job that begins by itself. */
async function people(store: Store): Promise<void> {
  const { sql } = store;
  const account = { name: "甲", password: "hash", role: "admin", bound: undefined, active: true };
  const id = await saveAccount(sql, account, NOW);
  const expiresAt = Date.UTC(2100, 0);
  const token = { account: id, name: "campaign", digest: tokenDigest(TOKEN), scope: "write", revoked: false } as const;
  await saveToken(sql, { ...token, expiresAt }, NOW);
  const by = { by: "甲", at: NOW.getTime() };
  for (const job of ["alerts", "digest"]) await saveJobSetting(sql, { job, cron: undefined, paused: true, ...by });
  const bytes = Buffer.from("a briefing");
  const what = { kind: "district", place: "110105", period: "2024-03", version: 1, name: "1.pdf", issue: "" } as const;
  const made = { digest: "d", facts: { standings: {}, figures: {} }, reason: "", madeBy: "乙", at: NOW.getTime() };
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await sql.transaction(() => keepDrafts(store, [{ ...what, ...made, sha256, bytes }]));
}

async function answered(response: Response, wanted: number): Promise<Answer> {
  const { status, headers } = response;
  return {
    done: status === wanted,
    status,
    type: headers.get("content-type") ?? "",
    text: await response.text(),
  };
}

/** Follows a job to its end. */
async function endOf(send: Send, begun: Response): Promise<Answer> {
  const job = begun.headers.get("location");
  if (begun.status !== 303 || job === null) return { ...(await answered(begun, 303)), done: false };
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const now = await answered(await send(job.slice(1)), 303);
    if (now.status !== 200) return now;
    if (performance.now() > until) return { ...now, text: "the job does not end" };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
