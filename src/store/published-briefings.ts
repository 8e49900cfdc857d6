/**
 * Published briefings, frozen: their bytes, the digest of what they were made from, and what they said. Rows are only
 * ever added; a correction is a new version beside the old one.
 */
import { join } from "node:path";
import { originalsIn } from "./originals.ts";
import type { Originals, Store } from "./port.ts";

export type PublishedKind = "district" | "township";

export type PublishedBriefing = {
  readonly id: number;
  readonly kind: PublishedKind;
  /** Code of the place. */
  readonly place: string;
  /** T of the command line. */
  readonly period: string;
  /** 1 for the first, 2 for its first correction. */
  readonly version: number;
  /** File name without its folder. */
  readonly name: string;
  /** 2026年第10期 */
  readonly issue: string;
  readonly sha256: string;
  /** Digest of the inputs, schema and program. */
  readonly digest: string;
  /** What it said, by label, as printed: standings and figures. */
  readonly facts: BriefingFacts;
  /** Why a correction was made; empty for the first version. */
  readonly reason: string;
  readonly publishedBy: string;
  /** UTC milliseconds. */
  readonly at: number;
};

export type BriefingFacts = {
  /** By target id. */
  readonly standings: Readonly<Record<string, { readonly zh: string; readonly standing: string }>>;
  readonly figures: Readonly<Record<string, string>>;
};

/** All of them, the newest first. */
export async function publishedBriefings({ sql }: Store): Promise<readonly PublishedBriefing[]> {
  const rows = await sql.rows<PublishedRow>("SELECT * FROM published_briefing ORDER BY id DESC");
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as PublishedKind,
    place: row.place,
    period: row.period,
    version: row.version,
    name: row.name,
    issue: row.issue,
    sha256: row.sha256,
    digest: row.digest,
    facts: JSON.parse(row.facts) as BriefingFacts,
    reason: row.reason,
    publishedBy: row.published_by,
    at: Number(row.at),
  }));
}

export type NewPublished = Omit<PublishedBriefing, "id" | "sha256"> & {
  readonly sha256: string;
  readonly bytes: Uint8Array;
};

/** Freezes briefings: the bytes first, then all rows in one transaction, so that a row never lacks its bytes. */
export async function publishBriefings(store: Store, briefings: readonly NewPublished[]): Promise<void> {
  const files = frozenFiles(store);
  for (const { bytes, sha256 } of briefings) await files.put(bytes, sha256);
  const { sql } = store;
  await sql.transaction(async () => {
    const { id } = await sql.one<{ id: number }>("SELECT coalesce(max(id), 0)::INTEGER AS id FROM published_briefing");
    for (const [at, one] of briefings.entries()) {
      await sql.run(`INSERT INTO published_briefing VALUES (${Array(13).fill("?").join(", ")})`, [
        id + at + 1,
        one.kind,
        one.place,
        one.period,
        one.version,
        one.name,
        one.issue,
        one.sha256,
        one.digest,
        JSON.stringify(one.facts),
        one.reason,
        one.publishedBy,
        one.at,
      ]);
    }
  });
}

/** The frozen bytes. @throws Fault `store.broken` when they are gone or altered */
export async function frozenBytes(store: Store, sha256: string): Promise<Uint8Array> {
  return await frozenFiles(store).get(sha256);
}

function frozenFiles({ dir }: Store): Originals {
  return originalsIn(join(dir, "published"));
}

type PublishedRow = {
  readonly id: number;
  readonly kind: string;
  readonly place: string;
  readonly period: string;
  readonly version: number;
  readonly name: string;
  readonly issue: string;
  readonly sha256: string;
  readonly digest: string;
  readonly facts: string;
  readonly reason: string;
  readonly published_by: string;
  readonly at: number | bigint;
};
