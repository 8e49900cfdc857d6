/**
 * Checking staged cells: from texts to values or reasons, all cells of a slice in a few statements.
 *
 * Leaves the table `cell`: one row a cell that is not missing; `outcome` says why it cannot be used.
 */
import { type Exact, parseExact } from "../src/domain/exact.ts";
import type { RejectReason } from "../src/domain/reject.ts";
import type { Sql } from "../src/store/port.ts";
import type { Format } from "./format.ts";
import { type Slice, within } from "./slices.ts";

const PLAIN_NUMBER = "[+-]?[0-9]{1,10}([.][0-9]{0,8})?";

/** Checks the cells of a slice's rows. */
export async function checkCells(sql: Sql, format: Format, slice: Slice): Promise<void> {
  const marks = ["", ...format.missingMarks].map((mark) => `'${mark.replaceAll("'", "''")}'`).join(",");
  await sql.run(`CREATE OR REPLACE TEMP TABLE cell (file INTEGER, line INTEGER, grid INTEGER, col INTEGER, place INTEGER,
    indicator USMALLINT, start TIMESTAMP, span UTINYINT, flag USMALLINT, value DECIMAL(18,8), txt VARCHAR,
    outcome VARCHAR, detail VARCHAR)`);
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
          FROM (SELECT * EXCLUDE (cells, width), trim(unnest(string_split(cells, chr(31)))) AS txt,
                  generate_subscripts(string_split(cells, chr(31)), 1) AS col
                FROM grid_row WHERE ${within(slice, "start")}) r
          JOIN grid_column c ON c.grid = r.grid AND c.col = r.col
          LEFT JOIN item i ON i.indicator = coalesce(r.indicator, c.indicator)
          WHERE r.txt NOT IN (${marks})) t`);
  await settleOddTexts(sql);
  await applyPower(sql);
  await applyFactor(sql);
  await sql.run(`UPDATE cell SET detail = CASE WHEN value > high THEN '上限 ' || high::BIGINT ELSE '下限 ' || low::BIGINT END,
      outcome = CASE WHEN value < 0 AND low >= 0 THEN 'cell.negative' WHEN value < low THEN 'cell.under-range'
        ELSE 'cell.over-range' END
    FROM item WHERE txt IS NOT NULL AND (outcome IS NULL OR outcome = 'range') AND item.indicator = cell.indicator
      AND (value < low OR value > high)`);
}

/** Texts that are not plain numbers are few and repeat: each distinct one is read once, by the exact parser. */
async function settleOddTexts(sql: Sql): Promise<void> {
  const odd = await sql.rows<{ txt: string }>("SELECT DISTINCT txt FROM cell WHERE outcome = 'odd'");
  if (odd.length === 0) return;
  await sql.run("CREATE OR REPLACE TEMP TABLE odd_text (txt VARCHAR, value VARCHAR, problem VARCHAR)");
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
