/** The form a briefing is wanted in, as written after `--format`. */
import { BRIEFING_FORMATS, type BriefingFormat } from "../../reports/briefings/formats.ts";
import { fault } from "../domain/faults.ts";

/** @throws Fault `option.value` */
export function formatOf(text: string | undefined): BriefingFormat | undefined {
  if (text === undefined) return undefined;
  const found = BRIEFING_FORMATS.find((one) => one === text);
  if (found === undefined)
    throw fault("option.value", { option: "format", given: text, expected: BRIEFING_FORMATS.join(" | ") });
  return found;
}
