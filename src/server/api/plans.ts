/** Endpoints of the plan: targets, standings, outlook, tallies. */
import { z } from "zod";
import { outlookJson, outlookOf } from "../../analysis/outlook-answer.ts";
import { targetJson } from "../../analysis/target-board.ts";
import { toNumber } from "../../domain/exact.ts";
import { fault } from "../../domain/faults.ts";
import { placeFinder } from "../../domain/place-finder.ts";
import { currentTallies } from "../../domain/tally.ts";
import { dayText, parseDay } from "../../domain/time.ts";
import { DEFAULT_POLICIES } from "../../standards/policy.ts";
import { listTallies } from "../../store/tallies.ts";
import { permits } from "../access/permission.ts";
import { keepTally } from "../pages/tally-entry.ts";
import { findTarget } from "../pages/target.ts";
import { judged, planYear, seesTarget, targetView } from "../pages/targets-data.ts";
import { endpoint } from "./endpoint.ts";
import { day, nullableNumber, page, paged, pageOf, size } from "./schemas.ts";

const targetRow = z.looseObject({
  id: z.string(),
  plan: z.string(),
  item: z.string(),
  metric: z.string(),
  comparator: z.string(),
  target: nullableNumber,
  unit: z.string(),
  value: nullableNumber,
  standing: z.enum(["met", "missed", "on_track", "at_risk", "cannot_judge", "not_due"]),
  trial: z.boolean(),
  deadline: z.string().nullable(),
  lead: z.array(z.string()),
  support: z.array(z.string()),
  firmness: z.string(),
  decidedBy: z.string(),
});

type TargetAnswer = z.input<typeof targetRow>;

export const targets = endpoint({
  path: "/targets",
  zh: "目标和达标状态",
  en: "Targets with their standings",
  needs: "view",
  query: z.object({
    plan: z
      .string()
      .regex(/^\d{4}$/)
      .optional(),
    at: day.optional(),
    area: z.enum(["air", "water", "soil", "climate", "ecology", "noise"]).optional(),
    unit: z.string().max(100).optional(),
    standing: z.enum(["attention", "met", "missed", "on_track", "at_risk", "cannot_judge", "not_due"]).optional(),
  }),
  answer: z.array(targetRow),
  ask: async (ask) => (await targetView(ask)).rows.map((row) => targetJson(row, DEFAULT_POLICIES)) as TargetAnswer[],
  csv: (all) => ({
    head: [
      "id",
      "plan",
      "item",
      "metric",
      "comparator",
      "target",
      "unit",
      "value",
      "standing",
      "trial",
      "deadline",
      "lead",
      "firmness",
      "decidedBy",
    ],
    rows: all.map((one) => [
      one.id,
      one.plan,
      one.item,
      one.metric,
      one.comparator,
      one.target ?? "",
      one.unit,
      one.value ?? "",
      one.standing,
      one.trial,
      one.deadline ?? "",
      one.lead.join("、"),
      one.firmness,
      one.decidedBy,
    ]),
  }),
});

export const target = endpoint({
  path: "/targets/{id}",
  zh: "一个目标的达标状态",
  en: "The standing of one target",
  needs: "view",
  params: z.object({ id: z.string().max(100) }),
  query: z.object({ at: day.optional() }),
  answer: targetRow,
  ask: async (ask, { query }) => {
    const { plan, target: wanted } = await findTarget(ask);
    const at = query.at === undefined ? ask.today : parseDay(query.at);
    const row = (await judged(ask, plan.year, at)).find((one) => one.target.id === wanted.id);
    if (row === undefined) throw fault("access.denied");
    return targetJson(row, DEFAULT_POLICIES) as TargetAnswer;
  },
});

export const outlook = endpoint({
  path: "/outlook/{id}",
  zh: "展望：到期末还须怎样",
  en: "What the rest of the year must hold",
  needs: "view",
  params: z.object({ id: z.string().max(100) }),
  query: z.object({ at: day.optional() }),
  answer: z.looseObject({ id: z.string(), at: z.string() }),
  ask: async (ask, { query }) => {
    const { plan, target: wanted } = await findTarget(ask);
    if (!seesTarget(ask, wanted)) throw fault("access.denied");
    const place = placeFinder(ask.facts.places).byCode(plan.place) ?? ask.facts.home;
    const at = query.at === undefined ? ask.today : parseDay(query.at);
    return outlookJson(await outlookOf(ask.store, { target: wanted, place, at, policies: DEFAULT_POLICIES })) as {
      id: string;
      at: string;
    };
  },
});

const tally = z.object({
  id: z.number(),
  target: z.string(),
  part: z.string(),
  date: z.string(),
  kind: z.string(),
  value: z.number(),
  unit: z.string(),
  numerator: nullableNumber,
  denominator: nullableNumber,
  reporter: z.string(),
  department: z.string(),
  note: z.string(),
  current: z.boolean(),
});

export const tallies = endpoint({
  path: "/tallies",
  zh: "填报的进展；只给本人能看的",
  en: "Reported tallies, those the asker may see",
  needs: "view.tallies",
  some: true,
  query: z.object({ target: z.string().max(100).optional(), history: z.enum(["yes", "no"]).default("no"), page, size }),
  answer: paged(tally),
  ask: async (ask, { query }) => {
    const { actor, facts } = ask;
    const named = new Map(facts.places.places.map((one) => [one.name, one.code]));
    const all = (await listTallies(ask.store.sql)).filter((one) =>
      permits(actor, "view.tallies", {
        department: one.department,
        township: named.get(one.part) ?? named.get(one.department),
      }),
    );
    const current = new Set(currentTallies(all).map((one) => one.id));
    const number = (value: Parameters<typeof toNumber>[0] | undefined) =>
      value === undefined ? null : toNumber(value);
    const rows = all
      .filter(
        (one) =>
          (query.target === undefined || one.target === query.target) &&
          (query.history === "yes" || current.has(one.id)),
      )
      .map((one) => ({
        id: one.id,
        target: one.target,
        part: one.part,
        date: dayText(one.date),
        kind: one.kind,
        value: toNumber(one.value),
        unit: one.unit,
        numerator: number(one.numerator),
        denominator: number(one.denominator),
        reporter: one.reporter,
        department: one.department,
        note: one.note,
        current: current.has(one.id),
      }));
    return pageOf(rows, query);
  },
  csv: ({ items }) => ({
    head: ["id", "target", "part", "date", "value", "unit", "reporter", "department", "note", "current"],
    rows: items.map((one) => [
      one.id,
      one.target,
      one.part,
      one.date,
      one.value,
      one.unit,
      one.reporter,
      one.department,
      one.note,
      one.current,
    ]),
  }),
});

const cell = z.string().max(500);

export const addTally = endpoint({
  method: "post",
  path: "/tallies",
  zh: "填报一个进展数；同一目标、分项和日期再填一次即为更正",
  en: "Report one figure; the same target, part and date again is a correction",
  needs: "tally.enter",
  some: true,
  body: z.object({
    target: cell,
    part: cell.default(""),
    date: day,
    value: cell.optional(),
    numerator: cell.optional(),
    denominator: cell.optional(),
    base: cell.optional(),
    unit: cell,
    reporter: cell,
    note: cell.default(""),
    seen: z.number().int().min(0).default(0).describe("已看到的最新一条的编号；之后有人改过则为 409"),
  }),
  answer: z.object({ target: z.string(), part: z.string(), date: z.string(), value: z.number() }),
  ask: async (ask, { body }) => {
    const { target: id, seen, ...cells } = body;
    const { target: wanted } = await findTarget({ context: ask.context, params: { id } });
    const kept = await keepTally(ask, wanted, cells as Readonly<Record<string, string>>, seen);
    return { target: kept.target, part: kept.part, date: dayText(kept.date), value: toNumber(kept.value) };
  },
});

export const board = endpoint({
  path: "/standings",
  zh: "达标状态合计：按计划",
  en: "Standings counted by plan",
  needs: "view",
  query: z.object({
    plan: z
      .string()
      .regex(/^\d{4}$/)
      .optional(),
    at: day.optional(),
  }),
  answer: z.object({ year: z.number(), at: z.string(), counts: z.record(z.string(), z.number()) }),
  ask: async (ask, { query }) => {
    const year = await planYear(ask);
    const at = query.at === undefined ? ask.today : parseDay(query.at);
    const counts: Record<string, number> = {};
    for (const { verdict } of await judged(ask, year, at))
      counts[verdict.standing] = (counts[verdict.standing] ?? 0) + 1;
    return { year, at: dayText(at), counts };
  },
});
