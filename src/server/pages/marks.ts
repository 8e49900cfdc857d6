/** Marks: shape and word together, colour third. The symbols stand once at the top of each page. */
import type { Standing } from "../../domain/plan.ts";
import { STANDING_ZH } from "../../domain/plan.ts";
import { AQI_CLASSES, type AqiClass } from "../../standards/hj633-class.ts";
import { type Html, html, raw } from "../html.ts";

export type Mark = "met" | "on" | "risk" | "missed" | "unknown" | "notdue";

export const STANDING_MARK: Readonly<Record<Standing, Mark>> = {
  met: "met",
  on_track: "on",
  at_risk: "risk",
  missed: "missed",
  not_due: "notdue",
  cannot_judge: "unknown",
};

export const SYMBOLS = raw(`<svg class="vh" width="0" height="0" aria-hidden="true" focusable="false">
<symbol id="m-met" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7.2" fill="currentColor"/><path d="M4.4 8.2l2.5 2.5 4.7-5.4" fill="none" stroke="var(--ground)" stroke-width="2"/></symbol>
<symbol id="m-on" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.3" fill="none" stroke="currentColor" stroke-width="2.2"/></symbol>
<symbol id="m-risk" viewBox="0 0 16 16"><path d="M8 .8l7.8 14H.2z" fill="currentColor"/><path d="M8 5.4v4.8M8 11.4v1.8" stroke="var(--ground)" stroke-width="1.8"/></symbol>
<symbol id="m-missed" viewBox="0 0 16 16"><path d="M1 1h14v14H1z" fill="currentColor"/><path d="M4.6 4.6l6.8 6.8M11.4 4.6l-6.8 6.8" stroke="var(--ground)" stroke-width="2"/></symbol>
<symbol id="m-unknown" viewBox="0 0 16 16"><path d="M8 1l7 7-7 7-7-7z" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M5.4 8h5.2" stroke="currentColor" stroke-width="1.8"/></symbol>
<symbol id="m-notdue" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.3" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.2 1.8"/></symbol>
</svg>`);

/** The mark alone; the word must stand beside it. */
export function mark(name: Mark): Html {
  return html`<svg class="mark ${name}" aria-hidden="true"><use href="#m-${name}"/></svg>`;
}

/** Mark and word. */
export function tagged(name: Mark, word: string): Html {
  return html`<span class="st ${name}">${mark(name)}${word}</span>`;
}

export function standingMark(standing: Standing): Html {
  return tagged(STANDING_MARK[standing], STANDING_ZH[standing]);
}

/** The ringed square of an AQI class, beside its word or value. */
export function aqiSquare(name: AqiClass): Html {
  const level = AQI_CLASSES.find((one) => one.class === name)?.level ?? 1;
  return html`<span class="aqi aqi-${level}"></span>`;
}

export function aqiClassOf(name: AqiClass): Html {
  return html`<span class="nw">${aqiSquare(name)}${name}</span>`;
}
