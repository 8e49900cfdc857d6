/**
 * A bureau's template: its name, red-head line, contact, and which sections in what order. A YAML file beside the store;
 * every mistake is told with its line.
 */
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { fault, type Where } from "../../src/domain/faults.ts";
import { plainOf } from "../../src/domain/yaml-plain.ts";
import type { DistrictBriefing } from "./district-data.ts";
import { SECTION_NAMES, type SectionName } from "./section-names.ts";
import type { TownshipBriefing } from "./township-data.ts";

const text = z.string().trim().min(1).max(60);

const schema = z.strictObject({
  bureau: text.optional(),
  masthead: text.optional(),
  townshipMasthead: text.optional(),
  contact: z.string().trim().min(1).max(120).optional(),
  sections: z
    .array(z.enum(SECTION_NAMES))
    .min(1)
    .refine((names) => new Set(names).size === names.length, "同一部分写了两次")
    .optional(),
});

export type BriefingTemplate = {
  readonly bureau?: string | undefined;
  readonly masthead?: string | undefined;
  readonly townshipMasthead?: string | undefined;
  readonly contact?: string | undefined;
  readonly sections?: readonly SectionName[] | undefined;
};

/** @throws Fault `template.invalid` with file, line and column of the first mistake */
export function parseTemplate(source: string, file: string): BriefingTemplate {
  const lines = new LineCounter();
  // Failsafe: every scalar stays the text it was written as.
  const document = parseDocument(source, { lineCounter: lines, schema: "failsafe", prettyErrors: false });
  const at = (offset: number): Where => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: String(col) };
  };
  const [broken] = document.errors;
  if (broken !== undefined)
    throw fault("template.invalid", { field: "YAML", reason: broken.message }, at(broken.pos[0]));
  const plain = plainOf(document);
  if ("problem" in plain) throw fault("template.invalid", { field: "YAML", reason: plain.problem }, at(0));
  const checked = schema.safeParse(plain.value ?? {});
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const path = [...(issue?.path ?? []), ...unknown];
  const reason = issue === undefined ? "" : reasonOf(issue);
  throw fault("template.invalid", { field: path.join("."), reason }, at(offsetOf(document, path)));
}

/** The briefing as the bureau wants it; what the template leaves open stays. */
export function withTemplate(briefing: DistrictBriefing, template: BriefingTemplate): DistrictBriefing {
  const { bureau, masthead, contact, sections } = template;
  return {
    ...briefing,
    ...(bureau === undefined ? {} : { bureau }),
    ...(masthead === undefined ? {} : { masthead }),
    ...(contact === undefined ? {} : { contact }),
    ...(sections === undefined ? {} : { sections }),
  };
}

export function withTownshipTemplate(briefing: TownshipBriefing, template: BriefingTemplate): TownshipBriefing {
  const { bureau, townshipMasthead: masthead, contact } = template;
  return {
    ...briefing,
    ...(bureau === undefined ? {} : { bureau }),
    ...(masthead === undefined ? {} : { masthead }),
    ...(contact === undefined ? {} : { contact }),
  };
}

function reasonOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return "没有这个字段";
    case "invalid_value":
      return `只能是 ${issue.values.join("、")}`;
    case "too_big":
      return `最多 ${issue.maximum} 个字符`;
    case "too_small":
      return "不能为空";
    case "invalid_type":
      return `应为 ${issue.expected === "array" ? "列表" : "文字"}`;
    default:
      return issue.message;
  }
}

/** The offset of the value at a path, or of its key; of the nearest node above when there is none. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const pair = isMap(parent)
      ? parent.items.find((one) => isScalar(one.key) && one.key.value === path[depth - 1])
      : undefined;
    if (pair !== undefined && isNode(pair.key) && pair.key.range) return pair.key.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
