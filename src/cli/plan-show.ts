/** `duibiao plan show`: tasks and measures with units, deadlines, state and the targets that hang on them. */

import { fault } from "../domain/faults.ts";
import { MEASURE_STATE_ZH, measureState } from "../domain/measure-state.ts";
import { type Measure, PLAN_AREA_ZH, type Plan, type PlanArea, type Task } from "../domain/plan.ts";
import { type DayNumber, dayOf, dayText, parseDay } from "../domain/time.ts";
import { command } from "./command.ts";
import { plansOfYear, planYearOf } from "./plan-targets.ts";

const AREAS = Object.keys(PLAN_AREA_ZH) as PlanArea[];

export const planShow = command({
  name: "plan show",
  zh: "浏览计划的任务和措施：时限、单位、按时限的状态和所含目标",
  words: [],
  options: {
    plan: { type: "string", value: "YYYY", zh: "计划年份；默认今年，没有今年的计划则取最近一年" },
    area: { type: "string", value: AREAS.join("|"), zh: "只看一个计划" },
    unit: { type: "string", value: "U", zh: "只看这个单位牵头、主责或协办的措施" },
    at: { type: "string", value: "DATE", zh: "按哪一天看状态；默认今天" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: ["duibiao plan show --area water --unit 区水务局", "duibiao plan show --at 2024-09-01"],

  async run(_words, { plan, area, unit, at, json }, { now, storeDir, out }) {
    if (area !== undefined && !(AREAS as string[]).includes(area)) {
      throw fault("option.value", { option: "area", given: area, expected: AREAS.join(" | ") });
    }
    const day = at === undefined ? dayOf(now().getTime()) : parseDay(at);
    const plans = (await plansOfYear(await planYearOf(plan, now(), storeDir), storeDir)).filter(
      (one) => area === undefined || one.area === area,
    );
    const rows = plans.flatMap((one) =>
      one.tasks.flatMap((task) =>
        task.measures
          .filter((measure) => unit === undefined || concerns(measure, unit))
          .map((measure) => rowOf(one, task, measure, day)),
      ),
    );
    if (json) out(JSON.stringify(rows));
    else {
      for (const row of rows) {
        const units = [...row.lead, ...row.main].join("、");
        out(
          `${PLAN_AREA_ZH[row.plan]} ${row.no}  ${row.text}  〔${row.deadline ?? "未写时限"}，${MEASURE_STATE_ZH[row.state]}〕  ${units}`,
        );
      }
      out(`共 ${rows.length} 项措施`);
    }
    return 0;
  },
});

function concerns({ lead, main, support }: Measure, unit: string): boolean {
  return [...lead, ...main, ...support].includes(unit);
}

function rowOf(plan: Plan, task: Task, measure: Measure, at: DayNumber) {
  const { no, text, line, deadline, lead, main, support, flags, otherReading } = measure;
  return {
    plan: plan.area,
    task: task.no,
    taskName: task.name,
    section: task.section,
    no,
    text,
    line,
    deadline: deadline.text,
    from: deadline.from === undefined ? undefined : dayText(deadline.from),
    to: deadline.to === undefined ? undefined : dayText(deadline.to),
    state: measureState(deadline, at),
    lead,
    main,
    support,
    flags,
    otherReading,
    targets: plan.targets.filter((target) => target.item === no).map((target) => target.id),
  };
}
