/** Makes the district briefing of a period and writes it; used by `brief district` and by the demo. */
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildDistrict } from "../../reports/briefings/build-district.ts";
import { renderDistrict } from "../../reports/briefings/district.ts";
import { summaryOf } from "../../reports/briefings/sentences.ts";
import { fault } from "../domain/faults.ts";
import type { Period } from "../domain/period.ts";
import type { Place } from "../domain/place.ts";
import { type DayNumber, dayParts } from "../domain/time.ts";
import { DEFAULT_POLICIES } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { plansOfYear, planYearOf } from "./plan-targets.ts";
import { version } from "./version.ts";

export type MadeBriefing = { readonly file: string; readonly summary: readonly string[] };

export type BriefingQuestion = {
  readonly place: Place;
  readonly period: Period;
  readonly today: DayNumber;
  readonly now: Date;
  readonly out: string;
  readonly planYear?: string | undefined;
};

/** @throws Fault `briefing.no-data`, `briefing.not-written`, `plan.unknown` */
export async function makeDistrictBriefing(store: Store, question: BriefingQuestion): Promise<MadeBriefing> {
  const { place, period, today, now, out } = question;
  const year = await planYearFor(period, question.planYear, now, store.dir);
  const briefing = await buildDistrict(
    { store, place, period, policies: DEFAULT_POLICIES, today },
    await plansOfYear(year, store.dir),
    version(),
  );
  const bytes = await renderDistrict(briefing);
  const file = join(out, `${place.name}-${briefing.kindZh}-${period.text}.pdf`);
  await writeWhole(file, bytes, out);
  return { file, summary: summaryOf(briefing) };
}

/** The plan of the period's year where there is one, else the latest: then the standings are a trial. */
async function planYearFor(period: Period, named: string | undefined, now: Date, dir: string): Promise<number> {
  if (named !== undefined) return await planYearOf(named, now, dir);
  const { year } = dayParts(period.last);
  try {
    return await planYearOf(String(year), now, dir);
  } catch {
    return await planYearOf(undefined, now, dir);
  }
}

/** Either the whole file or none: a reader never finds half a briefing. */
export async function writeWhole(file: string, bytes: Uint8Array | string, folder: string): Promise<void> {
  const part = `${file}.part`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(part, bytes);
    await rename(part, file);
  } catch (error) {
    const { rm } = await import("node:fs/promises");
    await rm(part, { force: true }).catch(() => undefined);
    throw fault(
      "briefing.not-written",
      { file, reason: error instanceof Error ? error.message : String(error) },
      { file },
    );
  }
}
