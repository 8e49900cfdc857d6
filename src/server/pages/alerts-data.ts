/** The alerts somebody may see, with their mutes. */
import { dayOf } from "../../domain/time.ts";
import { type Alert, type AlertMute, alertKey, alertMutes, listAlerts } from "../../store/alerts.ts";
import { permits } from "../access/permission.ts";
import { seesIndicator } from "../access/sight.ts";
import type { Ask } from "../route.ts";

export type SeenAlert = Alert & { readonly mute: AlertMute | undefined };

/** Open ones first, the newest first; a township's own only. */
export async function seenAlerts({
  store,
  actor,
  now,
}: Pick<Ask, "store" | "actor" | "now">): Promise<readonly SeenAlert[]> {
  const mutes = await alertMutes(store.sql);
  const today = dayOf(now.getTime());
  const all = (await listAlerts(store.sql)).filter(
    ({ kind, code, indicator }) =>
      (kind === "operation" ? permits(actor, "alert.view") : permits(actor, "alert.view", { township: code })) &&
      seesIndicator(actor, indicator, code),
  );
  return all
    .map((one) => {
      const mute = mutes.get(alertKey(one));
      return { ...one, mute: mute !== undefined && mute.until >= today ? mute : undefined };
    })
    .sort((a, b) => Number(a.state === "ended") - Number(b.state === "ended") || b.id - a.id);
}
