/** Endpoints of what came in and what it changed. */
import { z } from "zod";
import { type BatchResult, ingestPath } from "../../../ingest/pipeline.ts";
import { fault } from "../../domain/faults.ts";
import { batchById, batchFiles, type HeldBatch, listBatches } from "../../store/batches.ts";
import { mendedBy, mendsOf } from "../../store/mends.ts";
import { changesOf } from "../pages/changes-data.ts";
import { keepUpload, UPLOAD_BYTES } from "../pages/import.ts";
import { takeFixes } from "../pages/mend.ts";
import { signedChange } from "../signed.ts";
import { endpoint } from "./endpoint.ts";
import { nullableNumber, page, paged, pageOf, size } from "./schemas.ts";

const account = {
  read: z.number(),
  inserted: z.number(),
  corrected: z.number(),
  unchanged: z.number(),
  outranked: z.number(),
  rejected: z.number(),
  missing: z.number(),
  ignored: z.number(),
};

const batch = z.object({
  id: z.number(),
  at: z.string(),
  kind: z.string(),
  undoes: nullableNumber,
  undoneBy: nullableNumber,
  format: z.string(),
  unit: z.string(),
  inputDigest: z.string(),
  ...account,
});

function batchItem({ id, at, kind, undoes, undoneBy, format, unit, inputDigest, account: sums }: HeldBatch) {
  return {
    id,
    at: at.toISOString(),
    kind,
    undoes: undoes ?? null,
    undoneBy: undoneBy ?? null,
    format,
    unit,
    inputDigest,
    ...sums,
  };
}

export const batches = endpoint({
  path: "/batches",
  zh: "批次，新的在前",
  en: "Batches, the newest first",
  needs: "data.view",
  query: z.object({ page, size }),
  answer: paged(batch),
  ask: async (ask, { query }) => pageOf((await listBatches(ask.store.sql)).map(batchItem), query),
  csv: ({ items }) => ({
    head: ["id", "at", "kind", "format", "read", "inserted", "corrected", "unchanged", "outranked", "rejected"],
    rows: items.map((one) => [
      one.id,
      one.at,
      one.kind,
      one.format,
      one.read,
      one.inserted,
      one.corrected,
      one.unchanged,
      one.outranked,
      one.rejected,
    ]),
  }),
});

/** The most of a mapping's text. */
const LONGEST_MAP = 50_000;

const taken = z.object({
  id: nullableNumber,
  format: z.string(),
  unit: z.string(),
  ...account,
  rejects: z.array(z.object({ reason: z.string(), count: z.number() })),
  files: z.array(z.object({ name: z.string(), outcome: z.string(), reason: z.string().nullable() })),
  registered: z.array(z.string()).describe("新登记地点的代码"),
  warnings: z.array(z.string()).describe("与库中已有数据相比，小时或单位可能不对"),
  minutes: z
    .object({
      touched: z.number().describe("有分钟值的小时数"),
      short: z.number().describe("其中分钟不足、暂不出小时值的"),
    })
    .nullable()
    .describe("没有分钟值时为 null"),
});

function takenItem(result: BatchResult) {
  const { id, format, unit, files, rejects, source: _, registered, warnings, minutes, ...sums } = result;
  return {
    id: id ?? null,
    format,
    unit,
    ...sums,
    rejects: rejects.map((one) => ({ ...one })),
    files: files.map((one) => ({ name: fileName(one.file), outcome: one.outcome, reason: one.reason ?? null })),
    registered: [...registered],
    warnings: warnings.map((one) => one.zh),
    minutes: minutes ?? null,
  };
}

export const addBatch = endpoint({
  method: "post",
  path: "/batches",
  zh: "导入一个文件；dryRun=yes 只演算",
  en: "Take a file in; dryRun=yes only tries it",
  needs: "data.import",
  upload: UPLOAD_BYTES,
  body: z.object({
    format: z.string().max(50).default("auto"),
    dryRun: z.enum(["yes", "no"]).default("no"),
    map: z.string().max(LONGEST_MAP).optional().describe("格式 generic 的列对应（YAML），同命令行 --map 的文件"),
  }),
  answer: z.array(taken),
  ask: async (ask, { body }) => {
    const { path, remove } = await keepUpload(ask);
    try {
      const { context, now } = ask;
      const results = await signedChange(ask, { action: "import", subject: fileName(path) }, (signed) =>
        ingestPath(context.store, body.format, path, {
          now,
          signed,
          dryRun: body.dryRun === "yes",
          readers: context.readers,
          ...(body.map === undefined ? {} : { options: { map: body.map } }),
        }),
      );
      return results.map(takenItem);
    } finally {
      await remove();
    }
  },
});

const batchNumber = z.object({ id: z.coerce.number().int().min(1).max(999_999_999) });

export const addFixes = endpoint({
  method: "post",
  path: "/batches/{id}/resubmit",
  zh: "交回改好的拒收行，记为与原批次相连的新批次",
  en: "Hand corrected rejects back as a batch linked to theirs",
  needs: "data.import",
  upload: UPLOAD_BYTES,
  params: batchNumber,
  body: z.object({}),
  answer: taken,
  ask: async (ask, { params }) => {
    const found = await batchById(ask.store.sql, params.id);
    if (found === undefined) throw fault("batch.unknown", { given: params.id });
    const { path, remove } = await keepUpload(ask);
    try {
      return takenItem(await takeFixes(ask.context, found, path, ask));
    } finally {
      await remove();
    }
  },
});

function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

export const oneBatch = endpoint({
  path: "/batches/{id}",
  zh: "一个批次和它的文件",
  en: "One batch with its files",
  needs: "data.view",
  params: batchNumber,
  answer: batch.extend({
    mends: nullableNumber,
    mendedBy: z.array(z.number()),
    files: z.array(
      z.object({
        name: z.string(),
        sha256: z.string(),
        outcome: z.string(),
        reason: z.string().nullable(),
        read: z.number(),
        rejected: z.number(),
      }),
    ),
  }),
  ask: async (ask, { params }) => {
    const found = await batchById(ask.store.sql, params.id);
    if (found === undefined) throw fault("batch.unknown", { given: params.id });
    const files = await batchFiles(ask.store.sql, params.id);
    return {
      ...batchItem(found),
      mends: (await mendsOf(ask.store.sql, params.id)) ?? null,
      mendedBy: [...(await mendedBy(ask.store.sql, params.id))],
      files: files.map(({ name, sha256, outcome, reason, account: sums }) => ({
        name: name.split(/[/\\]/).at(-1) ?? name,
        sha256,
        outcome,
        reason: reason ?? null,
        read: sums.read,
        rejected: sums.rejected,
      })),
    };
  },
});

export const changes = endpoint({
  path: "/changes",
  zh: "两个批次之间改了哪些读数",
  en: "Which readings changed between two batches",
  needs: "changes.view",
  query: z.object({
    from: z.coerce.number().int().min(0).max(999_999_999),
    to: z.coerce.number().int().min(0).max(999_999_999).optional(),
    page,
    size,
  }),
  answer: z.object({
    page: z.number(),
    size: z.number(),
    items: z.array(
      z.object({
        place: z.string(),
        code: z.string(),
        indicator: z.string(),
        start: z.string(),
        before: z.number(),
        after: nullableNumber,
        batch: z.number(),
      }),
    ),
  }),
  ask: async (ask, { query }) => {
    const items = await changesOf(ask, {
      from: query.from,
      to: query.to ?? ask.facts.lastBatch,
      most: query.size,
      skip: (query.page - 1) * query.size,
    });
    return {
      page: query.page,
      size: query.size,
      items: items.map((one) => ({
        place: one.name,
        code: one.code,
        indicator: one.indicator,
        start: one.start,
        before: one.before,
        after: one.after ?? null,
        batch: one.batch,
      })),
    };
  },
  csv: ({ items }) => ({
    head: ["place", "code", "indicator", "start", "before", "after", "batch"],
    rows: items.map((one) => [one.place, one.code, one.indicator, one.start, one.before, one.after ?? "", one.batch]),
  }),
});
