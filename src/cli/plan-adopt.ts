/** `duibiao plan adopt`: a draft every line of which a person has decided becomes a plan in force. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fault } from "../domain/faults.ts";
import { dayOf, dayText } from "../domain/time.ts";
import { command } from "./command.ts";
import { yearOption } from "./plan-draft.ts";

export const planAdopt = command({
  name: "plan adopt",
  zh: "采用一份确认过的计划草稿：检查后写入登记册，旧版本保留",
  words: [{ name: "<file>", zh: "plan review 写出、经人逐条确认的草稿（YAML）" }],
  options: {
    year: { type: "string", value: "YYYY", zh: "只采用这一年的计划；草稿是别的年份时拒绝" },
    by: { type: "string", value: "NAME", zh: "确认人，记入版本" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: ["duibiao plan adopt 草稿.yaml --by 张三"],

  async run([file = ""], { year, by, json }, { now, storeDir, out }) {
    const wanted = yearOption(year);
    if (!existsSync(file)) throw fault("ingest.path-missing", { path: file }, { file });
    const [{ adoptedPlans, inDraft }, { checkPlan }, { keepPlans }] = await Promise.all([
      import("../../ingest/plan/adopt-form.ts"),
      import("../../seeds/plans/read.ts"),
      import("../../ingest/plan/plan-files.ts"),
    ]);
    const plans = adoptedPlans(await readFile(file, "utf8"), basename(file));
    for (const plan of plans) {
      const [problem] = checkPlan(plan.text, basename(file)).faults;
      if (problem !== undefined) throw inDraft(problem, plan);
      if (wanted !== undefined && plan.year !== String(wanted)) {
        throw fault(
          "plan.reference",
          { id: plan.area, what: `草稿是 ${plan.year} 年的，不是 ${wanted} 年` },
          { file: basename(file) },
        );
      }
    }
    const stamp = { day: dayText(dayOf(now().getTime())), by: by ?? "", file: basename(file) };
    const kept = await keepPlans(join(storeDir, "plans"), plans, stamp);
    if (json) out(JSON.stringify({ adopted: kept }));
    else {
      for (const one of kept) {
        const state = one.changed ? `第 ${one.version} 版` : `与第 ${one.version} 版相同，未改动`;
        out(`${one.year} 年 ${one.area}：${state}，目标 ${one.targets} 条，未采用 ${one.refused} 条`);
      }
    }
    return 0;
  },
});
