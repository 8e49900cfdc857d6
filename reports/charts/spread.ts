/** Labels beside a plot, moved apart until none overlaps the next. */

export type Placed<T> = { readonly label: T; readonly at: number };

/**
 * In order of height, each at least `step` below the one above. Where the last would leave the plot at `bottom`, all that
 * stand in its way move up instead.
 */
export function spread<T>(
  labels: readonly Placed<T>[],
  step: number,
  bottom = Number.POSITIVE_INFINITY,
): readonly Placed<T>[] {
  const placed: Placed<T>[] = [];
  for (const one of [...labels].sort((a, b) => a.at - b.at)) {
    const above = placed.at(-1);
    placed.push({ ...one, at: above === undefined ? one.at : Math.max(one.at, above.at + step) });
  }
  let floor = bottom;
  return placed
    .reverse()
    .map((one) => {
      const at = Math.min(one.at, floor);
      floor = at - step;
      return { ...one, at };
    })
    .reverse();
}
