import { describe, expect, it } from "vitest";
import { calendarChart, calendarRows } from "../../../reports/charts/calendar.ts";
import { chartSvg } from "../../../reports/charts/render.ts";
import { inventedDays } from "../briefings/cases/invented.ts";

const pointsOf = (config: ReturnType<typeof calendarChart>) =>
  config.data.datasets.flatMap(({ label, data }) =>
    data.map((point) => ({ label, ...(point as { x: number; y: number }) })),
  );

describe("the AQI calendar", () => {
  it("puts a day under its weekday, Monday first", () => {
    // 1 March 2015 was a Sunday, 2 March a Monday.
    const days = [
      { day: "2015-03-01", aqi: 40, class: "优" },
      { day: "2015-03-02", aqi: 60, class: "良" },
    ] as const;
    const [sunday, monday] = pointsOf(calendarChart(days));
    expect([Math.floor(sunday?.x ?? 0), Math.floor(sunday?.y ?? 0)]).toEqual([6, 0]);
    expect([Math.floor(monday?.x ?? 0), Math.floor(monday?.y ?? 0)]).toEqual([0, 1]);
  });

  it("has as many rows as the month has weeks", () => {
    expect(calendarRows(inventedDays(59, 31))).toBe(6);
    // February 2021 has exactly four, from Monday 1 to Sunday 28.
    expect(
      calendarRows(Array.from({ length: 28 }, (_, at) => ({ day: `2021-02-${String(at + 1).padStart(2, "0")}` }))),
    ).toBe(4);
  });

  it("gives a year one row a month, a day without an index no mark", () => {
    const days = inventedDays(0, 365);
    expect(calendarRows(days)).toBe(12);
    expect(pointsOf(calendarChart(days))).toHaveLength(days.filter(({ aqi }) => aqi !== undefined).length);
  });

  it("keeps its configuration", () => {
    expect(calendarChart(inventedDays(59, 4))).toMatchSnapshot();
  });

  it("draws nothing but the frame for no days", () => {
    expect(chartSvg(calendarChart([]), { width: 300, height: 120 })).toMatch(/^<\?xml/);
  });

  it("gives equal bytes each time, letters as paths", () => {
    const draw = () => chartSvg(calendarChart(inventedDays(59, 31)), { width: 510, height: 210 });
    const once = draw();
    expect(draw() === once).toBe(true);
    expect(once.includes("<text")).toBe(false);
  });

  it("refuses a pollutant name the fonts cannot show", () => {
    const days = [{ day: "2015-03-01", aqi: 60, class: "良", primary: ["PM\u{1F4A8}"] }] as const;
    expect(() => chartSvg(calendarChart(days), { width: 300, height: 120 })).toThrow("briefing.glyph-missing");
  });
});
