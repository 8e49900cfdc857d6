/** A briefing made before its data were complete says so: in its title, its issue, its first paragraph and its record. */

const MARK = "（初步）";

/** The briefing as it is, or marked with the reason it is preliminary. */
export function asPreliminary<B extends { readonly issue: string }>(
  briefing: B,
  why: string | undefined,
): B & { readonly preliminary?: string } {
  return why === undefined ? briefing : { ...briefing, issue: `${briefing.issue}${MARK}`, preliminary: why };
}

export function isPreliminary({ issue }: { readonly issue: string }): boolean {
  return issue.endsWith(MARK);
}

/** What stands behind the title. */
export function titleMark({ preliminary }: { readonly preliminary?: string }): string {
  return preliminary === undefined ? "" : MARK;
}
