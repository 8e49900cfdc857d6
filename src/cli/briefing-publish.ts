/**
 * Freezes briefings from the command line. Once a store has accounts, what one person makes another lets out: the
 * command then only keeps drafts, signed by an account, and the pages show them to a second person.
 */
import { join } from "node:path";
import { type DraftRequest, type Drafts, draftDistrict, draftTownships } from "../../reports/briefings/drafts.ts";
import { templateOf } from "../../reports/briefings/template-file.ts";
import { fault } from "../domain/faults.ts";
import { actorOfAccount } from "../server/access/directory.ts";
import { permits } from "../server/access/permission.ts";
import { DEFAULT_POLICIES } from "../standards/policy.ts";
import { listAccounts } from "../store/accounts.ts";
import { recordAudit } from "../store/audit.ts";
import { type Briefing, type BriefingKind, frozenBytes, keepDrafts, publishDrafts } from "../store/briefings.ts";
import type { Store } from "../store/port.ts";
import { type BriefingQuestion, planYearFor } from "./briefing-district.ts";
import { plansOfYear } from "./plan-targets.ts";
import { version } from "./version.ts";
import { writeWhole } from "./write-whole.ts";

export type PublishQuestion = BriefingQuestion & {
  readonly kind: BriefingKind;
  readonly publishedBy: string;
  /** Why a correction is made. */
  readonly reason: string;
  readonly progress: (line: string) => void;
};

export type PublishedFile = {
  readonly file: string;
  readonly version: number;
  readonly sha256: string;
  /** Nothing changed since this version: no new one was made. */
  readonly unchanged: boolean;
  /** It waits for a second person; no file was written. */
  readonly draft: boolean;
  readonly changes: number;
};

/** @throws Fault as `brief district`, and `briefing.maker-unknown`, `store.in-use` */
export async function publishFromCommand(store: Store, question: PublishQuestion): Promise<readonly PublishedFile[]> {
  const { kind, place, period, today, now, out, publishedBy, reason, progress } = question;
  const second = await needsSecond(store, publishedBy);
  const asked = { store, place, period, policies: DEFAULT_POLICIES, today };
  const request: DraftRequest = {
    plans: await plansOfYear(await planYearFor(period, question.planYear, now, store.dir), store.dir),
    template: await templateOf(question.template, store.dir),
    program: version(),
    madeBy: publishedBy,
    reason,
    now,
    progress: (done, of) => progress(`简报 ${done}/${of}`),
  };
  const drafts = await (kind === "district" ? draftDistrict : draftTownships)(asked, request);
  const kept = await store.sql.transaction(async () => await keep(store, drafts, question, second));
  if (!second) for (const one of kept) await writeWhole(join(out, one.name), await frozenBytes(store, one.sha256));
  const told = (one: Pick<Briefing, "name" | "version" | "sha256">, how: { unchanged: boolean; draft: boolean }) => ({
    file: join(out, one.name),
    version: one.version,
    sha256: one.sha256,
    changes: how.unchanged ? 0 : drafts.changes,
    ...how,
  });
  return [
    ...drafts.unchanged.map((one) => told(one, { unchanged: true, draft: false })),
    ...kept.map((one) => told(one, { unchanged: false, draft: second })),
  ];
}

async function keep(
  store: Store,
  { made }: Drafts,
  { publishedBy, now }: PublishQuestion,
  second: boolean,
): Promise<readonly Pick<Briefing, "name" | "version" | "sha256">[]> {
  const ids = await keepDrafts(store, made);
  if (!second) return await publishDrafts(store.sql, ids, publishedBy, now.getTime());
  for (const { name, sha256 } of made) {
    const entry = { at: now.getTime(), who: publishedBy, role: "command", subject: name, after: sha256 };
    await recordAudit(store.sql, { ...entry, action: "briefing.make" });
  }
  return made;
}

/**
 * Whether another person has to let it out: once there are accounts.
 * @throws Fault `briefing.maker-unknown` when nobody who may make briefings signs
 */
async function needsSecond(store: Store, by: string): Promise<boolean> {
  const accounts = (await listAccounts(store.sql)).filter(({ active }) => active);
  if (accounts.length === 0) return false;
  const maker = accounts.find(({ name }) => name === by);
  if (maker === undefined || !permits(actorOfAccount(maker), "briefing.make"))
    throw fault("briefing.maker-unknown", { given: by }, { parameter: "--by" });
  return true;
}
