/** How numbers and days are shown. */

export const dayFormat = "yyyy-mm-dd";

/** With so many decimals, always. */
export function numberFormat(decimals: number): string {
  return decimals === 0 ? "0" : `0.${"0".repeat(decimals)}`;
}
