/** Readings as a test writes them, into a catalogue relation and back. */
import { indicatorById, indicatorOf } from "../../src/domain/indicator.ts";
import { SPANS, type Span } from "../../src/domain/reading.ts";
import type { ReadingScope, Store } from "../../src/store/port.ts";

export type RowKey = {
  readonly place: number;
  readonly indicator: string;
  /** UTC milliseconds. */
  readonly start: number;
  readonly span: Span;
};

export type Row = RowKey & {
  /** Times 10⁸. */
  readonly exact: bigint;
  readonly flag: number;
  readonly grade: number;
  readonly batch: number;
};

export const ALL_TIME: ReadingScope = { from: Date.UTC(1991, 11, 30), to: Date.UTC(2101, 0, 2) };

/** A temporary table with the port's columns. */
export async function relationOf({ sql }: Store, rows: readonly Row[]): Promise<string> {
  await sql.run(`CREATE OR REPLACE TEMP TABLE given_row (place INTEGER, indicator USMALLINT, start BIGINT, span UTINYINT,
    exact BIGINT, flag USMALLINT, grade UTINYINT, batch INTEGER)`);
  await sql.append("given_row", [
    { type: "int", values: rows.map((row) => row.place) },
    { type: "usmallint", values: rows.map((row) => indicatorOf(row.indicator).id) },
    { type: "bigint", values: rows.map((row) => BigInt(row.start)) },
    { type: "utinyint", values: rows.map((row) => SPANS[row.span]) },
    { type: "bigint", values: rows.map((row) => row.exact) },
    { type: "usmallint", values: rows.map((row) => row.flag) },
    { type: "utinyint", values: rows.map((row) => row.grade) },
    { type: "int", values: rows.map((row) => row.batch) },
  ]);
  return `(SELECT place, indicator, make_timestamp(start * 1000) AS start, span,
    CAST(exact::DECIMAL(18,0) * 0.00000001::DECIMAL(9,8) AS DECIMAL(18,8)) AS value, flag, grade, batch FROM given_row)`;
}

/** What a store holds in a scope, in a fixed order. */
export async function heldRows(store: Store, scope: ReadingScope = ALL_TIME): Promise<readonly Row[]> {
  const relation = await store.readings.relation(scope);
  const rows = await store.sql.rows<{
    place: number;
    indicator: number;
    start: bigint;
    span: number;
    value: bigint;
    flag: number;
    grade: number;
    batch: number;
  }>(`SELECT place, indicator, epoch_ms(start) AS start, span, value, flag, grade, batch FROM ${relation}`);
  const spans = new Map<number, Span>(Object.entries(SPANS).map(([name, id]) => [id, name as Span]));
  return rows
    .map(({ value, indicator, start, span, ...row }) => ({
      ...row,
      indicator: indicatorById(indicator).code,
      start: Number(start),
      span: spans.get(span) ?? "hour",
      exact: value,
    }))
    .sort((a, b) => (keyText(a) < keyText(b) ? -1 : 1));
}

export function keyText({ place, indicator, start, span }: RowKey): string {
  return [place, indicator, start, span].join("|");
}
