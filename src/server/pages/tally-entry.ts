/** Keeping a figure that was entered on a target's page. */
import { keepTallies } from "../../analysis/tally-keep.ts";
import { fault } from "../../domain/faults.ts";
import { currentTallies, type TallyColumn, tallyKey } from "../../domain/tally.ts";
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

/** @throws the first fault of the entry, `tally.changed-meanwhile` with both figures when somebody was faster */
export async function enterTally(ask: Ask): Promise<Reply> {
  const { context, body, actor, now, facts } = ask;
  const { target } = await findTarget(ask);
  if (!permits(actor, "tally.enter", ownerOf(ask, target))) throw fault("access.denied");
  const own = facts.places.places.find((one) => one.code === actor.bound)?.name;
  const cells = Object.fromEntries(COLUMNS.map((column) => [column, field(body, column, 500)]));
  if (actor.kind === "township" && cells["part"] !== own) throw fault("access.denied");
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
  const seen = Number(field(body, "seen", 12) || "0");
  await context.write(async (sql) => {
    const held = currentTallies(await listTallies(sql));
    const before = held.find((one) => tallyKey(one) === tallyKey(entry));
    if (before !== undefined && before.id > seen) {
      const old = (await listTallies(sql)).findLast((one) => tallyKey(one) === tallyKey(entry) && one.id <= seen);
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
  return seeOther(`/targets/${target.id}#tallies`);
}
