/**
 * Drafts of briefings: built, held against the version that stands, typeset, with what they say beside their bytes.
 * Pages and the command line make them here; a second person lets them out (`src/store/briefings.ts`).
 */
import { createHash } from "node:crypto";
import type { Plan } from "../../src/domain/plan.ts";
import {
  allBriefings,
  type Briefing,
  type BriefingFacts,
  type BriefingKind,
  type NewBriefing,
  newestOf,
} from "../../src/store/briefings.ts";
import type { DistrictQuestion } from "./build/question.ts";
import { requireData } from "./build/require-data.ts";
import { buildDistrict } from "./build-district.ts";
import { changesSince, districtFacts, townshipFacts } from "./facts.ts";
import { asPreliminary, isPreliminary } from "./preliminary.ts";
import { withRenderCrew } from "./render-crew.ts";
import { type BriefingTemplate, withTemplate } from "./template.ts";
import type { TownshipBriefing } from "./township-data.ts";
import { districtTownships, renderTownships } from "./township-files.ts";

export type DraftRequest = {
  readonly plans: readonly Plan[];
  readonly template: BriefingTemplate;
  /** The program's version, which stands in the stamp. */
  readonly program: string;
  readonly madeBy: string;
  /** Why a correction is made; kept only where there is something to correct. */
  readonly reason: string;
  /** Why it is only preliminary, where it is. */
  readonly preliminary?: string;
  readonly now: Date;
  readonly progress: (done: number, of: number) => void;
};

export type Drafts = {
  readonly made: readonly NewBriefing[];
  /** Published ones that still say the same: no new version is made of them. */
  readonly unchanged: readonly Briefing[];
  /** What differs from the version before, of all that were made. */
  readonly changes: number;
};

/** @throws Fault as `buildDistrict`, `briefing.not-typeset` */
export async function draftDistrict(question: DistrictQuestion, request: DraftRequest): Promise<Drafts> {
  const { place, period } = question;
  await requireData(question.store, period);
  const district = withTemplate(await buildDistrict(question, request.plans, request.program), request.template);
  const built = asPreliminary(district, request.preliminary);
  request.progress(1, 2);
  const facts = districtFacts(built);
  const all = await allBriefings(question.store.sql);
  const subject = { kind: "district", place: place.code, period: period.text } as const;
  const held = newestOf(all, subject);
  if (held !== undefined && sameAs(held, built, facts)) return { made: [], unchanged: [held], changes: 0 };
  const earlier =
    held ?? all.find((one) => one.state === "published" && one.kind === "district" && one.place === place.code);
  // One of an older program kept nothing to compare with.
  const changes =
    earlier === undefined || earlier.digest === "" ? undefined : changesSince(earlier, facts, period.text);
  const briefing = changes === undefined ? built : { ...built, changes };
  // No thread before: most often nothing has changed, and nothing is typeset.
  const bytes = await withRenderCrew(1, async (render) => await render({ kind: "district", briefing, format: "pdf" }));
  const { issue, stamp, kindZh } = built;
  const base = `${place.name}-${kindZh}-${period.text}`;
  const made = frozen(request, { ...subject, issue, digest: stamp.digest, base, facts, held, bytes });
  return { made: [made], unchanged: [], changes: changes?.rows.length ?? 0 };
}

/** One for each township that has something new to say. @throws Fault as `renderTownships` */
export async function draftTownships(
  question: DistrictQuestion,
  request: DraftRequest & { readonly only?: string | undefined },
): Promise<Drafts> {
  const period = question.period.text;
  await requireData(question.store, question.period);
  const all = await allBriefings(question.store.sql);
  const made: NewBriefing[] = [];
  const unchanged: Briefing[] = [];
  const wanted: TownshipBriefing[] = [];
  for (const township of await districtTownships(question, request)) {
    const built = asPreliminary(township, request.preliminary);
    const held = newestOf(all, { kind: "township", place: built.code, period });
    const facts = townshipFacts(built);
    if (held !== undefined && sameAs(held, built, facts)) unchanged.push(held);
    // Of a township only a correction tells what moved: another month's ranks move by nature, and stand in its table.
    else
      wanted.push(
        held === undefined || held.digest === "" ? built : { ...built, changes: changesSince(held, facts, period) },
      );
  }
  const typeset = await withRenderCrew(
    wanted.length,
    async (render) => await renderTownships(render, wanted, "pdf", request.progress),
  );
  for (const { briefing, bytes } of typeset) {
    const { code, issue, stamp, township, kindZh } = briefing;
    const subject = { kind: "township", place: code, period } as const;
    const base = `${township}-${kindZh}-${period}`;
    const one = { ...subject, issue, digest: stamp.digest, base, facts: townshipFacts(briefing), bytes };
    made.push(frozen(request, { ...one, held: newestOf(all, subject) }));
  }
  const changes = wanted.reduce((sum, one) => sum + (one.changes?.rows.length ?? 0), 0);
  return { made, unchanged, changes };
}

type Frozen = {
  readonly kind: BriefingKind;
  readonly place: string;
  readonly period: string;
  readonly issue: string;
  readonly digest: string;
  readonly base: string;
  readonly facts: BriefingFacts;
  readonly held: Briefing | undefined;
  readonly bytes: Uint8Array;
};

function frozen({ madeBy, reason, now }: DraftRequest, { base, held, bytes, ...one }: Frozen): NewBriefing {
  const next = (held?.version ?? 0) + 1;
  return {
    ...one,
    bytes,
    version: next,
    name: next === 1 ? `${base}.pdf` : `${base}-第${next}版.pdf`,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    reason: held === undefined ? "" : reason,
    madeBy,
    at: now.getTime(),
  };
}

/**
 * The same inputs say the same. Tallies are no files, so what was said is compared too; a final briefing takes the place
 * of a preliminary one even when every number stayed.
 */
function sameAs(
  held: Briefing,
  { stamp, issue }: { readonly stamp: { readonly digest: string }; readonly issue: string },
  facts: BriefingFacts,
): boolean {
  const alike = held.digest === stamp.digest && JSON.stringify(held.facts) === JSON.stringify(facts);
  return alike && (!isPreliminary(held) || isPreliminary({ issue }));
}
