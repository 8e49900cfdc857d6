/** Tallies and what people set for targets, in the catalogue. Rows are only ever added: a correction is a newer row. */
import { compare, type Exact, reduce } from "../domain/exact.ts";
import { planValue } from "../domain/plan-value.ts";
import { currentTallies, type StoredTally, type Tally, type TallyKind, tallyKey } from "../domain/tally.ts";
import type { Sql } from "./port.ts";

/** What became of a hand-in: new figures, corrections of figures held, and figures held already. */
export type TallyAccount = { readonly inserted: number; readonly corrected: number; readonly unchanged: number };

/** All entries ever made, in the order they were made. */
export async function listTallies(sql: Sql): Promise<readonly StoredTally[]> {
  const rows = await sql.rows<TallyRecord>("SELECT * FROM tally ORDER BY id");
  return rows.map((row) => ({
    id: row.id,
    target: row.target,
    part: row.part,
    date: row.date,
    kind: row.kind as TallyKind,
    value: planValue(row.value),
    unit: row.unit,
    numerator: optional(row.numerator),
    denominator: optional(row.denominator),
    base: optional(row.base),
    reporter: row.reporter,
    department: row.department,
    note: row.note,
    enteredAt: Number(row.entered_at),
  }));
}

/** Keeps checked entries in one transaction: all of them or none. An entry that says what is held already adds nothing. */
export async function addTallies(sql: Sql, entries: readonly Tally[], at: Date): Promise<TallyAccount> {
  return await sql.transaction(async () => {
    const all = await listTallies(sql);
    const held = new Map(currentTallies(all).map((one) => [tallyKey(one), one]));
    const account = { inserted: 0, corrected: 0, unchanged: 0 };
    let id = all.at(-1)?.id ?? 0;
    for (const entry of entries) {
      const before = held.get(tallyKey(entry));
      if (before !== undefined && saysTheSame(before, entry)) {
        account.unchanged++;
        continue;
      }
      account[before === undefined ? "inserted" : "corrected"]++;
      const { target, part, date, kind, value, unit, numerator, denominator, base, reporter, department, note } = entry;
      const figures = [exactText(value), unit, textOf(numerator), textOf(denominator), textOf(base)];
      await sql.run(`INSERT INTO tally VALUES (${Array(14).fill("?").join(", ")})`, [
        ++id,
        target,
        part,
        date,
        kind,
        ...figures,
        reporter,
        department,
        note,
        at.getTime(),
      ]);
    }
    return account;
  });
}

type TallyRecord = {
  readonly id: number;
  readonly target: string;
  readonly part: string;
  readonly date: number;
  readonly kind: string;
  readonly value: string;
  readonly unit: string;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly base: string | null;
  readonly reporter: string;
  readonly department: string;
  readonly note: string;
  readonly entered_at: bigint;
};

const FIGURES = ["value", "numerator", "denominator", "base"] as const satisfies readonly (keyof Tally)[];
const WORDS = ["unit", "reporter", "department", "note"] as const satisfies readonly (keyof Tally)[];

function saysTheSame(a: Tally, b: Tally): boolean {
  const same = (x: Exact | undefined, y: Exact | undefined) =>
    x === undefined || y === undefined ? x === y : compare(x, y) === 0;
  return FIGURES.every((key) => same(a[key], b[key])) && WORDS.every((key) => a[key] === b[key]);
}

/** `47500` or `100/3`, in lowest terms. */
export function exactText(value: Exact): string {
  const { num, den } = reduce(value);
  return den === 1n ? String(num) : `${num}/${den}`;
}

function textOf(value: Exact | undefined): string | null {
  return value === undefined ? null : exactText(value);
}

function optional(text: string | null): Exact | undefined {
  return text === null ? undefined : planValue(text);
}
