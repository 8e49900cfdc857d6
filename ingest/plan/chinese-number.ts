/** Numbers written in Chinese characters, exactly: 二十五, 一百零五, 三万五千, 二〇二四, 两. */

const DIGITS = "〇一二三四五六七八九";
const STEPS: Readonly<Record<string, bigint>> = { 十: 10n, 百: 100n, 千: 1000n };
const GROUPS: Readonly<Record<string, bigint>> = { 万: 10_000n, 亿: 100_000_000n };

/** The number a run of Chinese numerals writes; `undefined` for a run that writes none. */
export function chineseNumber(text: string): bigint | undefined {
  const run = text.replaceAll("零", "〇").replaceAll("两", "二");
  if (run === "") return undefined;
  if ([...run].every((sign) => DIGITS.includes(sign)))
    return BigInt([...run].map((sign) => DIGITS.indexOf(sign)).join(""));
  // 亿 closes everything before it, 万 only what follows the last 亿.
  let high = 0n;
  let low = 0n;
  let group = 0n;
  let digit: bigint | undefined;
  for (const sign of run) {
    const step = STEPS[sign];
    const size = GROUPS[sign];
    if (step !== undefined) {
      group += (digit ?? 1n) * step;
      digit = undefined;
    } else if (size !== undefined) {
      const sum = group + (digit ?? 0n);
      if (low + sum === 0n) return undefined;
      if (size === GROUPS["亿"]) [high, low] = [(high + low + sum) * size, 0n];
      else low = (low + sum) * size;
      group = 0n;
      digit = undefined;
    } else {
      const value = DIGITS.indexOf(sign);
      if (value < 0) return undefined;
      digit = value === 0 ? undefined : BigInt(value);
    }
  }
  return high + low + group + (digit ?? 0n);
}
