/** Makes the briefings of a district's townships and writes them with one manifest. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { requireData } from "../../reports/briefings/build/require-data.ts";
import { asPreliminary } from "../../reports/briefings/preliminary.ts";
import { withRenderCrew } from "../../reports/briefings/render-crew.ts";
import { templateOf } from "../../reports/briefings/template-file.ts";
import { districtTownships, renderTownships } from "../../reports/briefings/township-files.ts";
import { townshipSummary } from "../../reports/briefings/township-sentences.ts";
import { DEFAULT_POLICIES } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { type BriefingQuestion, planYearFor, whyPreliminary } from "./briefing-district.ts";
import { plansOfYear } from "./plan-targets.ts";
import { version } from "./version.ts";
import { writeWhole } from "./write-whole.ts";

export type TownshipFile = {
  readonly code: string;
  readonly township: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly summary: readonly string[];
};

export type MadeTownships = {
  readonly folder: string;
  readonly manifest: string;
  readonly files: readonly TownshipFile[];
};

export type TownshipsQuestion = BriefingQuestion & {
  /** Only the township of this code. */
  readonly only?: string | undefined;
  readonly progress: (line: string) => void;
};

/**
 * Writes each briefing whole and `manifest.json` last: a folder without one is not finished. Nothing is written when any
 * of them cannot be typeset.
 * @throws Fault as `renderTownships`, and `file.not-written`
 */
export async function makeTownshipBriefings(store: Store, question: TownshipsQuestion): Promise<MadeTownships> {
  const { place, period, today, now, only, out, progress, format = "pdf" } = question;
  const asked = { store, place, period, policies: DEFAULT_POLICIES, today };
  await requireData(store, period);
  const why = await whyPreliminary(asked, question.preliminary);
  const plans = await plansOfYear(await planYearFor(period, question.planYear, now, store.dir), store.dir);
  const template = await templateOf(question.template, store.dir);
  const documents = only === undefined ? Number.POSITIVE_INFINITY : 1;
  const made = await withRenderCrew(documents, async (render) => {
    const built = await districtTownships(asked, { plans, template, program: version(), only });
    const briefings = built.map((one) => asPreliminary(one, why));
    return await renderTownships(render, briefings, format, (done, of) => progress(`街乡简报 ${done}/${of}`));
  });
  const folder = join(out, `${place.name}-街乡简报-${period.text}`);
  const files: TownshipFile[] = [];
  for (const { briefing, bytes } of made) {
    const file = `${briefing.township}-${briefing.kindZh}-${period.text}.${format}`;
    await writeWhole(join(folder, file), bytes);
    files.push({
      code: briefing.code,
      township: briefing.township,
      file,
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      summary: townshipSummary(briefing),
    });
  }
  const manifest = join(folder, "manifest.json");
  const [first] = made;
  const { stamp, dataUntil, simulated, preliminary } = first?.briefing ?? {};
  const head = {
    district: place.name,
    code: place.code,
    period: period.text,
    dataUntil,
    simulated,
    preliminary,
    stamp,
  };
  await writeWhole(manifest, `${JSON.stringify({ ...head, files }, null, 2)}\n`);
  return { folder, manifest, files };
}
