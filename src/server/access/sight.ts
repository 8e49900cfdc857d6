/** Whether somebody may see an indicator of a place in detail: asked by every page and interface that takes both from outside. */
import { fault } from "../../domain/faults.ts";
import type { Place } from "../../domain/place.ts";
import type { Actor } from "./actor.ts";
import { permits } from "./permission.ts";

/** @throws Fault `access.denied` */
export function requireSight(actor: Actor, indicator: string, place: Pick<Place, "kind" | "code">): void {
  const township = place.kind === "township" || place.kind === "zone" ? place.code : undefined;
  const detail = township === undefined || permits(actor, "view.detail", { township });
  if (!detail || !seesIndicator(actor, indicator, township)) throw fault("access.denied");
}

/** Complaints are not for everybody; all other indicators are. */
export function seesIndicator(actor: Actor, indicator: string, township?: string | undefined): boolean {
  return indicator !== "noise_complaints" || permits(actor, "view.complaints", { township });
}
