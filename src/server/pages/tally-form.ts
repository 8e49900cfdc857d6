/** The form a figure is reported with. It holds the entry its writer has seen, so that nobody overwrites unseen. */

import type { Target } from "../../domain/plan.ts";
import { currentTallies, type StoredTally, TALLY_COLUMNS } from "../../domain/tally.ts";
import { dayText } from "../../domain/time.ts";
import { type Html, html } from "../html.ts";
import type { Ask } from "../route.ts";

export function tallyForm({ csrf, actor, today, facts }: Ask, target: Target, mine: readonly StoredTally[]): Html {
  const seen = Math.max(0, ...currentTallies(mine).map((one) => one.id));
  const parts = target.scope.kind === "each" ? target.scope.names : [];
  const ownPart = facts.places.places.find((one) => one.code === actor.bound)?.name;
  const share = target.unit === "%" || target.value?.includes("/") === true;
  const compared = ["up", "down", "flat"].includes(target.comparator);
  const field = (name: keyof typeof TALLY_COLUMNS, more: Html = html``, value = ""): Html =>
    html`<div class="f"><label for="t-${name}">${TALLY_COLUMNS[name]}</label><input id="t-${name}" name="${name}" value="${value}" maxlength="200" autocomplete="off"${more}></div>`;
  return html`<h3>填报</h3><form class="fields" method="post" action="/targets/${target.id}/tally">
<input type="hidden" name="_csrf" value="${csrf}"><input type="hidden" name="seen" value="${seen}">
${
  parts.length > 0 &&
  html`<div class="f"><label for="t-part">${TALLY_COLUMNS.part}</label><select id="t-part" name="part">${parts
    .filter((part) => actor.kind !== "township" || part === ownPart)
    .map((part) => html`<option>${part}</option>`)}</select></div>`
}
${field("date", html` inputmode="numeric" required placeholder="2024-09-30"`, dayText(today))}
${share ? html`${field("numerator", html` inputmode="decimal"`)}${field("denominator", html` inputmode="decimal"`)}` : field("value", html` inputmode="decimal" required`)}
${compared && field("base", html` inputmode="decimal"`)}
${field("unit", html` required`, target.unit)}
${field("reporter", html` required`, actor.name)}
${field("note")}
<div><button class="go">提交</button></div></form>`;
}
