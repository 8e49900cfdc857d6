/**
 * Briefings: drafts that wait for a second person, and those published, frozen with their bytes, the digest of what
 * they were made from, and what they said. Rows are only ever added: the last row of an id is the current one, and a
 * correction is a new version beside the old one.
 */
import { join } from "node:path";
import { fault } from "../domain/faults.ts";
import { originalsIn } from "./originals.ts";
import type { Originals, Sql, Store } from "./port.ts";

export type BriefingKind = "district" | "township";

export type Briefing = {
  readonly id: number;
  /** The id of the first of those made together: they are let out together. */
  readonly madeWith: number;
  readonly state: "draft" | "published";
  readonly kind: BriefingKind;
  /** Code of the place. */
  readonly place: string;
  /** T of the command line. */
  readonly period: string;
  /** 1 for the first, 2 for its first correction; a draft has the one it will be. */
  readonly version: number;
  /** File name without its folder. */
  readonly name: string;
  /** 2026年第10期 */
  readonly issue: string;
  readonly sha256: string;
  /** Digest of the inputs, schema and program; empty for those of an older program that kept none. */
  readonly digest: string;
  /** What it said, by label, as printed: standings and figures. */
  readonly facts: BriefingFacts;
  /** Why a correction was made; empty for the first version. */
  readonly reason: string;
  readonly madeBy: string;
  /** Empty while it is a draft. */
  readonly publishedBy: string;
  /** UTC milliseconds of this state. */
  readonly at: number;
};

export type BriefingFacts = {
  /** By target id. */
  readonly standings: Readonly<Record<string, { readonly zh: string; readonly standing: string }>>;
  readonly figures: Readonly<Record<string, string>>;
};

/** The current state of all, the newest first. */
export async function allBriefings(sql: Sql): Promise<readonly Briefing[]> {
  const rows = await sql.rows<BriefingRow>(
    "SELECT * FROM briefing QUALIFY seq = max(seq) OVER (PARTITION BY id) ORDER BY id DESC",
  );
  return rows.map(({ seq: _, made_with, made_by, published_by, state, kind, facts, at, ...row }) => ({
    ...row,
    madeWith: made_with,
    state: state === "published" ? "published" : "draft",
    kind: kind === "township" ? "township" : "district",
    facts: JSON.parse(facts) as BriefingFacts,
    madeBy: made_by,
    publishedBy: published_by,
    at: Number(at),
  }));
}

/** When a briefing was made, UTC milliseconds: what came in later is not in it, though it was let out later still. */
export async function madeAt(sql: Sql, id: number): Promise<number> {
  const row = await sql.one<{ made: number | bigint }>(`SELECT min("at") AS made FROM briefing WHERE id = ${id}`);
  return Number(row.made);
}

/** Those published, the newest first. */
export async function publishedBriefings(sql: Sql): Promise<readonly Briefing[]> {
  return (await allBriefings(sql)).filter(({ state }) => state === "published");
}

export type NewBriefing = Omit<Briefing, "id" | "madeWith" | "state" | "publishedBy"> & { readonly bytes: Uint8Array };

/** Keeps briefings made together as drafts: the bytes first, so that a row never lacks them. Inside a transaction. @returns their ids */
export async function keepDrafts(
  { sql, dir }: Pick<Store, "sql" | "dir">,
  briefings: readonly NewBriefing[],
): Promise<readonly number[]> {
  const files = frozenFiles(dir);
  for (const { bytes, sha256 } of briefings) await files.put(bytes, sha256);
  const { id } = await sql.one<{ id: number }>("SELECT (coalesce(max(id), 0) + 1)::INTEGER AS id FROM briefing");
  for (const [at, { bytes: _, ...one }] of briefings.entries()) {
    await addRow(sql, { ...one, id: id + at, madeWith: id, state: "draft", publishedBy: "" });
  }
  return briefings.map((_, at) => id + at);
}

/**
 * Lets drafts out, all or none. Inside a transaction.
 * @throws Fault `briefing.draft-gone` for one that is no draft, `briefing.overtaken` when another version came out meanwhile
 */
export async function publishDrafts(
  sql: Sql,
  ids: readonly number[],
  publishedBy: string,
  at: number,
): Promise<readonly Briefing[]> {
  const all = await allBriefings(sql);
  const published: Briefing[] = [];
  for (const id of ids) {
    const draft = all.find((one) => one.id === id && one.state === "draft");
    if (draft === undefined) throw fault("briefing.draft-gone", { id });
    const newest = newestOf(all, draft);
    if (draft.version !== (newest?.version ?? 0) + 1)
      throw fault("briefing.overtaken", { name: draft.name, version: newest?.version ?? 0 });
    const one: Briefing = { ...draft, state: "published", publishedBy, at };
    await addRow(sql, one);
    published.push(one);
  }
  return published;
}

/** The newest published version of a kind, place and period. @param all the newest first */
export function newestOf(
  all: readonly Briefing[],
  { kind, place, period }: Pick<Briefing, "kind" | "place" | "period">,
): Briefing | undefined {
  return all.find(
    (one) => one.state === "published" && one.kind === kind && one.place === place && one.period === period,
  );
}

/** The bytes as they were made. @throws Fault `store.broken` when they are gone or altered */
export async function frozenBytes({ dir }: Pick<Store, "dir">, sha256: string): Promise<Uint8Array> {
  return await frozenFiles(dir).get(sha256);
}

/** Drafts lie there too: what is let out later is byte for byte what was looked at. */
function frozenFiles(dir: string): Originals {
  return originalsIn(join(dir, "published"));
}

async function addRow(sql: Sql, one: Briefing): Promise<void> {
  const { seq } = await sql.one<{ seq: number }>("SELECT (coalesce(max(seq), 0) + 1)::INTEGER AS seq FROM briefing");
  const values = [
    ...[seq, one.id, one.madeWith, one.state, one.kind, one.place, one.period, one.version, one.name, one.issue],
    ...[one.sha256, one.digest, JSON.stringify(one.facts), one.reason, one.madeBy, one.publishedBy, one.at],
  ];
  await sql.run(`INSERT INTO briefing VALUES (${values.map(() => "?").join(", ")})`, values);
}

type BriefingRow = {
  readonly seq: number;
  readonly id: number;
  readonly made_with: number;
  readonly state: string;
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
  readonly made_by: string;
  readonly published_by: string;
  readonly at: number | bigint;
};
