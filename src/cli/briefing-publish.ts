/** Freezes briefings: builds them, says what changed since the version before, keeps bytes, inputs and what was said. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { buildDistrict } from "../../reports/briefings/build-district.ts";
import { changesSince, districtFacts, townshipFacts } from "../../reports/briefings/facts.ts";
import { renderThread } from "../../reports/briefings/render-thread.ts";
import { withTemplate } from "../../reports/briefings/template.ts";
import { DEFAULT_POLICIES } from "../standards/policy.ts";
import type { Store } from "../store/port.ts";
import {
  type BriefingFacts,
  type NewPublished,
  type PublishedBriefing,
  type PublishedKind,
  publishBriefings,
  publishedBriefings,
} from "../store/published-briefings.ts";
import { planYearFor } from "./briefing-district.ts";
import { writeWhole } from "./briefing-files.ts";
import { templateOf } from "./briefing-template.ts";
import { type TownshipsQuestion, townshipPdfs } from "./briefing-townships.ts";
import { plansOfYear } from "./plan-targets.ts";
import { version } from "./version.ts";

export type PublishQuestion = TownshipsQuestion & {
  readonly publishedBy: string;
  /** Why a correction is made. */
  readonly reason: string;
};

export type PublishedFile = {
  readonly file: string;
  readonly version: number;
  readonly sha256: string;
  /** Nothing changed since this version: no new one was made. */
  readonly unchanged: boolean;
  readonly changes: number;
};

/** @throws Fault as `brief district`, and `store.in-use` */
export async function publishDistrict(store: Store, question: PublishQuestion): Promise<readonly PublishedFile[]> {
  const { place, period, today, now, out } = question;
  const plans = await plansOfYear(await planYearFor(period, question.planYear, now, store.dir), store.dir);
  const asked = { store, place, period, policies: DEFAULT_POLICIES, today };
  const template = await templateOf(question.template, store.dir);
  const built = withTemplate(await buildDistrict(asked, plans, version()), template);
  const facts = districtFacts(built);
  const all = await publishedBriefings(store);
  const held = latest(all, "district", place.code, period.text);
  if (held !== undefined && sameAs(held, built.stamp.digest, facts)) return [unchanged(held, out)];
  const earlier = held ?? all.find((one) => one.kind === "district" && one.place === place.code);
  const changes = earlier === undefined ? undefined : changesSince(earlier, facts, period.text);
  const thread = renderThread();
  try {
    const briefing = changes === undefined ? built : { ...built, changes };
    const bytes = await thread.render({ kind: "district", briefing, format: "pdf" });
    const base = `${place.name}-${built.kindZh}-${period.text}`;
    const { issue, stamp } = built;
    const made = frozen(question, {
      kind: "district",
      place: place.code,
      issue,
      digest: stamp.digest,
      base,
      facts,
      held,
      bytes,
    });
    await publishBriefings(store, [made]);
    return [await written(made, out, changes?.rows.length ?? 0)];
  } finally {
    await thread.close();
  }
}

/** One frozen file a township; those that did not change keep their version. */
export async function publishTownships(store: Store, question: PublishQuestion): Promise<readonly PublishedFile[]> {
  const { period, out } = question;
  const all = await publishedBriefings(store);
  const made: NewPublished[] = [];
  const files: PublishedFile[] = [];
  for (const { briefing, bytes } of await townshipPdfs(store, question)) {
    const { code, issue, stamp } = briefing;
    const facts = townshipFacts(briefing);
    const held = latest(all, "township", code, period.text);
    if (held !== undefined && sameAs(held, stamp.digest, facts)) {
      files.push(unchanged(held, out));
      continue;
    }
    const base = `${briefing.township}-${briefing.kindZh}-${period.text}`;
    made.push(
      frozen(question, { kind: "township", place: code, issue, digest: stamp.digest, base, facts, held, bytes }),
    );
  }
  await publishBriefings(store, made);
  for (const one of made) files.push(await written(one, out, 0));
  return files;
}

type Frozen = {
  readonly kind: PublishedKind;
  readonly place: string;
  readonly issue: string;
  readonly digest: string;
  readonly base: string;
  readonly facts: BriefingFacts;
  readonly held: PublishedBriefing | undefined;
  readonly bytes: Uint8Array;
};

function frozen(
  { period, publishedBy, reason, now }: PublishQuestion,
  { base, held, bytes, ...one }: Frozen,
): NewPublished {
  const next = (held?.version ?? 0) + 1;
  return {
    ...one,
    bytes,
    period: period.text,
    version: next,
    name: next === 1 ? `${base}.pdf` : `${base}-第${next}版.pdf`,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    reason: held === undefined ? "" : reason,
    publishedBy,
    at: now.getTime(),
  };
}

function latest(
  all: readonly PublishedBriefing[],
  kind: PublishedKind,
  place: string,
  period: string,
): PublishedBriefing | undefined {
  return all.find((one) => one.kind === kind && one.place === place && one.period === period);
}

/** The same inputs say the same. Tallies are no files, so what was said is compared too. */
function sameAs(held: PublishedBriefing, digest: string, facts: BriefingFacts): boolean {
  return held.digest === digest && JSON.stringify(held.facts) === JSON.stringify(facts);
}

function unchanged({ name, version: held, sha256 }: PublishedBriefing, out: string): PublishedFile {
  return { file: join(out, name), version: held, sha256, unchanged: true, changes: 0 };
}

async function written(one: NewPublished, out: string, changes: number): Promise<PublishedFile> {
  const file = join(out, one.name);
  await writeWhole(file, one.bytes);
  return { file, version: one.version, sha256: one.sha256, unchanged: false, changes };
}
