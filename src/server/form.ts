/** Fields of forms: how they are shown, and how what comes back is read. */
import { fault } from "../domain/faults.ts";
import { type Html, html } from "./html.ts";

const LONGEST_SECRET = 1000;

/** A field's text without the spaces around it; empty when it is not there. @throws Fault `query.too-long`, `body.unreadable` */
export function field(body: Readonly<Record<string, unknown>>, name: string, longest: number): string {
  const value = body[name] ?? "";
  if (typeof value !== "string")
    throw fault("body.unreadable", { reason: `${name} 不是一个文本` }, { parameter: name });
  if (value.length > longest) throw fault("query.too-long", { name, longest }, { parameter: name });
  return value.trim();
}

/** A password as it was typed, spaces and all. @throws Fault `query.too-long`, `body.unreadable` */
export function secretField(body: Readonly<Record<string, unknown>>, name: string): string {
  field(body, name, LONGEST_SECRET);
  return String(body[name] ?? "");
}

export function textField(
  name: string,
  zh: string,
  how: {
    readonly required?: boolean;
    readonly autocomplete?: string;
    readonly type?: string;
    readonly value?: string;
  } = {},
): Html {
  const { required = false, autocomplete = "off", type = "text", value = "" } = how;
  return html`<div class="f"><label for="f-${name}">${zh}</label><input id="f-${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}" maxlength="500"${required && html` required`}></div>`;
}

export function choiceField(
  name: string,
  zh: string,
  choices: readonly (readonly [string, string])[],
  chosen = "",
): Html {
  return html`<div class="f"><label for="f-${name}">${zh}</label><select id="f-${name}" name="${name}">${choices.map(
    ([value, text]) => html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`,
  )}</select></div>`;
}
