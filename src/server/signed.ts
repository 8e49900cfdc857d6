/** Who made a batch: written down in the batch's own transaction, so that no batch is kept of which the audit does not know. */
import type { Signed } from "../../ingest/pipeline.ts";
import { announceAudit, settleAudit } from "../store/audit.ts";
import type { ServerContext } from "./context.ts";
import type { Ask } from "./route.ts";

/** Makes a change of batches, signed by who asks; the audit's chain has it before the answer where the disk allows. */
export async function signedChange<T>(
  {
    context,
    actor,
    now,
  }: Pick<Ask, "actor" | "now"> & { readonly context: Pick<ServerContext, "change" | "write" | "logError"> },
  { action, subject }: { readonly action: string; readonly subject: string },
  work: (signed: Signed) => Promise<T>,
): Promise<T> {
  const by = { at: now.getTime(), who: actor.name, role: actor.kind, action, subject };
  const result = await context.change(() =>
    work((sql, batch) => announceAudit(sql, batch, { ...by, after: `批次 ${batch}` })),
  );
  // What was announced is kept with the change: it is done, and the next entry takes this one along.
  await context.write(settleAudit).catch((error: unknown) => context.logError("audit", error));
  return result;
}
