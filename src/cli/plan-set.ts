/** `duibiao plan set`: what a person decides for a target: the tolerance of 约/左右, or a number another body sets. */
import { fault } from "../domain/faults.ts";
import { numberCell } from "../domain/tally-cell.ts";
import { command } from "./command.ts";
import { allTargets } from "./plan-targets.ts";

export const planSet = command({
  name: "plan set",
  zh: "为目标设定容差（约、左右、保持）或外部要求值（市级要求等）；留下设定人，旧设定保留",
  words: [{ name: "<target>", zh: "目标编号，如 2024-air-1.1-dustfall" }],
  options: {
    tolerance: { type: "string", value: "N", zh: "容差，单位与目标相同；不写则取消" },
    external: { type: "string", value: "N", zh: "外部要求值，单位与目标相同；不写则取消" },
    by: { type: "string", value: "NAME", zh: "设定人", required: true },
    note: { type: "string", value: "TEXT", zh: "依据" },
  },
  examples: ["duibiao plan set 2024-air-1.1-dustfall --tolerance 0.5 --by 张三 --note 局务会第8次"],

  async run([id = ""], { tolerance, external, by, note = "" }, { now, storeDir, openStore, out }) {
    const target = (await allTargets(storeDir)).get(id);
    if (target === undefined) throw fault("tally.target-unknown", { given: id }, { parameter: "<target>" });
    const setting = { tolerance: figure("tolerance", tolerance), external: figure("external", external) };
    const { setTarget } = await import("../store/target-settings.ts");
    const { sql } = await openStore({ create: true });
    await setTarget(sql, id, { ...setting, setBy: by, note, setAt: now().getTime() });
    out(`${target.metric}：容差 ${tolerance ?? "未设"}，外部要求值 ${external ?? "未设"}（设定人 ${by}）`);
    return 0;
  },
});

function figure(option: string, given: string | undefined) {
  if (given === undefined) return undefined;
  const value = numberCell(given.trim());
  const where = { parameter: `--${option}` };
  if (value === undefined) throw fault("value.not-number", { what: `--${option} `, given }, where);
  if (value.num < 0n) throw fault("value.negative", { what: `--${option}`, given }, where);
  return value;
}
