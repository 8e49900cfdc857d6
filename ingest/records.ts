/** Records beside readings: merged into their tables, and complaints counted by day and township. */
import { indicatorOf } from "../src/domain/indicator.ts";
import { dayStart } from "../src/domain/time.ts";
import type { Sql } from "../src/store/port.ts";
import { heldSide, mergeSide, SIDE_TABLES, type SideTableName } from "../src/store/side-tables.ts";
import { COMPUTED_FILE } from "./batch-account.ts";
import type { Sink } from "./format.ts";
import type { Stage } from "./stage.ts";

/** Adds what the formats recorded, then counts the complaints of the days that changed. */
export async function mergeRecords(sql: Sql, stage: Stage, batch: number): Promise<void> {
  const before = await touchedComplaints(sql, stage);
  for (const table of Object.keys(SIDE_TABLES) as SideTableName[]) {
    const rows = stage.records.filter((record) => record.table === table);
    await mergeSide(sql, table, rows, batch);
  }
  if (before !== undefined) await countComplaints(sql, before, stage.sinkOf(COMPUTED_FILE));
}

type PlaceDay = { readonly place: number; readonly day: number };

/** Place-days the complaints of this batch touch, also where a complaint stood before; `undefined` when there are none. */
async function touchedComplaints(sql: Sql, stage: Stage): Promise<readonly PlaceDay[] | undefined> {
  const rows = stage.records.filter((record) => record.table === "complaint");
  if (rows.length === 0) return undefined;
  const places = [...new Set(rows.map((row) => Number(row.values["place"])))];
  const days = rows.map((row) => Number(row.values["day"]));
  let [first, last] = [days[0] ?? 0, days[0] ?? 0];
  for (const day of days) [first, last] = [Math.min(first, day), Math.max(last, day)];
  // A township that appears in an export has no complaints on the other days of it.
  const touched = places.flatMap((place) =>
    Array.from({ length: last - first + 1 }, (_, k) => ({ place, day: first + k })),
  );
  await sql.run("CREATE OR REPLACE TEMP TABLE complaint_id (id_hash VARCHAR)");
  await sql.append("complaint_id", [{ type: "varchar", values: rows.map((row) => String(row.values["id_hash"])) }]);
  const moved = await sql.rows<PlaceDay>(
    `SELECT DISTINCT place, day FROM ${heldSide("complaint")} h WHERE id_hash IN (SELECT id_hash FROM complaint_id)`,
  );
  return [...touched, ...moved];
}

async function countComplaints(sql: Sql, touched: readonly PlaceDay[], sink: Sink): Promise<void> {
  const indicator = indicatorOf("noise_complaints");
  const counts = new Map(
    (
      await sql.rows<{ place: number; day: number; n: bigint }>(
        `SELECT place, day, count(*) AS n FROM ${heldSide("complaint")} h GROUP BY place, day`,
      )
    ).map((row) => [`${row.place}|${row.day}`, row.n]),
  );
  sink.columns([{ name: indicator.zh, indicatorId: indicator.id }]);
  for (const key of new Set(touched.map(({ place, day }) => `${place}|${day}`))) {
    const [place, day] = key.split("|").map(Number) as [number, number];
    sink.row({ line: 0, placeId: place, start: dayStart(day), span: "day", cells: String(counts.get(key) ?? 0n) });
  }
}
