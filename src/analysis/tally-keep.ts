/** Keeping checked tallies: what became of each, and which steps look implausible. */
import { currentTallies, type Tally } from "../domain/tally.ts";
import { type TallyFlag, tallyBefore, tallyFlags } from "../domain/tally-flags.ts";
import type { Sql } from "../store/port.ts";
import { addTallies, listTallies, type TallyAccount } from "../store/tallies.ts";

type FlaggedTally = { readonly entry: Tally; readonly flags: readonly TallyFlag[] };

export type KeptTallies = { readonly account: TallyAccount; readonly flagged: readonly FlaggedTally[] };

/** Keeps all entries or none; flagged ones are kept too, and listed for a person to look at. */
export async function keepTallies(sql: Sql, entries: readonly Tally[], at: Date): Promise<KeptTallies> {
  const held = currentTallies(await listTallies(sql));
  const flagged = flaggedTallies(entries, held);
  return { account: await addTallies(sql, entries, at), flagged };
}

/** The entries whose step from the figure before is implausible, the figures of the same hand-in included. */
function flaggedTallies(entries: readonly Tally[], held: readonly Tally[]): readonly FlaggedTally[] {
  return entries
    .map((entry) => ({ entry, flags: tallyFlags(entry, tallyBefore<Tally>(entry, [...held, ...entries])) }))
    .filter((one) => one.flags.length > 0);
}
