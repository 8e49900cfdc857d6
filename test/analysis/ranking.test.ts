import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changePercent } from "../../src/analysis/change.ts";
import { CHANGE_DECIMALS, rankOfChanges } from "../../src/analysis/rank-change.ts";
import { type RankOrder, rankValues } from "../../src/analysis/ranking.ts";
import { compare, exact, parseExact } from "../../src/domain/exact.ts";
import { decimalText } from "../../src/standards/gbt8170.ts";
import { type CsvRow, readCsv } from "../csv.ts";
import { hasShared, shared } from "../shared.ts";

const tableOf = (name: string) => (hasShared ? readCsv(shared(`expected/rank/${name}.csv`)) : []);

function groupsOf(rows: readonly CsvRow[], key: (row: CsvRow) => string): readonly (readonly [string, CsvRow[]])[] {
  const groups = new Map<string, CsvRow[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups];
}

describe("a ranking, as bulletins do it", () => {
  const values = (...texts: string[]) => texts.map((text, item) => ({ item, value: exact(text) }));
  const worst = { order: "worst", decimals: 0, higherIsWorse: true } as const;

  it("rounds half to even before it compares, so 2.5 and 2 share a rank", () => {
    expect(rankValues(values("2.5", "2", "3"), worst).map((one) => [one.item, one.rank])).toEqual([
      [2, 1],
      [0, 2],
      [1, 2],
    ]);
  });
  it("takes a low value as the worse one where less is worse", () => {
    const found = rankValues(values("60", "80"), { ...worst, higherIsWorse: false });
    expect(found.map((one) => one.item)).toEqual([0, 1]);
  });
  it("prints the changes of August 2021 from the printed concentrations: 30 to 19 is -36.7 %", () => {
    const change = changePercent(exact("19"), exact("30"));
    expect(change === undefined ? "" : decimalText(change, CHANGE_DECIMALS)).toBe("-36.7");
  });
});

describe.skipIf(!hasShared)("rankings against the expected cases", () => {
  const cases = groupsOf(tableOf("cases"), (row) => `${row["case"]} ${row["title"]}`);

  it("has twenty-five cases", () => {
    expect(cases.length).toBeGreaterThanOrEqual(25);
  });
  it.each(cases)("agrees in %s", (_name, rows) => {
    const [{ order = "", decimals = "0", cut_n = "", N = "" } = {}] = rows;
    // The input's own order inside a tie group: the table lists places of a group in it.
    const given = rows.flatMap((row) => {
      const value = parseExact(row["value"] ?? "");
      return value === undefined ? [] : [{ item: row["place"] ?? "", value }];
    });
    const ranked = rankValues(given, {
      order: order.replace("_first", "") as RankOrder,
      decimals: Number(decimals),
      higherIsWorse: true,
      cut: Number(cut_n),
    });
    const flag = (yes: boolean) => (yes ? "Y" : "N");
    expect(ranked.length).toBe(Number(N));
    expect(
      ranked.map((one) => ({
        place: one.item,
        rounded: decimalText(one.rounded, Number(decimals)),
        rank: String(one.rank),
        from_worst: String(one.fromWorst),
        from_best: String(one.fromBest),
        other_end: String(one.rank === one.fromWorst ? one.fromBest : one.fromWorst),
        tied: flag(one.tied),
        group_size: String(one.groupSize),
        in_worst_n: flag(one.fromWorst <= Number(cut_n)),
        straddles: flag(one.straddles),
      })),
    ).toEqual(
      rows
        .filter((row) => row["rank"] !== "")
        .map((row) => ({
          place: row["place"],
          rounded: row["rounded"],
          rank: row["rank"],
          from_worst: row["from_worst"],
          from_best: row["from_best"],
          other_end: row["order"] === "worst_first" ? row["from_best"] : row["from_worst"],
          tied: row["tied"],
          group_size: row["group_size"],
          in_worst_n: row["in_worst_n"],
          straddles: row["straddles"],
        })),
    );
  });
});

describe.skipIf(!hasShared)("rankings against printed bulletins", () => {
  const tables = groupsOf(
    tableOf("notices").filter((row) => row["recomputed_from"] === "values"),
    (row) => `${row["file"]} ${row["table"]}`,
  );

  it.each(tables)("gives the printed ranks of %s from the printed values", (name, rows) => {
    const isChange = name.includes("同比");
    const given = rows.map((row) => ({
      item: row["place"] ?? "",
      value: exact((row["value"] ?? "").replace("%", "")),
    }));
    const ranks = isChange
      ? rankOfChanges(given, "best", true)
      : new Map(
          rankValues(given, { order: "best", decimals: 2, higherIsWorse: true }).map((one) => [one.item, one.rank]),
        );
    for (const row of rows) {
      expect(`${row["place"]} ${ranks.get(row["place"] ?? "")}`).toBe(`${row["place"]} ${row["printed_rank"]}`);
    }
  });
});

describe("the laws of a ranking", () => {
  const lists = fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 1, maxLength: 60 });

  it("gives rank 1 + the number of places that are worse, whatever the order of the input", () => {
    fc.assert(
      fc.property(lists, (list) => {
        const given = list.map((value, item) => ({ item, value: exact(value) }));
        const ranked = rankValues(given, { order: "worst", decimals: 0, higherIsWorse: true });
        for (const one of ranked) {
          const above = list.filter((value) => value > Number(one.rounded.num / one.rounded.den)).length;
          expect(one.fromWorst).toBe(above + 1);
          expect(one.fromWorst + one.fromBest + one.groupSize - 1).toBe(list.length + 1);
        }
      }),
    );
  });
  it("keeps its ranks when every value rises by the same whole step", () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 500 }), (list, step) => {
        const ranksOf = (shift: number) =>
          rankValues(
            list.map((value, item) => ({ item, value: exact(value + shift) })),
            { order: "best", decimals: 0, higherIsWorse: true },
          ).map((one) => [one.item, one.rank]);
        expect(ranksOf(step)).toEqual(ranksOf(0));
      }),
    );
  });
  it("orders from worst to best", () => {
    fc.assert(
      fc.property(lists, (list) => {
        const given = list.map((value, item) => ({ item, value: exact(value) }));
        const ranked = rankValues(given, { order: "worst", decimals: 0, higherIsWorse: true });
        expect(
          ranked.every((one, k) => k === 0 || compare(ranked[k - 1]?.rounded ?? one.rounded, one.rounded) >= 0),
        ).toBe(true);
      }),
    );
  });
});
