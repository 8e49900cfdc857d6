/**
 * Digests of what a store holds: equal content gives an equal digest, whatever the order or the batches it came in.
 *
 * Each row is hashed and the hashes are added up, so the order of rows does not matter. Places go by code.
 */
import { SOFT_FLAGS } from "../domain/reading.ts";
import type { Store } from "./port.ts";
import { heldSide, SIDE_TABLES, type SideTableName, sideColumns } from "./side-tables.ts";

export type StoreDigest = {
  readonly readings: string;
  readonly daily: string;
  readonly places: string;
  /** What batches brought beside readings: of each side table the rows that hold. */
  readonly beside: string;
};

/** All time a store can hold: the years it accepts, with a day on either side. */
const ALL_TIME = { from: Date.UTC(1991, 11, 30), to: Date.UTC(2101, 0, 2) };

export async function digestOf(store: Store): Promise<StoreDigest> {
  const readings = await store.readings.relation(ALL_TIME);
  const sum = async (columns: string, from: string): Promise<string> => {
    const { n, h } = await store.sql.one<{ n: bigint; h: bigint | null }>(
      `SELECT count(*) AS n, sum(hash(${columns})::HUGEINT) AS h FROM ${from}`,
    );
    return `${n}:${(h ?? 0n).toString(16)}`;
  };
  const beside: string[] = [];
  for (const name of Object.keys(SIDE_TABLES) as SideTableName[]) {
    const columns = sideColumns(name).map((column) => (column.name === "place" ? "p.code" : `s."${column.name}"`));
    beside.push(await sum(columns.join(", "), `${heldSide(name)} s LEFT JOIN place p ON p.id = s.place`));
  }
  return {
    beside: beside.join(" "),
    readings: await sum(
      `p.code, indicator, start, span, value, (flag | ${SOFT_FLAGS}) - ${SOFT_FLAGS}, grade`,
      `${readings} r JOIN place p ON p.id = r.place`,
    ),
    daily: await sum(
      "p.code, indicator, day, span, n, total, max, valid, mda8, windows, mda8_valid",
      "daily d JOIN place p ON p.id = d.place",
    ),
    // A place that an undone batch had registered stays in the table for its history, but is no content.
    places: await sum(
      "code, kind, name, time_zone, attributes",
      "place WHERE batch IS NULL OR batch NOT IN (SELECT undoes FROM batch WHERE undoes IS NOT NULL)",
    ),
  };
}
