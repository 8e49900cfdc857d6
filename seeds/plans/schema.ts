/**
 * The shape of a plan file (`seeds/plans/<year>/<plan>.yaml`), before items, units and deadlines are filled in.
 *
 * Every scalar arrives as text (the loader reads YAML's failsafe schema), so `1.10`, `0110` and `no` stay what was
 * written; numbers are kept as the exact decimal text they were typed as.
 */
import { z } from "zod";
import { COMPARATORS, DECIDED_BY, TARGET_PERIODS } from "../../src/domain/plan.ts";
import { dayNumber } from "../../src/domain/time.ts";

const text = z.string().trim().min(1);
const whole = z.string().regex(/^\d+$/).transform(Number);
const item = z.string().regex(/^\d+\.\d+$/);
const amount = z.string().regex(/^\d+(\.\d+)?(\/[1-9]\d*)?$/);
const day = z.string().refine(isDay, "不是 1992 年以后的日期，写成 2024-07-01");
const units = z.array(text);

const measure = z.strictObject({
  no: item,
  line: whole,
  text: text.max(60),
  deadline: text.optional(),
  lead: units.min(1),
  main: units.default([]),
  support: units.default([]),
  flags: z.array(text).default([]),
  otherReading: z.strictObject({ lead: units, support: units }).optional(),
});

const task = z.strictObject({
  no: whole,
  name: text,
  section: text,
  line: whole,
  measures: z.array(measure).min(1),
});

const scope = z.strictObject({
  kind: z.enum(["whole", "each", "set"]),
  placeKind: z.enum(["township", "road", "section", "station"]).optional(),
  zh: text,
  names: z.array(text).default([]),
});

const target = z.strictObject({
  id: z.string().regex(/^\d{4}-[a-z]+-\d+\.\d+-[a-z0-9-]+$/),
  item,
  metric: text,
  comparator: z.enum(COMPARATORS),
  value: amount.optional(),
  upper: amount.optional(),
  cut: amount.optional(),
  baseYear: whole.optional(),
  better: z.enum(["lower", "higher"]).optional(),
  unit: z.string().default(""),
  scope: scope.optional(),
  indicator: text.optional(),
  statistic: text.optional(),
  period: z.enum(TARGET_PERIODS).default("year"),
  tally: z.enum(["cumulative", "snapshot"]).optional(),
  pace: z.enum(["growing", "held"]).optional(),
  paceFrom: amount.optional(),
  times: whole.optional(),
  deadline: text.optional(),
  lead: units.optional(),
  main: units.optional(),
  support: units.optional(),
  firmness: z.enum(["binding", "strive", "about", "operational"]),
  decidedBy: z.enum(DECIDED_BY),
  phrase: text.max(24),
  line: whole,
  restates: text.optional(),
  alternative: text.optional(),
  amendments: z.array(z.strictObject({ from: day, value: amount, why: text })).default([]),
  notes: z.array(text).default([]),
});

export const planFile = z.strictObject({
  area: z.enum(["air", "water", "soil", "climate", "ecology", "noise"]),
  year: z
    .string()
    .regex(/^\d{4}$/)
    .transform(Number),
  title: text,
  place: text,
  tasks: z.array(task).default([]),
  criteria: z.array(target).default([]),
  directions: z.array(target).default([]),
});

export type PlanFile = z.infer<typeof planFile>;
export type TargetEntry = z.infer<typeof target>;

function isDay(text: string): boolean {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return found !== null && dayNumber(Number(found[1]), Number(found[2]), Number(found[3])) !== undefined;
}
