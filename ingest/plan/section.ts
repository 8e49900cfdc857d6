/** Section headings of a plan's table: a row with one text, numbered in Chinese. */

const HEADING =
  /^([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十]+[章部节])/;

export function isSectionHeading(text: string): boolean {
  return HEADING.test(text.trim());
}
