import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dueAfter, dueBefore, parseCron } from "../../src/domain/cron.ts";

/** An instant by Beijing's clock. */
const at = (text: string) => Date.parse(`${text}:00+08:00`);

describe("cron expressions in Beijing time", () => {
  it.each([
    ["30 2 * * *", "2026-11-24T02:29", "2026-11-24T02:30"],
    ["30 2 * * *", "2026-11-24T02:30", "2026-11-25T02:30"],
    ["*/10 * * * *", "2026-11-24T23:55", "2026-11-25T00:00"],
    ["0 8 1 1 *", "2026-01-01T08:00", "2027-01-01T08:00"],
    ["0 8 * * 1", "2026-11-24T00:00", "2026-11-30T08:00"],
    ["0 8 * * 7", "2026-11-24T00:00", "2026-11-29T08:00"],
    ["0 8 * * 1-5", "2026-11-27T09:00", "2026-11-30T08:00"],
    ["15,45 9-17/4 * * *", "2026-11-24T09:45", "2026-11-24T13:15"],
    ["0 0 29 2 *", "2026-03-01T00:00", "2028-02-29T00:00"],
  ])("%s after %s is %s", (text, from, next) => {
    expect(dueAfter(parseCron(text), at(from))).toBe(at(next));
  });

  it("take a day of the month or a weekday where both are given (POSIX crontab)", () => {
    const cron = parseCron("0 8 13 * 5");
    expect(dueAfter(cron, at("2026-11-24T00:00"))).toBe(at("2026-11-27T08:00"));
    expect(dueAfter(cron, at("2026-12-12T00:00"))).toBe(at("2026-12-13T08:00"));
  });

  it("have no time on a day that never comes", () => {
    expect(dueAfter(parseCron("0 0 30 2 *"), at("2026-01-01T00:00"))).toBeUndefined();
    expect(dueBefore(parseCron("0 0 30 2 *"), at("2026-01-01T00:00"))).toBeUndefined();
  });

  it("name the same times looking back as looking forward", () => {
    const texts = fc.constantFrom("30 2 * * *", "*/7 3-5 * * *", "0 8 * * 1", "0 0 1 * *", "59 23 31 12 *");
    const minutes = fc.integer({ min: at("2000-01-01T00:00") / 60_000, max: at("2090-01-01T00:00") / 60_000 });
    fc.assert(
      fc.property(texts, minutes, (text, minute) => {
        const cron = parseCron(text);
        const next = dueAfter(cron, minute * 60_000) ?? 0;
        expect(dueBefore(cron, next)).toBe(next);
        expect(dueBefore(cron, next - 1) ?? 0).toBeLessThanOrEqual(minute * 60_000);
      }),
    );
  });

  it.each([
    "",
    "every day",
    "* * * *",
    "60 * * * *",
    "0 24 * * *",
    "0 0 0 * *",
    "5-1 * * * *",
    "*/0 * * * *",
    "0 0 * * 8",
  ])("refuse %j", (text) => {
    expect(() => parseCron(text)).toThrowError(expect.objectContaining({ code: "schedule.cron" }));
  });
});
