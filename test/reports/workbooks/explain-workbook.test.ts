import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../../ingest/pipeline.ts";
import { explainWorkbook } from "../../../reports/workbooks/explain-workbook.ts";
import { explainInputs } from "../../../src/analysis/explain-inputs.ts";
import { askStatistics } from "../../../src/analysis/stat-answer.ts";
import { statIndicator } from "../../../src/analysis/stat-indicators.ts";
import { toNumber } from "../../../src/domain/exact.ts";
import { parsePeriod } from "../../../src/domain/period.ts";
import { placeFinder, requirePlace } from "../../../src/domain/place-finder.ts";
import { parseDay } from "../../../src/domain/time.ts";
import { roundHalfEven } from "../../../src/standards/gbt8170.ts";
import { DEFAULT_POLICIES } from "../../../src/standards/policy.ts";
import { hasShared, shared } from "../../shared.ts";
import { type TemporaryStore, temporaryStore } from "../../store-fixture.ts";
import { cellsOf } from "./sheet-formulas.ts";

/** Ten numbers of a real year: means, percentiles, single days, counts, of stations and of sets. */
const NUMBERS = [
  ["pm25", "110105", "2015-03"],
  ["pm25", "station:东四", "2015-07"],
  ["no2", "110000", "2015-10"],
  ["co", "110105", "2015-12"],
  ["o3", "station:万柳", "2015-06"],
  ["so2", "110000", "2015"],
  ["pm25", "110105", "2015-03-14"],
  ["o3", "110105", "2015-06-10"],
  ["good_day_ratio", "110105", "2015-03"],
  ["heavy_days", "station:农展馆", "2015-12"],
] as const;

describe.skipIf(!hasShared)("a number as a workbook", () => {
  let fixture: TemporaryStore;
  beforeAll(async () => {
    fixture = await temporaryStore();
    await ingestPath(fixture.store, "quotsoft", shared("data/quotsoft-beijing-2015.tar.gz"), {
      now: new Date("2026-01-01T00:00:00Z"),
    });
  });
  afterAll(() => fixture.remove());

  it.each(NUMBERS)("gives %s of %s in %s again by its own formulas, rounding included", async (code, name, text) => {
    const { store } = fixture;
    const place = requirePlace(placeFinder(await store.places()), name);
    const question = {
      indicator: statIndicator(code),
      period: parsePeriod(text),
      policies: DEFAULT_POLICIES,
      today: parseDay("2026-11-01"),
    };
    const [answer] = await askStatistics(store, { ...question, places: [place] });
    if (answer?.value === undefined) throw new Error("no value");
    const inputs = await explainInputs(store, { ...question, place });
    const cell = await cellsOf(await explainWorkbook(inputs));
    const row = inputs.labels.length + 3;
    expect(cell(`A${row}`)).toBe("由公式得到");
    expect(cell(`B${row}`)).toBeCloseTo(toNumber(answer.value), 9);
    expect(cell(`B${row + 1}`)).toBe(toNumber(roundHalfEven(answer.value, answer.decimals)));
  });

  it("refuses what a spreadsheet cannot give again, and says why", async () => {
    const place = requirePlace(placeFinder(await fixture.store.places()), "110105");
    const asked = {
      indicator: statIndicator("composite_index"),
      place,
      period: parsePeriod("2015-03"),
      policies: DEFAULT_POLICIES,
      today: parseDay("2026-11-01"),
    };
    await expect(explainInputs(fixture.store, asked)).rejects.toMatchObject({ code: "explain.no-workbook" });
  });
});
