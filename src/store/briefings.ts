/** Briefings made and published, in the catalogue. Rows are only ever added: the last row of an id is the current one. */
import type { Sql } from "./port.ts";

export type StoredBriefing = {
  readonly id: number;
  /** File name without its folder. */
  readonly name: string;
  /** T of the command line. */
  readonly period: string;
  /** Code of the place it is about. */
  readonly place: string;
  readonly sha256: string;
  readonly state: "draft" | "published";
  /** The version of the data it was made from. */
  readonly dataVersion: string;
  readonly madeBy: string;
  readonly publishedBy: string | undefined;
  /** UTC milliseconds of this state. */
  readonly at: number;
};

/** The current state of every briefing, the newest first. */
export async function listBriefings(sql: Sql): Promise<readonly StoredBriefing[]> {
  const rows = await sql.rows<Readonly<Record<string, string | number | bigint | null>>>(
    "SELECT * EXCLUDE (seq) FROM briefing_row QUALIFY seq = max(seq) OVER (PARTITION BY id) ORDER BY id DESC",
  );
  return rows.map((row) => ({
    id: Number(row["id"]),
    name: String(row["name"]),
    period: String(row["period"]),
    place: String(row["place"]),
    sha256: String(row["sha256"]),
    state: row["state"] === "published" ? "published" : "draft",
    dataVersion: String(row["data_version"]),
    madeBy: String(row["made_by"]),
    publishedBy: row["published_by"] === null ? undefined : String(row["published_by"]),
    at: Number(row["at"]),
  }));
}

/** Keeps a new state; without an id it is a new briefing. @returns the id */
export async function saveBriefing(
  sql: Sql,
  briefing: Omit<StoredBriefing, "id"> & { readonly id?: number },
): Promise<number> {
  const next = await sql.one<{ seq: number; id: number }>(
    "SELECT (coalesce(max(seq), 0) + 1)::INTEGER AS seq, (coalesce(max(id), 0) + 1)::INTEGER AS id FROM briefing_row",
  );
  const id = briefing.id ?? next.id;
  const { name, period, place, sha256, state, dataVersion, madeBy, publishedBy, at } = briefing;
  await sql.run(`INSERT INTO briefing_row VALUES (${Array(11).fill("?").join(", ")})`, [
    next.seq,
    id,
    name,
    period,
    place,
    sha256,
    state,
    dataVersion,
    madeBy,
    publishedBy ?? null,
    at,
  ]);
  return id;
}
