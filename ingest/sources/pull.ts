/**
 * Pulling a source: every day since the last that is complete, and some before it again, so that late data and days of
 * downtime are caught by the same rule. What came is taken in as one folder; a day counts as complete only when its
 * content was.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { addAccounts } from "../../src/domain/account.ts";
import { Fault, messageOf } from "../../src/domain/faults.ts";
import { type DayNumber, dayOf, dayText } from "../../src/domain/time.ts";
import type { Store } from "../../src/store/port.ts";
import { keepValidators, recordRun, type SourceRun, sourceRuns, validatorsOf } from "../../src/store/source-runs.ts";
import { type BatchResult, ingestPath } from "../pipeline.ts";
import type { Readers } from "../read-thread.ts";
import type { PullSource } from "./config.ts";
import { type Answer, fetchOnce, type Request, type Validators } from "./fetch-once.ts";
import { headersOf } from "./secrets.ts";

export type PullEffects = {
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  /** From 0 to 1. */
  readonly random: () => number;
  /** How files are read; here and at once unless told. */
  readonly readers?: Readers;
};

const FIRST_WAIT_MS = 1000;
const MOST_WAIT_MS = 60_000;

type Fetched = {
  readonly day: DayNumber;
  readonly url: string;
  readonly file: string;
  readonly validators: Validators;
};

/** One run of a source; it is recorded whatever happens. */
export async function pullSource(store: Store, source: PullSource, effects: PullEffects): Promise<SourceRun> {
  const startedAt = effects.now().getTime();
  const folder = await mkdtemp(join(tmpdir(), "duibiao-pull-"));
  try {
    const run = await fetchAndTake(store, source, effects, folder);
    const whole = { source: source.name, startedAt, endedAt: effects.now().getTime(), ...run };
    await recordRun(store.sql, whole);
    return whole;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Ended = Omit<SourceRun, "source" | "startedAt" | "endedAt">;

async function fetchAndTake(store: Store, source: PullSource, effects: PullEffects, folder: string): Promise<Ended> {
  const before = (await sourceRuns(store.sql, source.name)).find((run) => run.until !== undefined)?.until;
  const days = daysToAsk(source, before, dayOf(effects.now().getTime()));
  const fetched: Fetched[] = [];
  let complete = before;
  let detail = "";
  for (const day of days) {
    const got = await fetchDay(store, source, day, effects, folder);
    fetched.push(...got.files);
    // A day that was complete before may be gone by now: nothing is lost by that.
    if (got.absent === true && before !== undefined && day <= before) continue;
    if (got.failure !== undefined) {
      detail = `${dayText(day)}：${got.failure}`;
      break;
    }
    complete = Math.max(complete ?? day, day);
  }
  const results = fetched.length === 0 ? [] : await takeIn(store, source, effects, folder);
  if ("problem" in results) return { ...NOTHING, outcome: "failed", detail: results.problem, until: before };
  const refused = results.flatMap((result) => result.files).find((file) => file.outcome === "refused");
  if (refused !== undefined) {
    detail = `${refused.file} 不能用：${refused.reason}`;
    const broken = fetched.find((one) => one.file === refused.file)?.day;
    complete =
      before === undefined || broken === undefined
        ? before
        : Math.max(before, Math.min(complete ?? before, broken - 1));
  }
  const useless = results.find((result) => result.id === undefined && result.read > 0);
  if (useless !== undefined) {
    detail = `取回的数据全部拒收：${useless.rejects.map((one) => one.reason).join("、")}`;
    complete = before;
  }
  const good = fetched.filter(
    (one) =>
      !results.some((result) => result.files.some((file) => file.file === one.file && file.outcome === "refused")),
  );
  for (const { url, validators } of good)
    await keepValidators(store.sql, source.name, url, validators, effects.now().getTime());
  const { read, inserted, corrected, rejected } = addAccounts(results);
  const batches = results.flatMap((result) => (result.id === undefined ? [] : [result.id]));
  const outcome = detail !== "" ? "failed" : inserted + corrected > 0 ? "done" : "unchanged";
  return { outcome, detail, until: complete, batches, read, inserted, corrected, rejected };
}

const NOTHING = { batches: [], read: 0, inserted: 0, corrected: 0, rejected: 0 } as const;

/** All days from the overlap before the last complete one to today; just today at first, or where the address has no day. */
function daysToAsk(
  { url, overlapDays }: PullSource,
  complete: DayNumber | undefined,
  today: DayNumber,
): readonly DayNumber[] {
  if (complete === undefined || !/\{(date|yyyymmdd)\}/.test(url)) return [today];
  const from = Math.min(today, complete + 1 - overlapDays);
  return Array.from({ length: today - from + 1 }, (_, k) => from + k);
}

async function fetchDay(
  store: Store,
  source: PullSource,
  day: DayNumber,
  effects: PullEffects,
  folder: string,
): Promise<{ readonly files: readonly Fetched[]; readonly failure?: string; readonly absent?: boolean | undefined }> {
  const files: Fetched[] = [];
  let last: Uint8Array | undefined;
  for (let page = 1; page <= source.pages; page++) {
    const filled = (text: string): string => fill(text, day, page);
    const url = filled(source.url);
    const form = Object.fromEntries(Object.entries(source.form).map(([key, value]) => [key, filled(value)]));
    const known = source.method === "POST" ? {} : await validatorsOf(store.sql, source.name, url);
    const request = {
      url,
      method: source.method,
      form,
      headers: headersOf(source),
      timeoutMs: source.timeoutSeconds * 1000,
      mostBytes: source.mostMegabytes * 1_000_000,
      known,
    };
    const answer = await withRetries(request, source.retries, effects);
    if (answer.kind === "failed") return { files, failure: answer.reason, absent: answer.absent };
    if (answer.kind === "unchanged") continue;
    // A page past the last one repeats it or is empty.
    if (answer.bytes.length === 0 || (last !== undefined && Buffer.compare(last, answer.bytes) === 0)) break;
    last = answer.bytes;
    const rows = rowsOf(source, answer.bytes);
    // A day may have no rows yet; a page after a full one without any holds nothing to keep.
    if (rows === 0 && page > 1) break;
    const file = fileName(source, url, day, page);
    await writeFile(join(folder, file), answer.bytes);
    files.push({ day, url, file, validators: answer.validators });
    if (rows !== undefined && rows < (source.fullPage?.rows ?? 0)) break;
  }
  return { files };
}

/** How many rows a page has; `undefined` where the source does not say how to count them, or the body is no such page. */
function rowsOf({ fullPage }: PullSource, bytes: Uint8Array): number | undefined {
  if (fullPage === undefined) return undefined;
  try {
    const body = JSON.parse(Buffer.from(bytes).toString()) as Readonly<Record<string, unknown>>;
    const list = body[fullPage.list];
    return Array.isArray(list) ? list.length : undefined;
  } catch {
    return undefined;
  }
}

/** Waits twice as long each time, by chance up to half as long again: many clients must not come back together. */
async function withRetries(request: Request, retries: number, { sleep, random }: PullEffects): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    const answer = await fetchOnce(request);
    if (answer.kind !== "failed" || !answer.again || attempt >= retries) return answer;
    await sleep(Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (1 + random() / 2));
  }
}

async function takeIn(
  store: Store,
  source: PullSource,
  effects: PullEffects,
  folder: string,
): Promise<readonly BatchResult[] | { readonly problem: string }> {
  try {
    return await ingestPath(store, source.format, folder, {
      now: effects.now(),
      options: source.options,
      ...(effects.readers === undefined ? {} : { readers: effects.readers }),
    });
  } catch (problem) {
    if (problem instanceof Fault) return { problem: messageOf(problem, "zh") };
    throw problem;
  }
}

function fill(text: string, day: DayNumber, page: number): string {
  const date = dayText(day);
  return text
    .replaceAll("{date}", date)
    .replaceAll("{next}", dayText(day + 1))
    .replaceAll("{yyyymmdd}", date.replaceAll("-", ""))
    .replaceAll("{page}", String(page));
}

/** The address's own file name where it has one: formats are told by it. */
function fileName({ name, pages }: PullSource, url: string, day: DayNumber, page: number): string {
  const own = basename(new URL(url).pathname);
  const dated = `${name}_${dayText(day)}`;
  const suffix = pages > 1 ? `_${page}` : "";
  if (/^[\w.-]+\.[a-z0-9]{2,5}$/i.test(own)) return pages > 1 ? own.replace(/(\.[^.]+)$/, `${suffix}$1`) : own;
  return `${dated}${suffix}.json`;
}
