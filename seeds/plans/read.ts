/** One plan file: YAML text → checked `Plan`, every mistake with file, line and column. */
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { type Fault, fault, type Where } from "../../src/domain/faults.ts";
import type { Plan } from "../../src/domain/plan.ts";
import { plainOf } from "../../src/domain/yaml-plain.ts";
import { joinPlan, type Locate } from "./join.ts";
import { planFile } from "./schema.ts";

/** @throws the first mistake found; see `checkPlan` */
export function parsePlan(text: string, file: string): Plan {
  const { plan, faults } = checkPlan(text, file);
  if (plan === undefined) throw faults[0] ?? fault("plan.yaml", { reason: "空文件" }, { file });
  return plan;
}

/**
 * Reads a plan file and lists all its mistakes (`plan.yaml`, `plan.schema`, `plan.duplicate`, `plan.reference`);
 * there is a plan only when there are none.
 */
export function checkPlan(text: string, file: string): { readonly plan: Plan | undefined; readonly faults: Fault[] } {
  const lines = new LineCounter();
  // Failsafe: every scalar stays the text it was written as.
  const document = parseDocument(text, { lineCounter: lines, schema: "failsafe", prettyErrors: false });
  const at = (offset: number): Where => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: String(col) };
  };
  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => fault("plan.yaml", { reason: error.message }, at(error.pos[0])));
    return { plan: undefined, faults };
  }
  const locate: Locate = (path) => at(offsetOf(document, path));
  const plain = plainOf(document);
  if ("problem" in plain) return { plan: undefined, faults: [fault("plan.yaml", { reason: plain.problem }, at(0))] };
  const checked = planFile.safeParse(plain.value);
  if (!checked.success) {
    const faults = checked.error.issues.flatMap((issue) => schemaFaults(issue, locate));
    return { plan: undefined, faults };
  }
  const { plan, faults } = joinPlan(checked.data, locate);
  return { plan: faults.length === 0 ? plan : undefined, faults };
}

function schemaFaults(issue: z.core.$ZodIssue, locate: Locate): Fault[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const path = [...issue.path, key];
      return fault("plan.schema", { field: path.join("."), reason: "没有这个字段" }, locate(path));
    });
  }
  return [fault("plan.schema", { field: issue.path.join("."), reason: reasonOf(issue) }, locate(issue.path))];
}

function reasonOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "缺少这一项" : `应为 ${issue.expected}`;
    case "invalid_value":
      return `只能是 ${issue.values.join("、")}`;
    case "too_big":
      return `最多 ${issue.maximum} 个字符或条目`;
    case "too_small":
      return "不能为空";
    case "invalid_format":
      return "写法不对";
    default:
      return issue.message;
  }
}

/** The offset of the node at a path; of the nearest node above it when there is none. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const last = path[depth - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((one) => isScalar(one.key) && one.key.value === last);
      if (pair !== undefined && isNode(pair.key)) return (valueStart(pair.value) ?? pair.key.range?.[0]) as number;
    }
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function valueStart(value: unknown): number | undefined {
  return isNode(value) ? value.range?.[0] : undefined;
}
