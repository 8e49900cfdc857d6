/**
 * The index by rational arithmetic, written from the printed tables and apart from the code under test.
 *
 * Each column is typed here again, row by row as printed, with the index beside the concentration as text.
 */

type Fraction = { readonly n: bigint; readonly d: bigint };

/** HJ 633-2026 table 3: index, then the columns; "" where the printed table has a note instead. CO in mg/m³. */
const TABLE_3 = `
IAQI so2  so2_1h no2 no2_1h co co_1h o3_8h o3_1h pm10 pm25
0    0    0      0   0      0  0     0     0     0    0
50   50   150    40  100    2  5     100   160   50   35
100  150  500    80  200    4  10    160   200   120  60
150  475  650    180 700    14 35    215   300   250  115
200  800  800    280 1200   24 60    265   400   350  150
300  1600 -      565 2340   36 90    800   800   420  250
400  2100 -      750 3090   48 120   -     1000  500  350
500  2620 -      940 3840   60 150   -     1200  600  500`;

/** HJ 633-2012 table 1 prints 150 and 75 where 2026 has 120 and 60. */
const TABLE_1 = TABLE_3.replace("200   120  60", "200   150  75");

type Point = { readonly index: bigint; readonly at: bigint };

const rows = (table: string): readonly (readonly string[])[] =>
  table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));

/** The breakpoints of a column, concentrations in `scale` steps per unit. */
export function breakpoints(edition: "2012" | "2026", column: string, scale = 1n): readonly Point[] {
  const [head = [], ...body] = rows(edition === "2026" ? TABLE_3 : TABLE_1);
  const at = head.indexOf(column);
  return body.flatMap((row) => {
    const text = row[at] ?? "-";
    return text === "-" ? [] : [{ index: BigInt(row[0] ?? ""), at: BigInt(text) * scale }];
  });
}

/** The index of a concentration already rounded, `c / scale`; `undefined` above a column that ends early. */
export function oracle(edition: "2012" | "2026", column: string, c: bigint, scale: bigint): number | undefined {
  const points = breakpoints(edition, column, scale);
  const last = points.at(-1);
  if (last === undefined) throw new Error(`no column ${column}`);
  if (c > last.at) return last.index === 500n ? 500 : undefined;
  for (let i = 1; i < points.length; i++) {
    const [low, high] = [points[i - 1], points[i]];
    if (low === undefined || high === undefined || c > high.at) continue;
    const share: Fraction = { n: (high.index - low.index) * (c - low.at), d: high.at - low.at };
    const exactIndex: Fraction = { n: share.n + low.index * share.d, d: share.d };
    let up = 0n;
    while (up * exactIndex.d < exactIndex.n) up++;
    return Number(up);
  }
  return 0;
}
