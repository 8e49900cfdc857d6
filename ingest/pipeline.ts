/**
 * The pipeline every source passes: open → decode → read rows → check → merge → account.
 *
 * One path (and one format in it) is one batch, one batch one transaction: after a crash either all of it is there or
 * nothing. Originals are written before the commit, so a committed batch always has its bytes.
 */
import { createHash } from "node:crypto";
import { recomputeDaily } from "../src/analysis/daily.ts";
import { type Account, addAccounts, EMPTY_ACCOUNT } from "../src/domain/account.ts";
import { fault } from "../src/domain/faults.ts";
import { placeFinder } from "../src/domain/place-finder.ts";
import { GRADES } from "../src/domain/reading.ts";
import type { RefuseReason } from "../src/domain/reject.ts";
import { SIMULATED_MARK } from "../src/domain/simulated.ts";
import { nextBatchId, recordBatch, recordFiles, recordRejects } from "../src/store/batches.ts";
import { type Mended, recordMended } from "../src/store/mends.ts";
import { insertPlaces } from "../src/store/places.ts";
import type { NewPlace, Sql, Store } from "../src/store/port.ts";
import { addSettled, fileAccounts, openAccount } from "./batch-account.ts";
import type { Format, PlaceToRegister, ReadContext } from "./format.ts";
import { formatNamed } from "./formats.ts";
import { keepOriginals } from "./keep-originals.ts";
import { openSource, type Source } from "./members.ts";
import { mergeIncoming, type Range } from "./merge.ts";
import { addMinuteHours, type MinuteHours } from "./minute-hours.ts";
import { READ_HERE, type Readers } from "./read-thread.ts";
import { openMember, type Readable, sizeToRead } from "./readable.ts";
import { mergeRecords } from "./records.ts";
import { openShelf } from "./shelf.ts";
import { comparison, type Warning } from "./shift.ts";
import { checkSimulated } from "./simulated.ts";
import { flagSoft } from "./soft-checks.ts";
import { openStage } from "./stage.ts";

export type FileResult = Account & {
  readonly file: string;
  readonly outcome: "read" | "refused";
  readonly reason?: RefuseReason | undefined;
};

export type BatchResult = Account & {
  /** `undefined` when nothing of it could be used, so that no batch was made. */
  readonly id: number | undefined;
  readonly source: string;
  readonly format: string;
  readonly unit: "cell" | "row";
  readonly files: readonly FileResult[];
  readonly rejects: readonly { readonly reason: string; readonly count: number }[];
  /** Codes of places the batch registered. */
  readonly registered: readonly string[];
  /** Places whose values fit the store better at another hour or scale. */
  readonly warnings: readonly Warning[];
  /** Set when minutes came in. */
  readonly minutes?: MinuteHours;
};

export type Progress = (done: {
  readonly files: number;
  readonly of: number;
  readonly name: string;
  readonly cells: number;
}) => void;

export type BatchSizes = {
  /** Bytes from which a text is not decoded whole. */
  readonly long: number;
  /** Characters or bytes of an ordinary batch, which stands in memory whole. */
  readonly ordinary: number;
  /** Of a larger one, about this many cells are checked and merged at once. */
  readonly slice: number;
};

/** Our choice: some millions of cells stand in memory whole; slices are large enough to keep two cores busy. */
const SIZES: BatchSizes = { long: 16_000_000, ordinary: 24_000_000, slice: 1_500_000 };

export type Signed = (sql: Sql, batch: number) => Promise<void>;

export type IngestOptions = {
  readonly now: Date;
  /** Does everything but keep it. */
  readonly dryRun?: boolean;
  /** Of a dry run: looks at the store as the batch would leave it, before it is taken back. */
  readonly inspect?: (store: Store, batch: number) => Promise<void>;
  readonly progress?: Progress;
  /** How files are opened and read; here and at once unless told. */
  readonly readers?: Readers;
  /** Writes down who made the batch, in the batch's own transaction. */
  readonly signed?: Signed;
  /** How much of a batch is taken at once. */
  readonly sizes?: BatchSizes;
  /** What formats need to be told: `place`, `map` (the mapping's text), `year`, `issuer`, `zone`. */
  readonly options?: ReadContext["options"];
};

/**
 * Takes one path in. @returns a result for each format found in it (one, unless `auto` finds several)
 * @throws Fault `ingest.path-missing`, `format.unknown`, `simulated.mixed`
 */
export async function ingestPath(
  store: Store,
  formatName: string,
  path: string,
  options: IngestOptions,
): Promise<readonly BatchResult[]> {
  const fixed = formatName === "auto" ? undefined : formatNamed(formatName);
  const source = await openSource(path);
  const groups = new Map<string, { format: Format; files: Readable[] }>();
  const refused: FileResult[] = [];
  const { sizes = SIZES } = options;
  const personal = new Set(fixed?.scrub === undefined ? [] : source.originals.map((original) => original.sha256));
  for (const member of source.members) {
    for (const read of await openMember(member, fixed, options.readers?.open, sizes.long)) {
      if ("refusal" in read ? read.personal : read.format.scrub !== undefined) personal.add(member.original);
      if ("refusal" in read) {
        refused.push({ ...EMPTY_ACCOUNT, file: read.path, outcome: "refused", reason: read.refusal });
        continue;
      }
      const group = groups.get(read.format.name) ?? { format: read.format, files: [] };
      group.files.push(read);
      groups.set(read.format.name, group);
    }
  }
  const results: BatchResult[] = [];
  for (const { format, files } of groups.values()) {
    results.push(
      await ingestFiles(store, format, { path, source, files, refused: refused.splice(0), personal }, options),
    );
  }
  if (results.length === 0) {
    results.push({
      ...EMPTY_ACCOUNT,
      id: undefined,
      source: path,
      format: formatName,
      unit: fixed?.unit ?? "cell",
      files: refused,
      rejects: [],
      registered: [],
      warnings: [],
    });
  }
  return results;
}

/** Thrown inside the transaction to roll it back when nothing is to be kept. */
const NOT_KEPT = Symbol("not kept");

/** What one batch is made from. */
type Input = {
  readonly path: string;
  readonly source: Source;
  readonly files: readonly Readable[];
  readonly refused: FileResult[];
  /** Hashes of files on disk that hold facts about persons. */
  readonly personal: ReadonlySet<string>;
  /** Set when its rows were rejected in an earlier batch and put right. */
  readonly mended?: Mended;
};

/** Takes opened files of one format in as one batch. @throws Fault `simulated.mixed` */
export async function ingestFiles(
  store: Store,
  format: Format,
  input: Input,
  options: IngestOptions,
): Promise<BatchResult> {
  let result: BatchResult | undefined;
  try {
    await store.sql.transaction(async () => {
      await checkSimulated(
        store,
        input.files.map(({ head, file }) => ({ simulated: isSimulated(head), path: file.path })),
      );
      result = await runBatch(store, format, input, options);
      if (options.dryRun === true && result.id !== undefined && options.inspect !== undefined) {
        store.forgetPlaces();
        await options.inspect(store, result.id);
      }
      if (options.dryRun === true || result.id === undefined) throw NOT_KEPT;
      await options.signed?.(store.sql, result.id);
    });
  } catch (error) {
    if (error !== NOT_KEPT) throw error;
  } finally {
    store.forgetPlaces();
  }
  if (result === undefined) throw fault("ingest.nothing-usable", { reason: input.path });
  return options.dryRun === true ? { ...result, id: undefined } : result;
}

function isSimulated(text: string): boolean {
  const end = text.indexOf("\n");
  return text.slice(0, end < 0 ? text.length : end).includes(SIMULATED_MARK);
}

async function runBatch(store: Store, format: Format, input: Input, options: IngestOptions): Promise<BatchResult> {
  const { sql } = store;
  const { path, source, files, refused } = input;
  const batch = await nextBatchId(sql);
  const table = await store.places();
  const registered: NewPlace[] = [];
  const firstId = Math.max(0, ...table.places.map((place) => place.id)) + 1;
  const register = (place: PlaceToRegister): number => {
    const known = registered.findIndex((one) => one.code === place.code);
    if (known >= 0) return firstId + known;
    registered.push(place);
    return firstId + registered.length - 1;
  };
  const context = { places: placeFinder(table), register, now: options.now, options: options.options ?? {} };
  const readers = options.readers ?? READ_HERE;
  const { ordinary, slice: most } = options.sizes ?? SIZES;
  const shelf = await openShelf(store, files.reduce((sum, { file }) => sum + sizeToRead(file), 0) > ordinary);
  const stage = await openStage(shelf, format, most);
  const read: { readonly number: number; readonly from: Readable }[] = [];
  try {
    for (const [k, from] of files.entries()) {
      const known = { table, registered, firstId };
      const refusal = await readers.read(format, from.file, stage.sinkOf(k + 1), context, known);
      if (refusal === undefined) read.push({ number: k + 1, from });
      else refused.push({ ...EMPTY_ACCOUNT, file: from.file.path, outcome: "refused", reason: refusal });
      options.progress?.({ files: k + 1, of: files.length, name: from.file.name, cells: stage.staged() });
    }
    await openAccount(sql);
    await mergeRecords(sql, stage, batch);
    if (registered.length > 0) await insertPlaces(sql, registered, batch);
    const compared = await comparison(store, batch);
    let minutes: MinuteHours = { touched: 0, short: 0 };
    let range: Range | undefined;
    for (const slice of await stage.close()) {
      await stage.check(slice);
      minutes = addCounts(minutes, await addMinuteHours(store, shelf, format.grade, slice));
      await flagSoft(shelf.sql, options.now);
      await stage.show(slice);
      await compared.look();
      range = spanning(range, await mergeIncoming(store, shelf, batch, format.grade));
      await recomputeDaily(store, "touched");
      await addSettled(sql, format);
    }
    await stage.finish();
    const warnings = await compared.warnings(table);
    const accounts = await fileAccounts(sql, format);
    const results: FileResult[] = [
      ...read.map(({ number, from }) => ({
        ...(accounts.get(number) ?? EMPTY_ACCOUNT),
        file: from.file.path,
        outcome: "read" as const,
      })),
      ...refused,
    ];
    const total = addAccounts(results);
    const usable = read.length > 0 && (total.read === 0 || total.rejected < total.read);
    if (usable && options.dryRun !== true) {
      const originalOf = await keepOriginals(store.originals, source, format, files, input.personal);
      await keepOptions(store, batch, options.options);
      await recordBatch(sql, {
        id: batch,
        at: options.now,
        kind: "ingest",
        format: format.name,
        source: path,
        unit: format.unit,
        grade: GRADES[format.grade],
        inputDigest: digestOf([...new Set(read.map(({ from }) => from.member.sha256))]),
        range,
        account: total,
      });
      await recordFiles(sql, batch, [
        ...read.map(({ number, from }) => ({
          number,
          member: { path: from.file.path, sha256: from.member.sha256, original: originalOf(from) },
          account: accounts.get(number) ?? EMPTY_ACCOUNT,
        })),
        ...refusedRecords(refused, source, files.length),
      ]);
      await recordRejects(sql, batch);
      if (input.mended !== undefined) await recordMended(sql, batch, input.mended);
    }
    const rejects = await sql.rows<{ reason: string; count: bigint }>(
      "SELECT reason, count(*) AS count FROM refusal GROUP BY reason ORDER BY count(*) DESC, reason",
    );
    await stage.drop();
    await shelf.clear();
    return {
      ...total,
      id: usable ? batch : undefined,
      source: path,
      format: format.name,
      unit: format.unit,
      files: results,
      rejects: rejects.map((one) => ({ reason: one.reason, count: Number(one.count) })),
      registered: registered.map((place) => place.code),
      warnings,
      ...(minutes.touched === 0 ? {} : { minutes }),
    };
  } catch (problem) {
    // The transaction takes the staging tables away; a failure to drop them must not hide what went wrong.
    await stage.drop().catch(() => undefined);
    await shelf.clear().catch(() => undefined);
    throw problem;
  }
}

function addCounts(a: MinuteHours, b: MinuteHours): MinuteHours {
  return { touched: a.touched + b.touched, short: a.short + b.short };
}

function spanning(a: Range | undefined, b: Range | undefined): Range | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

/** Where the catalogue keeps what a batch was told beside its files, for a replay. */
function batchOptionsKey(batch: number): string {
  return `batch.options.${batch}`;
}

/** What a batch was told beside its files. */
export async function batchOptions(store: Store, batch: number): Promise<Readonly<Record<string, string>>> {
  return JSON.parse((await store.meta(batchOptionsKey(batch))) ?? "{}") as Record<string, string>;
}

async function keepOptions(store: Store, batch: number, given: IngestOptions["options"] = {}): Promise<void> {
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  if (said.length > 0) await store.setMeta(batchOptionsKey(batch), JSON.stringify(Object.fromEntries(said)));
}

function refusedRecords(refused: readonly FileResult[], source: Source, after: number) {
  return refused.map((one, k) => {
    // A sheet is shown as `file#sheet`.
    const member = source.members.find(({ path }) => path === one.file || one.file.startsWith(`${path}#`));
    return {
      number: after + k + 1,
      member: { path: one.file, sha256: member?.sha256 ?? "", original: "" },
      account: EMPTY_ACCOUNT,
      reason: one.reason,
    };
  });
}

/** One digest of a set of inputs, whatever their order or folder. */
export function digestOf(hashes: readonly string[]): string {
  return createHash("sha256")
    .update([...hashes].sort().join("\n"))
    .digest("hex");
}
