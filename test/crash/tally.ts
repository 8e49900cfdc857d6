/** What a campaign of kills came to, as a small table. */
import type { Round } from "./rounds.ts";

/** One line a lane and step: how many kills, and how many found it done. */
export function crashTable(rounds: readonly Round[]): string {
  const counts = new Map<string, { n: number; after: number }>();
  const struck = rounds.filter(({ killed }) => killed !== "nobody");
  for (const { lane, step, killed, outcome } of struck) {
    const key = `${lane.padEnd(8)} ${step.padEnd(14)} ${killed}`;
    const held = counts.get(key) ?? { n: 0, after: 0 };
    counts.set(key, { n: held.n + 1, after: held.after + (outcome === "after" ? 1 : 0) });
  }
  const lines = [...counts].sort().map(([key, { n, after }]) => `${key.padEnd(34)} ${n} (${after} after)`);
  return [...lines, `${struck.length} kills in ${rounds.length} rounds`].join("\n");
}
