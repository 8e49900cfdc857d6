/** A month of AQI days as a table of weeks: each day with its ringed square and its value, — with none. */
import type { AqiDay } from "../../analysis/aqi-days.ts";
import type { Period } from "../../domain/period.ts";
import type { Place } from "../../domain/place.ts";
import { type DayNumber, dayParts, dayText } from "../../domain/time.ts";
import { type Html, html } from "../html.ts";
import { link } from "../query.ts";
import { weekdayOf } from "./dates.ts";
import { aqiSquare } from "./marks.ts";

const HEADS = ["一", "二", "三", "四", "五", "六", "日"] as const;

export function monthCalendar(place: Place, month: Period, days: ReadonlyMap<DayNumber, AqiDay>): Html {
  const { year, month: number } = dayParts(month.first);
  // Monday first.
  const before = (weekdayOf(month.first) + 6) % 7;
  const length = month.last - month.first + 1;
  const cells = Array.from({ length: Math.ceil((before + length) / 7) * 7 }, (_, k) => {
    const day = month.first + k - before;
    return day < month.first || day > month.last ? undefined : day;
  });
  const weeks = Array.from({ length: cells.length / 7 }, (_, k) => cells.slice(k * 7, k * 7 + 7)).filter((week) =>
    week.some((day) => day !== undefined && days.has(day)),
  );
  return html`<table class="cal"><caption>${year}年${number}月</caption>
<thead><tr>${HEADS.map((head) => html`<th scope="col"><span class="vh">星期</span>${head}</th>`)}</tr></thead>
<tbody>${weeks.map((week) => html`<tr>${week.map((day) => (day === undefined ? html`<td></td>` : dayCell(place, day, days.get(day))))}</tr>`)}</tbody></table>`;
}

function dayCell(place: Place, day: DayNumber, found: AqiDay | undefined): Html {
  const { day: date } = dayParts(day);
  if (found === undefined) return html`<td><small>${date}</small></td>`;
  const { aqi, class: row } = found;
  if (aqi === undefined || row === undefined) return html`<td><small>${date}</small><span class="quiet">—</span></td>`;
  return html`<td><small>${date}</small><a class="n" href="${link("/explain/aqi", { place: place.code, period: dayText(day) })}" title="${row.class}">${aqiSquare(row.class)}${aqi}<span class="vh">，${row.class}</span></a></td>`;
}
