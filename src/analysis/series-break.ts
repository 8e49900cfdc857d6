/**
 * Series breaks: whether a place's figures of two periods come from the same stations at the same spots. Where they do
 * not, a change between them says as much about the stations as about the air, so none is given.
 */
import type { Period } from "../domain/period.ts";
import type { Place, PlaceTable } from "../domain/place.ts";
import { type DayNumber, parseDay } from "../domain/time.ts";

/** The attribute that says on which day a station or sensor was moved: `2026-05-01`. */
const MOVED = "movedOn";

/** What breaks the series of a place between two periods, in Chinese; `undefined` when nothing does. */
export function seriesBreak(table: PlaceTable, place: Place, before: Period, now: Period): string | undefined {
  const stations = (day: DayNumber): readonly number[] =>
    table.sets
      .filter((set) => set.placeId === place.id && inForce(set, day))
      .flatMap((set) => set.stationIds)
      .sort((a, b) => a - b);
  const [then, since] = [stations(before.first), stations(now.last)];
  if (then.join() !== since.join()) return `站点组成已变（${then.length} 个变为 ${since.length} 个，或有更换）`;
  const members = [place, ...table.places.filter((one) => since.includes(one.id))];
  const moved = members.find((one) => movedWithin(one, before.first, now.last));
  return moved === undefined ? undefined : `${moved.name} 于 ${moved.attributes[MOVED]} 迁移`;
}

function inForce({ from, to }: Pick<PlaceTable["sets"][number], "from" | "to">, day: DayNumber): boolean {
  return (from === undefined || from <= day) && (to === undefined || day <= to);
}

/** Moved after the first day: figures of both spots lie in the span. */
function movedWithin({ attributes }: Place, first: DayNumber, last: DayNumber): boolean {
  const day = attributes[MOVED];
  if (day === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const at = parseDay(day);
  return first < at && at <= last;
}
