/** What people set for targets: tolerances of 约/左右, numbers other bodies set. Rows are only ever added; the last counts. */
import type { Exact } from "../domain/exact.ts";
import { planValue } from "../domain/plan-value.ts";
import type { Sql } from "./port.ts";
import { exactText } from "./tallies.ts";

export type StoredSetting = {
  readonly tolerance: Exact | undefined;
  readonly external: Exact | undefined;
  readonly setBy: string;
  readonly note: string;
  /** UTC milliseconds. */
  readonly setAt: number;
};

/** The setting in force of each target that has one. */
export async function targetSettings(sql: Sql): Promise<ReadonlyMap<string, StoredSetting>> {
  const rows = await sql.rows<{
    target: string;
    tolerance: string | null;
    external: string | null;
    set_by: string;
    note: string;
    set_at: bigint;
  }>("SELECT target, tolerance, external, set_by, note, set_at FROM target_setting ORDER BY id");
  const figure = (text: string | null) => (text === null ? undefined : planValue(text));
  return new Map(
    rows.map(({ target, tolerance, external, set_by, note, set_at }) => [
      target,
      { tolerance: figure(tolerance), external: figure(external), setBy: set_by, note, setAt: Number(set_at) },
    ]),
  );
}

/** Sets both values of a target anew; an undefined one is unset. */
export async function setTarget(sql: Sql, target: string, setting: StoredSetting): Promise<void> {
  const { tolerance, external, setBy, note, setAt } = setting;
  const text = (value: Exact | undefined) => (value === undefined ? null : exactText(value));
  await sql.run("INSERT INTO target_setting SELECT coalesce(max(id), 0) + 1, ?, ?, ?, ?, ?, ? FROM target_setting", [
    target,
    text(tolerance),
    text(external),
    setBy,
    note,
    setAt,
  ]);
}
