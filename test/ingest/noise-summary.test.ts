/** Summaries of noise have no confirmed layout: they are refused by name, with what to hand in instead. */
import { writeXlsx } from "hucre";
import { expect, it } from "vitest";
import { isNoiseSummary } from "../../ingest/noise-summary.ts";
import { temporaryStore } from "../store-fixture.ts";
import { take } from "./take.ts";

const RATES = [
  ["2026年1月功能区声环境质量", "", ""],
  ["功能区类别", "昼间达标率(%)", "夜间达标率(%)"],
  ["1类", "90.3", "92.4"],
];

it("A table of zones with day and night pass rates is refused, and so are levels of whole days and nights", async () => {
  const fixture = await temporaryStore({ places: [], sets: [] });
  const csv = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.join(",")).join("\n");
  const workbook = new Uint8Array(await writeXlsx({ sheets: [{ name: "功能区", rows: RATES }] }));
  const files = [
    ["a.csv", csv(RATES), "auto"],
    ["a.xlsx", workbook, "auto"],
    ["a.csv", csv(RATES), "noise-points"],
    ["b.csv", "date,ld_P1,ln_P1,leq\n2024-05-01,55,45,52\n", "noise-hourly"],
    ["b.csv", "监测点,日期,昼间等效声级,夜间等效声级\n甲,2024-05-01,55,45\n", "auto"],
  ] as const;
  for (const [name, bytes, format] of files) {
    const batch = await take(fixture, name, bytes, { format });
    expect([batch.id, batch.files[0]?.reason]).toEqual([undefined, "file.noise-summary"]);
  }
  await fixture.remove();
});

it("Other tables without a known head are not taken for one", () => {
  expect(isNoiseSummary("日期,昼间气温,夜间气温\n2024-05-01,20,10")).toBe(false);
  expect(isNoiseSummary("when\tdb\n2024-05-01 00:00\t40")).toBe(false);
});
