/**
 * Chance that can be repeated: every draw comes from the seed and the name of what is drawn.
 *
 * Keyed draws let any day be computed without the days before it, so a city can be written day by day and two cities
 * of one seed agree wherever they overlap.
 */

export type Key = string | number;

/** A source of numbers from 0 (inside) to 1 (outside), always the same for the same seed and keys. */
export function stream(seed: number, ...keys: readonly Key[]): () => number {
  let state = mixed(seed, keys);
  // mulberry32: one multiplication chain a draw, and the file writers draw millions
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** One number from 0 (inside) to 1 (outside) for the seed and keys. */
export function draw(seed: number, ...keys: readonly Key[]): number {
  return stream(seed, ...keys)();
}

/** A whole number from `low` to `high`, both inside. */
export function pick(seed: number, low: number, high: number, ...keys: readonly Key[]): number {
  return low + Math.floor(draw(seed, ...keys) * (high - low + 1));
}

/** A number around 0 with standard deviation 1, never beyond ±3.5: the sum of four draws, centred. */
export function bell(next: () => number): number {
  return (next() + next() + next() + next() - 2) * Math.sqrt(3);
}

function mixed(seed: number, keys: readonly Key[]): number {
  let hash = Math.imul(seed | 0, 0x9e3779b1);
  for (const key of keys) hash = typeof key === "number" ? round(hash, key | 0) : textRound(hash, key);
  return hash;
}

function textRound(hash: number, text: string): number {
  let h = hash;
  for (let i = 0; i < text.length; i++) h = round(h, text.charCodeAt(i));
  return h;
}

/** One round of a 32-bit hash; it only has to spread neighbouring keys apart. */
function round(hash: number, key: number): number {
  let h = Math.imul(hash ^ key, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
