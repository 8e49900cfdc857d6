/** Keeping a figure that was entered on a target's page. */
import { keepTallies } from "../../analysis/tally-keep.ts";
import { fault } from "../../domain/faults.ts";
import type { Target } from "../../domain/plan.ts";
import { currentTallies, type Tally, type TallyColumn, tallyKey } from "../../domain/tally.ts";
import { checkTally } from "../../domain/tally-check.ts";
import { dayOf } from "../../domain/time.ts";
import { recordAudit } from "../../store/audit.ts";
import { exactText, listTallies } from "../../store/tallies.ts";
import { permits } from "../access/permission.ts";
import { field } from "../form.ts";
import { type Ask, type Reply, seeOther } from "../route.ts";
import { findTarget, ownerOf } from "./target.ts";

const COLUMNS = [
  "part",
  "date",
  "value",
  "unit",
  "numerator",
  "denominator",
  "base",
  "reporter",
  "note",
] as const satisfies readonly TallyColumn[];

/** From the form on a target's page. */
export async function enterTally(ask: Ask): Promise<Reply> {
  const { target } = await findTarget(ask);
  const cells = Object.fromEntries(COLUMNS.map((column) => [column, field(ask.body, column, 500)]));
  await keepTally(ask, target, cells, Number(field(ask.body, "seen", 12) || "0"));
  return seeOther(`/targets/${target.id}#tallies`);
}

/**
 * Keeps one figure, and says so in the audit.
 * @param seen the newest entry its writer has seen; a newer one of the same figure is a conflict
 * @throws the first fault of the entry, `access.denied`, `tally.changed-meanwhile` with both figures
 */
export async function keepTally(
  ask: Ask,
  target: Target,
  cells: Readonly<Partial<Record<TallyColumn, string>>>,
  seen: number,
): Promise<Tally> {
  const { context, actor, now, facts } = ask;
  if (!permits(actor, "tally.enter", ownerOf(ask, target))) throw fault("access.denied");
  const own = facts.places.places.find((one) => one.code === actor.bound)?.name;
  if (actor.kind === "township" && cells.part !== own) throw fault("access.denied");
  const department =
    actor.kind === "department"
      ? (actor.bound ?? "")
      : actor.kind === "township"
        ? (own ?? "")
        : (target.lead[0] ?? "");
  const { entry, faults } = checkTally(
    { ...cells, target: target.id, department },
    { targets: new Map([[target.id, target]]), today: dayOf(now.getTime()) },
  );
  const [first] = faults;
  if (first !== undefined) throw first;
  if (entry === undefined) throw fault("body.unreadable", { reason: "没有数" });
  await context.write(async (sql) => {
    const all = await listTallies(sql);
    const before = currentTallies(all).find((one) => tallyKey(one) === tallyKey(entry));
    if (before !== undefined && before.id > seen) {
      const old = all.findLast((one) => tallyKey(one) === tallyKey(entry) && one.id <= seen);
      throw fault("tally.changed-meanwhile", {
        seen: old === undefined ? "还没有数" : exactText(old.value),
        now: `${exactText(before.value)}（${before.reporter}）`,
        given: exactText(entry.value),
      });
    }
    await keepTallies(sql, [entry], now);
    await recordAudit(sql, {
      at: now.getTime(),
      who: actor.name,
      role: actor.kind,
      action: "tally",
      subject: [target.id, entry.part].filter((one) => one !== "").join(" "),
      ...(before === undefined ? {} : { before: exactText(before.value) }),
      after: exactText(entry.value),
    });
  });
  return entry;
}
