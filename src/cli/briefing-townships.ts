/** Makes the briefings of a district's townships and writes them with one manifest. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { cutsOf } from "../../reports/briefings/build/cuts.ts";
import { buildTownships } from "../../reports/briefings/build-townships.ts";
import { renderThread } from "../../reports/briefings/render-thread.ts";
import { withTownshipTemplate } from "../../reports/briefings/template.ts";
import type { TownshipBriefing } from "../../reports/briefings/township-data.ts";
import { townshipSummary } from "../../reports/briefings/township-sentences.ts";
import { DEFAULT_POLICIES } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import { type BriefingQuestion, planYearFor } from "./briefing-district.ts";
import { writeWhole } from "./briefing-files.ts";
import { templateOf } from "./briefing-template.ts";
import { plansOfYear } from "./plan-targets.ts";
import { version } from "./version.ts";

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

/** Documents handed to the thread ahead: enough to keep it busy, few enough to hold little. */
const AHEAD = 4;

/**
 * The briefings as PDF bytes, in the order of codes.
 * @throws Fault `briefing.period`, `briefing.glyph-missing`, `briefing.cell-overflow`, `plan.unknown`
 */
export async function townshipPdfs(
  store: Store,
  question: TownshipsQuestion,
): Promise<readonly { readonly briefing: TownshipBriefing; readonly bytes: Uint8Array }[]> {
  const { place, period, today, now, only, progress } = question;
  const plans = await plansOfYear(await planYearFor(period, question.planYear, now, store.dir), store.dir);
  const template = await templateOf(question.template, store.dir);
  const asked = { store, place, period, policies: DEFAULT_POLICIES, today };
  const thread = renderThread();
  try {
    const built = (await buildTownships(asked, cutsOf(plans, place), version()))
      .filter(({ code }) => only === undefined || code === only)
      .map((briefing) => withTownshipTemplate(briefing, template));
    const made: { briefing: TownshipBriefing; bytes: Uint8Array }[] = [];
    for (let at = 0; at < built.length; at += AHEAD) {
      const some = built.slice(at, at + AHEAD);
      const bytes = await Promise.all(some.map((briefing) => thread.render({ kind: "township", briefing })));
      for (const [index, briefing] of some.entries()) made.push({ briefing, bytes: bytes[index] ?? new Uint8Array() });
      progress(`街乡简报 ${made.length}/${built.length}`);
    }
    return made;
  } finally {
    await thread.close();
  }
}

/**
 * Writes each briefing whole and `manifest.json` last: a folder without one is not finished. Nothing is written when any
 * of them cannot be typeset.
 * @throws Fault as `townshipPdfs`, and `briefing.not-written`
 */
export async function makeTownshipBriefings(store: Store, question: TownshipsQuestion): Promise<MadeTownships> {
  const { place, period, out } = question;
  const made = await townshipPdfs(store, question);
  const folder = join(out, `${place.name}-街乡简报-${period.text}`);
  const files: TownshipFile[] = [];
  for (const { briefing, bytes } of made) {
    const file = `${briefing.township}-${briefing.kindZh}-${period.text}.pdf`;
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
  const { stamp, dataUntil, simulated } = first?.briefing ?? {};
  const head = { district: place.name, code: place.code, period: period.text, dataUntil, simulated, stamp };
  await writeWhole(manifest, `${JSON.stringify({ ...head, files }, null, 2)}\n`);
  return { folder, manifest, files };
}
