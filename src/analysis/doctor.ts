/** Whether a store keeps its promises: every check, in the order it is told. What each looks at stands in its own file. */
import type { Store } from "../store/port.ts";
import { checkAccounts, checkAudit, checkOrphans, checkSchema } from "./doctor-catalogue.ts";
import { checkBriefings, checkLeftovers, checkOriginals } from "./doctor-files.ts";
import type { Finding } from "./doctor-finding.ts";
import { checkDaily, checkHistory, checkUnique } from "./doctor-readings.ts";

const CHECKS: readonly ((store: Store) => Promise<Finding>)[] = [
  async ({ readings }) => ({ check: "engine", zh: "读数引擎正常", ...(await readings.check()) }),
  checkUnique,
  checkHistory,
  checkDaily,
  checkAccounts,
  checkOrphans,
  checkOriginals,
  checkBriefings,
  checkAudit,
  checkLeftovers,
];

/** Every check of a store; changes nothing. @throws Fault when an InfluxDB cannot be asked */
export async function examine(store: Store): Promise<readonly Finding[]> {
  // In one transaction: one view of the store, and readings that come from a server are loaded once.
  return await store.sql.transaction(async () => {
    const findings = [await checkSchema(store)];
    // The other checks ask tables and columns by name.
    if (findings[0]?.ok === false) return findings;
    for (const check of CHECKS) findings.push(await check(store));
    return findings;
  });
}
