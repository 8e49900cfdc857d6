/** Published ranks: what an issuer printed about a period, place by place. The pipeline writes them (`side-tables.ts`). */
import { indicatorOf } from "../domain/indicator.ts";
import type { DayNumber } from "../domain/time.ts";
import type { Sql } from "./port.ts";
import { heldSide } from "./side-tables.ts";

/** Worst first (倒序) or best first (正序). */
export type RankOrder = "worst" | "best";

export type PublishedRank = {
  readonly issuer: string;
  /** The list's title without its period: `全市街道(乡镇)TSP浓度排名(后30名)`. */
  readonly list: string;
  readonly indicatorId: number;
  /** T of the command line. */
  readonly period: string;
  /** Days really covered, both inside. */
  readonly first: DayNumber;
  readonly last: DayNumber;
  readonly order: RankOrder;
  readonly placeId: number;
  readonly rank: number;
  /** As printed, such as `0.17` or `-36.7%`; undefined where ranks stand alone. */
  readonly printed: string | undefined;
  /** Places the list prints; not how many were ranked. */
  readonly listLength: number;
  readonly batch: number;
};

export type RankQuestion = {
  /** Code, such as `tsp`. */
  readonly indicator?: string;
  readonly period?: string;
  readonly placeIds?: readonly number[];
  /** The last batch that counts. */
  readonly upTo?: number;
};

/** The published ranks that hold, by period, list, rank and place. @throws Fault `indicator.unknown` */
export async function publishedRanks(sql: Sql, question: RankQuestion = {}): Promise<readonly PublishedRank[]> {
  const { indicator, period, placeIds, upTo } = question;
  const filters = [
    ...(indicator === undefined ? [] : [`indicator = ${indicatorOf(indicator).id}`]),
    ...(placeIds === undefined ? [] : [`place IN (${[-1, ...placeIds].join(",")})`]),
    ...(period === undefined ? [] : ["period = ?"]),
  ];
  const where = filters.length === 0 ? "" : `WHERE ${filters.join(" AND ")}`;
  const rows = await sql.rows<Record<string, string | number | null>>(
    `SELECT * FROM ${heldSide("published_rank", upTo)} ${where} ORDER BY first_day, last_day, issuer, list, rank_order, rank, place`,
    period === undefined ? [] : [period],
  );
  return rows.map((row) => ({
    issuer: String(row["issuer"]),
    list: String(row["list"]),
    indicatorId: Number(row["indicator"]),
    period: String(row["period"]),
    first: Number(row["first_day"]),
    last: Number(row["last_day"]),
    order: row["rank_order"] === "best" ? "best" : "worst",
    placeId: Number(row["place"]),
    rank: Number(row["rank"]),
    printed: row["printed"] === null ? undefined : String(row["printed"]),
    listLength: Number(row["list_length"]),
    batch: Number(row["batch"]),
  }));
}
