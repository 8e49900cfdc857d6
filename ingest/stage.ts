/**
 * The staging tables: rows as a format read them, then every cell checked at once in DuckDB.
 *
 * Leaves behind two temporary tables: `incoming` (usable values with their key) and `refusal` (rejected units), and
 * counts for each file. Nothing here looks at what the store holds.
 */
import { type Exact, parseExact } from "../src/domain/exact.ts";
import { INDICATORS } from "../src/domain/indicator.ts";
import { SPANS } from "../src/domain/reading.ts";
import type { Reject, RejectReason } from "../src/domain/reject.ts";
import type { Appender, Sql } from "../src/store/port.ts";
import type { Format, GridColumn, SideRecord, Sink } from "./format.ts";

/** About this many cells are checked in one statement: enough to keep two cores busy, little enough for memory. */
const SLICE_CELLS = 4_000_000;

/** The largest whole number a reading can hold. */
const LARGEST_VALUE = 9_999_999_999;

const TABLES = ["grid_row", "grid_column", "cell", "refusal", "file_count", "odd_text", "item", "settled_side"];

export type Stage = {
  readonly sinkOf: (file: number) => Sink;
  /** What the formats read beside readings, in order. */
  readonly records: readonly (SideRecord & { readonly file: number })[];
  /** Cells handed in so far. */
  readonly staged: () => number;
  /** Checks all cells; after it the tables are complete. */
  readonly finish: () => Promise<void>;
  readonly drop: () => Promise<void>;
};

export async function openStage(sql: Sql, format: Format): Promise<Stage> {
  for (const table of TABLES) await sql.run(`DROP TABLE IF EXISTS temp.${table}`);
  await sql.run(`CREATE TEMP TABLE grid_row (slice INTEGER, file INTEGER, line INTEGER, grid INTEGER, place INTEGER, indicator USMALLINT,
    start BIGINT, span UTINYINT, flag USMALLINT, cells VARCHAR)`);
  await sql.run(`CREATE TEMP TABLE grid_column (grid INTEGER, col INTEGER, name VARCHAR, place INTEGER,
    indicator USMALLINT, power INTEGER, problem VARCHAR, detail VARCHAR, factor VARCHAR)`);
  await sql.run(`CREATE TEMP TABLE cell (file INTEGER, line INTEGER, grid INTEGER, col INTEGER, place INTEGER,
    indicator USMALLINT, start TIMESTAMP, span UTINYINT, flag USMALLINT, value DECIMAL(18,8), txt VARCHAR,
    outcome VARCHAR, detail VARCHAR)`);
  await sql.run(
    "CREATE OR REPLACE TEMP VIEW incoming AS SELECT * EXCLUDE (txt, outcome, detail) FROM cell WHERE outcome IS NULL",
  );
  await sql.run(`CREATE TEMP TABLE refusal (file INTEGER, line INTEGER, "column" VARCHAR, raw VARCHAR, reason VARCHAR,
    detail VARCHAR)`);
  await sql.run("CREATE TEMP TABLE settled_side (file INTEGER, line INTEGER, outcome VARCHAR)");
  await sql.run("CREATE TEMP TABLE file_count (file INTEGER, cells BIGINT, missing BIGINT, ignored BIGINT)");
  await sql.run("CREATE TEMP TABLE odd_text (txt VARCHAR, value VARCHAR, problem VARCHAR)");
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
  const refused = await sql.appender("refusal", ["int", "int", "varchar", "varchar", "varchar", "varchar"]);
  const counts = await sql.appender("file_count", ["int", "bigint", "bigint", "bigint"]);
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
            Math.floor(cells / SLICE_CELLS),
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
        settle: () => counts.add([file, BigInt(count.cells), BigInt(count.missing), BigInt(count.ignored)]),
      };
      sinks.push(sink);
      return sink;
    },
    staged: () => cells,
    async finish() {
      for (const sink of sinks) sink.settle();
      closeAll();
      await checkCells(sql, format, Math.floor(cells / SLICE_CELLS));
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

const PLAIN_NUMBER = "[+-]?[0-9]{1,10}([.][0-9]{0,8})?";

async function checkCells(sql: Sql, format: Format, lastSlice: number): Promise<void> {
  const marks = ["", ...format.missingMarks].map((mark) => `'${mark.replaceAll("'", "''")}'`).join(",");
  for (let slice = 0; slice <= lastSlice; slice++) {
    // A plain number is read at once; what is left over (`odd`) is settled below. Missing cells are never stored.
    await sql.run(`INSERT INTO cell
      SELECT t.file, t.line, t.grid, t.col, t.place, t.indicator, make_timestamp(t.start * 1000), t.span, t.flag, t.value,
        CASE WHEN fits THEN NULL ELSE t.txt END,
        CASE WHEN fits THEN NULL WHEN t.problem IS NOT NULL THEN t.problem WHEN t.value IS NULL THEN 'odd'
          WHEN t.power <> 0 THEN 'power' WHEN t.factor IS NOT NULL THEN 'factor' ELSE 'range' END,
        t.detail
      FROM (SELECT r.file, r.line, r.grid, r.col, coalesce(r.place, c.place) AS place,
              coalesce(r.indicator, c.indicator) AS indicator, r.start, r.span, r.flag, c.power, c.factor, c.problem, c.detail, r.txt,
              CASE WHEN regexp_full_match(r.txt, '${PLAIN_NUMBER}') THEN TRY_CAST(r.txt AS DECIMAL(18,8)) END AS value,
              coalesce(c.problem IS NULL AND c.power = 0 AND c.factor IS NULL AND value >= i.low AND value <= i.high, false) AS fits
            FROM (SELECT * EXCLUDE (cells, slice), trim(unnest(string_split(cells, chr(31)))) AS txt,
                    generate_subscripts(string_split(cells, chr(31)), 1) AS col
                  FROM grid_row WHERE slice = ${slice}) r
            JOIN grid_column c ON c.grid = r.grid AND c.col = r.col
            LEFT JOIN item i ON i.indicator = coalesce(r.indicator, c.indicator)
            WHERE r.txt NOT IN (${marks})) t`);
  }
  await settleOddTexts(sql);
  await applyPower(sql);
  await applyFactor(sql);
  await sql.run(`UPDATE cell SET detail = CASE WHEN value > high THEN '上限 ' || high::BIGINT ELSE '下限 ' || low::BIGINT END,
      outcome = CASE WHEN value < 0 AND low >= 0 THEN 'cell.negative' WHEN value < low THEN 'cell.under-range'
        ELSE 'cell.over-range' END
    FROM item WHERE txt IS NOT NULL AND (outcome IS NULL OR outcome = 'range') AND item.indicator = cell.indicator
      AND (value < low OR value > high)`);
  await sql.run(`INSERT INTO refusal SELECT file, line, c.name, txt, outcome, cell.detail
    FROM cell JOIN grid_column c ON c.grid = cell.grid AND c.col = cell.col WHERE outcome IS NOT NULL`);
  await sql.run(`UPDATE file_count SET missing = missing + cells - coalesce(
    (SELECT count(*) FROM cell WHERE cell.file = file_count.file), 0)`);
}

/** Texts that are not plain numbers are few and repeat: each distinct one is read once, by the exact parser. */
async function settleOddTexts(sql: Sql): Promise<void> {
  const odd = await sql.rows<{ txt: string }>("SELECT DISTINCT txt FROM cell WHERE outcome = 'odd'");
  if (odd.length === 0) return;
  const reads = odd.map(({ txt }) => readNumber(txt));
  await sql.append("odd_text", [
    { type: "varchar", values: odd.map(({ txt }) => txt) },
    { type: "varchar", values: reads.map((read) => ("value" in read ? read.value : null)) },
    { type: "varchar", values: reads.map((read) => ("problem" in read ? read.problem : null)) },
  ]);
  await sql.run(`UPDATE cell SET value = CAST(o.value AS DECIMAL(18,8)),
      outcome = coalesce(o.problem, CASE WHEN c.power <> 0 THEN 'power' WHEN c.factor IS NOT NULL THEN 'factor' END)
    FROM odd_text o, grid_column c WHERE outcome = 'odd' AND o.txt = cell.txt AND c.grid = cell.grid AND c.col = cell.col`);
}

const SCALE = 10n ** 8n;
const LARGEST = 10n ** 18n;

/** Digits in groups of three, as spreadsheets print them. */
const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;

/**
 * A decimal text with exponent, a leading point, full-width digits, grouped digits or many zeros, as DECIMAL(18,8)
 * text, or why it is none.
 */
export function readNumber(text: string): { readonly value: string } | { readonly problem: RejectReason } {
  const plain = text.normalize("NFKC").trim();
  const bare = GROUPED.test(plain) ? plain.replaceAll(",", "") : plain;
  const value: Exact | undefined = bare.length > 60 ? undefined : parseExact(bare);
  if (value === undefined) return { problem: "cell.not-a-number" };
  const scaled = value.num * SCALE;
  if (scaled / value.den >= LARGEST) return { problem: "cell.over-range" };
  if (scaled / value.den <= -LARGEST) return { problem: "cell.negative" };
  if (scaled % value.den !== 0n) return { problem: "cell.too-precise" };
  const digits = scaled / value.den;
  const sign = digits < 0n ? "-" : "";
  const shown = (digits < 0n ? -digits : digits).toString().padStart(9, "0");
  return { value: `${sign}${shown.slice(0, -8)}.${shown.slice(-8)}` };
}

/** Units that differ by a power of ten: exact, or the cell is rejected as too precise. */
async function applyPower(sql: Sql): Promise<void> {
  const powers = await sql.rows<{ power: number }>("SELECT DISTINCT power FROM grid_column WHERE power <> 0");
  for (const { power } of powers) {
    const places = Math.abs(power);
    const scaled =
      power > 0
        ? `CAST(value AS DECIMAL(30,8)) * ${10 ** places}`
        : `CAST(value AS DECIMAL(30,8)) * CAST(${(10 ** -places).toFixed(places)} AS DECIMAL(${places + 1},${places}))`;
    const exactly = power > 0 ? `value < ${10 ** (10 - places)}` : `CAST(${scaled} AS DECIMAL(18,8)) = ${scaled}`;
    await sql.run(`UPDATE cell SET value = CASE WHEN ${exactly} THEN CAST(${scaled} AS DECIMAL(18,8)) END,
        outcome = CASE WHEN NOT (${exactly}) THEN 'cell.too-precise' END
      FROM grid_column c WHERE outcome = 'power' AND c.power = ${power} AND c.grid = cell.grid AND c.col = cell.col`);
  }
}

/** Units that differ by a measured factor: the product is rounded once, at the store's last decimal. */
async function applyFactor(sql: Sql): Promise<void> {
  await sql.run(`UPDATE cell SET value = coalesce(TRY_CAST(CAST(value AS DECIMAL(20,8)) * CAST(c.factor AS DECIMAL(18,8)) AS DECIMAL(18,8)), value),
      outcome = CASE WHEN TRY_CAST(CAST(value AS DECIMAL(20,8)) * CAST(c.factor AS DECIMAL(18,8)) AS DECIMAL(18,8)) IS NULL THEN 'cell.over-range' END
    FROM grid_column c WHERE outcome = 'factor' AND c.grid = cell.grid AND c.col = cell.col`);
}
