/**
 * The staging tables: rows as a format read them, then the cells of a slice checked at once in DuckDB.
 *
 * Shows the store's connection `incoming` (the usable values of a slice with their key) and at the end `refusal`
 * (rejected units) and `beside` (what else was counted, by file). Nothing here looks at what the store holds.
 */
import { INDICATORS } from "../src/domain/indicator.ts";
import { SPANS } from "../src/domain/reading.ts";
import type { Reject } from "../src/domain/reject.ts";
import type { Appender } from "../src/store/port.ts";
import { checkCells } from "./check-cells.ts";
import type { Format, GridColumn, SideRecord, Sink } from "./format.ts";
import type { Shelf } from "./shelf.ts";
import { ALL, type Slice, slicesOf, within, withNeighbours } from "./slices.ts";

/** The largest whole number a reading can hold. */
const LARGEST_VALUE = 9_999_999_999;

const TABLES = ["grid_row", "grid_column", "cell", "refused", "file_count", "odd_text", "item"];

export type Stage = {
  readonly sinkOf: (file: number) => Sink;
  /** What the formats read beside readings, in order. */
  readonly records: readonly (SideRecord & { readonly file: number })[];
  /** Cells handed in so far. */
  readonly staged: () => number;
  /** Ends the reading. @returns the slices to check, in order */
  readonly close: () => Promise<readonly Slice[]>;
  /** Checks the cells of a slice, its neighbours' for what is compared with them included. */
  readonly check: (slice: Slice) => Promise<void>;
  /** Shows the slice's usable values as `incoming` and keeps the others' reasons. */
  readonly show: (slice: Slice) => Promise<void>;
  /** Shows what was rejected and counted beside, when the last slice is through. */
  readonly finish: () => Promise<void>;
  readonly drop: () => Promise<void>;
};

/** @param most about as many cells of a large batch are checked and merged at once */
export async function openStage(shelf: Shelf, format: Format, most: number): Promise<Stage> {
  const { sql } = shelf;
  for (const table of TABLES) await sql.run(`DROP TABLE IF EXISTS temp.${table}`);
  await sql.run(`CREATE TEMP TABLE grid_row (width INTEGER, file INTEGER, line INTEGER, grid INTEGER, place INTEGER, indicator USMALLINT,
    start BIGINT, span UTINYINT, flag USMALLINT, cells VARCHAR)`);
  await sql.run(`CREATE TEMP TABLE grid_column (grid INTEGER, col INTEGER, name VARCHAR, place INTEGER,
    indicator USMALLINT, power INTEGER, problem VARCHAR, detail VARCHAR, factor VARCHAR)`);
  await sql.run(`CREATE TEMP TABLE refused (file INTEGER, line INTEGER, "column" VARCHAR, raw VARCHAR, reason VARCHAR,
    detail VARCHAR)`);
  await sql.run("CREATE TEMP TABLE file_count (file INTEGER, missing BIGINT, ignored BIGINT)");
  await sql.run("CREATE TEMP TABLE item (indicator USMALLINT, low DECIMAL(18,8), high DECIMAL(18,8))");
  for (const { id, plausible } of INDICATORS) {
    const { min, max }: { min?: number; max?: number } = plausible;
    await sql.run(`INSERT INTO item VALUES (${id}, ${min ?? -LARGEST_VALUE}, ${max ?? LARGEST_VALUE})`);
  }
  const rows = await sql.appender("grid_row", [
    "int",
    "int",
    "int",
    "int",
    "int",
    "usmallint",
    "bigint",
    "utinyint",
    "usmallint",
    "varchar",
  ]);
  const heads = await sql.appender("grid_column", [
    "int",
    "int",
    "varchar",
    "int",
    "usmallint",
    "int",
    "varchar",
    "varchar",
    "varchar",
  ]);
  const refused = await sql.appender("refused", ["int", "int", "varchar", "varchar", "varchar", "varchar"]);
  const counts = await sql.appender("file_count", ["int", "bigint", "bigint"]);
  const grids = gridBook(heads);
  const sinks: { readonly settle: () => void }[] = [];
  const records: (SideRecord & { readonly file: number })[] = [];
  let cells = 0;
  const closeAll = (): void => {
    for (const one of [rows, heads, refused, counts]) one.close();
  };
  return {
    records,
    sinkOf(file) {
      let grid = 0;
      let width = 1;
      const count = { cells: 0, missing: 0, ignored: 0 };
      const sink: Sink & { settle: () => void } = {
        columns(columns) {
          grid = grids(columns);
          width = columns.length;
        },
        row(row) {
          cells += width;
          count.cells += width;
          rows.add([
            width,
            file,
            row.line,
            grid,
            row.placeId ?? null,
            row.indicatorId ?? null,
            BigInt(row.start),
            SPANS[row.span],
            row.flag ?? 0,
            row.cells,
          ]);
        },
        reject: (reject: Reject) => {
          refused.add([file, reject.line, reject.column, reject.raw, reject.reason, reject.detail ?? null]);
        },
        missing: (units) => {
          count.missing += units;
        },
        ignored: (units) => {
          count.ignored += units;
        },
        record: (record) => {
          records.push({ ...record, file });
        },
        // A cell that is not among those checked in the end is missing.
        settle: () => counts.add([file, BigInt(count.cells + count.missing), BigInt(count.ignored)]),
      };
      sinks.push(sink);
      return sink;
    },
    staged: () => cells,
    async close() {
      for (const sink of sinks) sink.settle();
      closeAll();
      return shelf.apart ? await slicesOf(sql, most) : [ALL];
    },
    check: (slice) => checkCells(sql, format, withNeighbours(slice)),
    async show(slice) {
      if (slice !== ALL) await sql.run(`DELETE FROM cell WHERE NOT (${within(slice, "epoch_ms(start)")})`);
      await sql.run(`INSERT INTO refused SELECT file, line, c.name, txt, outcome, cell.detail
        FROM cell JOIN grid_column c ON c.grid = cell.grid AND c.col = cell.col WHERE outcome IS NOT NULL`);
      await sql.run("INSERT INTO file_count SELECT file, -count(*), 0 FROM cell GROUP BY file");
      await shelf.show(
        "incoming",
        "SELECT file, line, col, place, indicator, start, span, flag, value FROM cell WHERE outcome IS NULL",
      );
      if (shelf.apart) await sql.run("DROP TABLE cell");
    },
    async finish() {
      await shelf.show("refusal", "SELECT * FROM refused");
      await shelf.show("beside", "SELECT * FROM file_count");
    },
    async drop() {
      closeAll();
      for (const table of TABLES) await sql.run(`DROP TABLE IF EXISTS temp.${table}`);
    },
  };
}

/** Column sets by content: the files of one archive mostly share one header. Returns the set's number. */
function gridBook(heads: Appender): (columns: readonly GridColumn[]) => number {
  const known = new Map<string, number>();
  const same = new WeakMap<readonly GridColumn[], number>();
  return (columns) => {
    const again = same.get(columns);
    if (again !== undefined) return again;
    const key = JSON.stringify(columns);
    const grid = known.get(key) ?? known.size + 1;
    same.set(columns, grid);
    if (known.has(key)) return grid;
    known.set(key, grid);
    for (const [k, column] of columns.entries()) {
      heads.add([
        grid,
        k + 1,
        column.name,
        column.placeId ?? null,
        column.indicatorId ?? null,
        column.power ?? 0,
        column.problem ?? null,
        column.detail ?? null,
        column.factor ?? null,
      ]);
    }
    return grid;
  };
}
