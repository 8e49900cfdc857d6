/**
 * Sound levels combine by energy: their mean, their sum and the day-night level.
 *
 * Rests on: GB 3096-2008 (Leq, Ld, Ln) and the usual Ldn with 10 dB on the night. Logarithms are doubles by nature, so
 * the result is one level, kept exact, plus a logarithm that is 0 where nothing has to be averaged: levels that are all
 * equal give exactly that level, and a tie at 0.05 dB is rounded as it stands.
 */
import { add, compare, type Exact, exact, subtract } from "../domain/exact.ts";

/** 16 hours of day, 8 of night, 10 dB on the night. @source GB 3096-2008 3.4 (06–22 and 22–06); formula of Ldn */
const DAY_HOURS = 16;
const NIGHT_HOURS = 8;
const NIGHT_PENALTY = exact(10);

/**
 * The energy mean, 10 lg of the mean of 10^(L/10).
 * @param levels dB(A), each over the same length of time
 * @returns dB(A), unrounded; between the lowest and the highest level; `undefined` for none
 * @source GB 3096-2008 3.2
 * @example energyMean([exact("60"), exact("60")]) // 60
 */
export function energyMean(levels: readonly Exact[]): Exact | undefined {
  return energyMeanOfStored(levels) ?? combined(equalParts(levels), levels.length);
}

/** The level of sources that sound together, 10 lg of the sum of 10^(L/10), dB(A); `undefined` for none. */
export function levelSum(levels: readonly Exact[]): Exact | undefined {
  return combined(equalParts(levels), 1);
}

/**
 * The day-night level, 10 lg((16·10^(Ld/10) + 8·10^((Ln+10)/10))/24), from unrounded Ld and Ln.
 * @returns dB(A), unrounded
 * @source formula with doctests of a third party; LIKELY for the weights of other splits
 */
export function dayNightLevel(ld: Exact, ln: Exact): Exact {
  const parts = [
    { level: ld, weight: DAY_HOURS },
    { level: add(ln, NIGHT_PENALTY), weight: NIGHT_HOURS },
  ];
  return combined(parts, DAY_HOURS + NIGHT_HOURS) ?? ld;
}

type Part = { readonly level: Exact; readonly weight: number };

function equalParts(levels: readonly Exact[]): readonly Part[] {
  return levels.map((level) => ({ level, weight: 1 }));
}

/**
 * Levels as the store holds them: whole multiples of one unit, small enough to be exact as doubles. A year of a network is
 * hundreds of thousands of them; the result is that of `combined` to the last bit.
 */
function energyMeanOfStored(levels: readonly Exact[]): Exact | undefined {
  const den = levels[0]?.den;
  if (den === undefined) return undefined;
  const nums: number[] = [];
  let loudest = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < levels.length; k++) {
    const level = levels[k];
    const num = Number(level?.num);
    if (level?.den !== den || !Number.isSafeInteger(num)) return undefined;
    if (num > most) {
      loudest = k;
      most = num;
    }
    nums.push(num);
  }
  const unit = Number(den);
  let energy = 0;
  for (const num of nums) energy += 10 ** ((num - most) / unit / 10);
  const reference = levels[loudest] ?? exact(0);
  return add(reference, exact(10 * Math.log10(energy / levels.length)));
}

function combined(parts: readonly Part[], divisor: number): Exact | undefined {
  const loudest = parts.reduce<Exact | undefined>(
    (most, { level }) => (most !== undefined && compare(most, level) >= 0 ? most : level),
    undefined,
  );
  if (loudest === undefined) return undefined;
  const energy = parts.reduce((total, { level, weight }) => total + weight * relative(level, loudest), 0);
  return add(loudest, exact(10 * Math.log10(energy / divisor)));
}

/** 10^((L − reference)/10): 1 for the reference itself, so that equal levels add up without a rounding error. */
function relative(level: Exact, reference: Exact): number {
  const below = subtract(level, reference);
  // Plain division of two doubles: millions of hours pass here, and a logarithm is no more exact than that.
  return 10 ** (Number(below.num) / Number(below.den) / 10);
}
