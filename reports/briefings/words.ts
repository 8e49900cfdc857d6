/** Days in words. */

/** `2015-03-31` as 2015年3月31日. */
export function dayZh(day: string): string {
  return `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
}
