/** An independent sweep for numerals: runs of digits and of Chinese and Roman numerals, knowing nothing of words. */
export function sweepNumerals(text: string): readonly string[] {
  return text.match(/\p{Nd}+|[〇零一二三四五六七八九十百千万亿两半]|[\p{Nl}\p{No}]/gu) ?? [];
}
