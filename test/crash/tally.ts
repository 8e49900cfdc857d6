/** What a campaign of kills came to, as a small table. */
import type { Round } from "./rounds.ts";

/** One line a lane and step: how many kills, how many found it done and how many not begun; and what was broken, if anything. */
export function crashTable(rounds: readonly Round[]): string {
  const counts = new Map<string, Readonly<Record<"n" | Round["outcome"], number>>>();
  const sliced = new Map<string, number>();
  const struck = rounds.filter(({ killed }) => killed !== "nobody");
  for (const { lane, step, killed, outcome, sliced: among } of struck) {
    const key = `${lane.padEnd(8)} ${step.padEnd(14)} ${killed}`;
    if (among) sliced.set(key, (sliced.get(key) ?? 0) + 1);
    const held = counts.get(key) ?? { n: 0, after: 0, before: 0, broken: 0 };
    counts.set(key, { ...held, n: held.n + 1, [outcome]: held[outcome] + 1 });
  }
  const lines = [...counts]
    .sort()
    .map(
      ([key, { n, after, before, broken }]) =>
        `${key.padEnd(34)} ${n} (${after} after, ${before} before${broken === 0 ? "" : `, ${broken} BROKEN`})${sliced.has(key) ? `, ${sliced.get(key)} with slices left` : ""}`,
    );
  const broken = rounds.filter(({ wrong }) => wrong.length > 0).length;
  return [
    ...lines,
    `${struck.length} kills in ${rounds.length} rounds, ${broken === 0 ? "none between" : `${broken} broken`}`,
  ].join("\n");
}
