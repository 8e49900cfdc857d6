/** A draft without its lines: they are lines of text in one container and rows of a sheet in another. */
import type { PlanDraft } from "../../../ingest/plan/draft.ts";

export function withoutLines(draft: PlanDraft): unknown {
  const bare = JSON.parse(JSON.stringify(draft, (key, value) => (key === "line" ? undefined : value)));
  // Numerals of a row come in another order where its cells share a line.
  bare.numerals.sort((a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return bare;
}
