/** A target for tests: an annual mean of at most 33, changed as the test needs. */
import { readDeadline } from "../../src/domain/deadline.ts";
import type { Target } from "../../src/domain/plan.ts";

const PLAIN: Target = {
  id: "2024-air-1.1-pm25",
  kind: "criterion",
  year: 2024,
  area: "air",
  item: "1.1",
  metric: "PM2.5年均浓度",
  comparator: "<=",
  value: "33",
  upper: undefined,
  cut: undefined,
  baseYear: undefined,
  better: undefined,
  unit: "µg/m³",
  scope: { kind: "whole", placeKind: undefined, zh: "全域", names: [] },
  indicator: "pm25",
  statistic: "mean",
  period: "year",
  tally: undefined,
  pace: "held",
  paceFrom: undefined,
  times: undefined,
  deadline: readDeadline("年底前", 2024),
  lead: ["甲局"],
  main: [],
  support: [],
  firmness: "binding",
  decidedBy: "reading",
  phrase: "不超过33微克/立方米",
  line: 15,
  restates: undefined,
  alternative: undefined,
  amendments: [],
  notes: [],
};

export function someTarget(changes: Partial<Target> = {}): Target {
  return { ...PLAIN, ...changes };
}

/** A count that grows over the year. */
export function someCount(changes: Partial<Target> = {}): Target {
  return someTarget({
    comparator: ">=",
    value: "100",
    unit: "次",
    decidedBy: "tally",
    tally: "cumulative",
    pace: "growing",
    indicator: undefined,
    ...changes,
  });
}
