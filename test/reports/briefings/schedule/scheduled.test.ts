import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ingestPath } from "../../../../ingest/pipeline.ts";
import type { DistrictQuestion } from "../../../../reports/briefings/build/question.ts";
import type { DraftRequest } from "../../../../reports/briefings/drafts.ts";
import { asPreliminary } from "../../../../reports/briefings/preliminary.ts";
import { coverageOf } from "../../../../reports/briefings/schedule/coverage.ts";
import { scheduledDrafts } from "../../../../reports/briefings/schedule/scheduled.ts";
import { parsePeriod } from "../../../../src/domain/period.ts";
import { placeFinder, requirePlace } from "../../../../src/domain/place-finder.ts";
import { dayOf } from "../../../../src/domain/time.ts";
import { DEFAULT_POLICIES } from "../../../../src/standards/policy.ts";
import { keepDrafts, type NewBriefing } from "../../../../src/store/briefings.ts";
import { temporaryStore } from "../../../store-fixture.ts";

const rules = { month: { day: 3, hour: 9, coverage: 95, lastDay: 5 } };

/** What a draft would say, without setting a page. */
const draft = async ({ place, period }: DistrictQuestion, { preliminary }: DraftRequest): Promise<NewBriefing[]> => {
  const { issue } = asPreliminary({ issue: period.text }, preliminary);
  const bytes = new TextEncoder().encode(`${issue}${preliminary ?? ""}`);
  const file = { name: `${period.text}.pdf`, sha256: "", digest: "d", facts: { standings: {}, figures: {} } };
  return [
    {
      ...file,
      kind: "district",
      place: place.code,
      period: period.text,
      version: 1,
      issue,
      reason: "",
      madeBy: "",
      at: 0,
      bytes,
    },
  ];
};

/** A store whose district has ten townships measured in October 2026, and a clock. */
async function service() {
  const fixture = await temporaryStore();
  const { store, dir } = fixture;
  const place = requirePlace(placeFinder(await store.places()), "110105");
  const ten = (await store.places()).places.filter((one) => one.parentId === place.id).slice(0, 10);
  await mkdir(join(dir, "source"));
  let files = 0;
  const measure = async (from: number, to: number, days: number): Promise<void> => {
    const rows = ten
      .slice(from, to)
      .flatMap(({ code }) =>
        Array.from(
          { length: days },
          (_, at) => `${code},2026-10-${String(at + 1).padStart(2, "0")},pm25,${40 + at},µg/m³`,
        ),
      );
    files += 1;
    const path = join(dir, "source", `${files}.csv`);
    await writeFile(path, `place,period,indicator,value,unit\n${rows.join("\n")}\n`);
    await ingestPath(store, "township", path, { now: new Date("2026-11-01T00:00:00Z") });
  };
  const look = async (text: string) => {
    const now = new Date(`${text}:00+08:00`);
    const request = {
      ...{ plans: [], template: {}, program: "0", madeBy: "定时任务", reason: "", now, progress: () => undefined },
    };
    const asked = { store, place, policies: DEFAULT_POLICIES, today: dayOf(now.getTime()) - 1 };
    const { made, words } = await scheduledDrafts(asked, rules, request, draft);
    await keepDrafts(store, made);
    return words;
  };
  return { ...fixture, place, measure, look };
}

describe("briefings on their schedule", () => {
  it("wait for the data, go out preliminary on the last day, and final once the data are there", async () => {
    const { measure, look, remove } = await service();
    await measure(0, 9, 31);
    await measure(9, 10, 5);
    expect(await look("2026-11-03T08:00")).toBe("");
    // Nine of ten are 90 %.
    expect(await look("2026-11-03T09:00")).toBe("");
    expect(await look("2026-11-04T23:00")).toBe("");
    expect(await look("2026-11-05T09:00")).toBe("2026-10（初步）：1份草稿");
    expect(await look("2026-11-05T10:00")).toBe("");
    await measure(9, 10, 31);
    expect(await look("2026-11-06T10:00")).toBe("2026-10：1份草稿");
    expect(await look("2026-11-06T11:00")).toBe("");
    await remove();
  });

  it("go out final at their first hour when the data are there, and once", async () => {
    const { measure, look, remove } = await service();
    await measure(0, 10, 31);
    expect(await look("2026-11-03T09:05")).toBe("2026-10：1份草稿");
    expect(await look("2026-11-05T09:05")).toBe("");
    await remove();
  });

  it("are not made of a month nobody measured", async () => {
    const { look, remove } = await service();
    expect(await look("2026-11-20T09:00")).toBe("");
    await remove();
  });
});

describe("how complete a month is", () => {
  it("counts townships with a valid month of those ever measured", async () => {
    const { store, place, measure, remove } = await service();
    await measure(0, 9, 31);
    await measure(9, 10, 5);
    const asked = {
      store,
      place,
      period: parsePeriod("2026-10"),
      policies: DEFAULT_POLICIES,
      today: dayOf(Date.UTC(2026, 10, 5)),
    };
    expect(await coverageOf(asked)).toEqual({ have: 9, need: 10, zh: "10个街乡中9个有有效的PM2.5月均浓度" });
    await remove();
  });
});
