/**
 * Local clocks of places outside Asia/Shanghai: instants from clock readings and back, summer time included.
 *
 * China needs none of this (`time.ts`). Sources and statistics of other zones do: a monitor's hour is named by its clock.
 */
import { DAY_MS, type DayNumber, HOUR_MS, SHANGHAI_OFFSET_MS } from "./time.ts";

const SHANGHAI = "Asia/Shanghai";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether a name is a time zone this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Offsets of whole UTC days without a change of the clock, by zone: asking the zone database is slow. */
const steadyDays = new Map<string, Map<number, number | undefined>>();

/** How far a zone's clock is ahead of UTC at an instant, ms. @throws RangeError for a zone there is not */
export function zoneOffset(zone: string, instant: number): number {
  if (zone === SHANGHAI) return SHANGHAI_OFFSET_MS;
  const days = steadyDays.get(zone) ?? new Map<number, number | undefined>();
  steadyDays.set(zone, days);
  const day = Math.floor(instant / DAY_MS);
  if (!days.has(day)) {
    const [first, last] = [askOffset(zone, day * DAY_MS), askOffset(zone, (day + 1) * DAY_MS)];
    days.set(day, first === last ? first : undefined);
  }
  return days.get(day) ?? askOffset(zone, instant);
}

function askOffset(zone: string, instant: number): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  formats.set(zone, format);
  const part = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const of = (name: Intl.DateTimeFormatPartTypes): number => part.get(name) ?? 0;
  const clock = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return clock - Math.floor(instant / 1000) * 1000;
}

/**
 * The instant of a clock reading, given as UTC milliseconds of the same figures. A reading that stands twice (autumn)
 * means the first; one that does not exist (spring) is taken with the offset before the change.
 */
export function instantOfClock(zone: string, clock: number): number {
  if (zone === SHANGHAI) return clock - SHANGHAI_OFFSET_MS;
  // Offsets some hours around are enough: no zone changes twice within a day.
  const before = zoneOffset(zone, clock - DAY_MS);
  const after = zoneOffset(zone, clock + DAY_MS);
  if (before === after) return clock - before;
  const [early, late] = [clock - before, clock - after];
  // In a gap neither reads back; in a fold both do.
  if (early + zoneOffset(zone, early) === clock) return early;
  return late + zoneOffset(zone, late) === clock ? late : early;
}

/** The clock's calendar day and hour at an instant. */
export function clockOf(zone: string, instant: number): { readonly day: DayNumber; readonly hour: number } {
  const clock = instant + zoneOffset(zone, instant);
  const day = Math.floor(clock / DAY_MS);
  return { day, hour: Math.floor((clock - day * DAY_MS) / HOUR_MS) };
}
