/**
 * A reviewed draft → the files of the registry, one per plan, for the registry's own checks to judge.
 *
 * Nothing passes that a person has not decided: every target needs 是 or 否.
 */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, stringify } from "yaml";
import { type Fault, fault, type Where } from "../../src/domain/faults.ts";
import { plainOf } from "../../src/domain/yaml-plain.ts";
import { UNDECIDED } from "./review-form.ts";

export type AdoptedPlan = {
  readonly area: string;
  readonly year: string;
  /** The registry file's text. */
  readonly text: string;
  readonly targets: number;
  readonly refused: number;
  /** Where in the draft a path of the registry file came from. */
  readonly locate: (path: readonly (string | number)[]) => Where;
  /** Where in the draft an id of the registry file, or a measure's number, came from. */
  readonly locateId: (id: string) => Where;
};

type Fields = Record<string, unknown>;

const YES = /^(是|采用|yes|y|true)$/i;
const NO = /^(否|不采用|no|n|false)$/i;

/** Keys of the draft that are for the person only. */
const BESIDE = new Set(["adopt", "original"]);

/**
 * @throws Fault `plan.yaml` for broken YAML, `plan.not-draft` for anything but a draft, `plan.undecided` while a target
 * has neither 是 nor 否
 */
export function adoptedPlans(text: string, file: string): readonly AdoptedPlan[] {
  if (text.includes("\0")) throw fault("plan.not-draft", {}, { file });
  const lines = new LineCounter();
  const documents = [...parseAllDocuments(text, { lineCounter: lines, schema: "failsafe", prettyErrors: false })];
  const at = (offset: number): Where => ({ file, line: lines.linePos(offset).line });
  const undecided: { readonly line: number; readonly what: string }[] = [];
  const plans = documents.map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw fault("plan.yaml", { reason: error.message }, at(error.pos[0]));
    const plain = plainOf(document);
    if ("problem" in plain) throw fault("plan.yaml", { reason: plain.problem }, { file });
    const form = plain.value;
    if (!isFields(form) || !Array.isArray(form["tasks"]) || !Array.isArray(form["targets"])) {
      throw fault("plan.not-draft", {}, { file });
    }
    const where = (path: readonly (string | number)[]) => at(offsetOf(document.contents, path));
    const targets = form["targets"].filter(isFields);
    const kept: { readonly from: number; readonly target: Fields }[] = [];
    targets.forEach((target, index) => {
      const said = String(target["adopt"] ?? UNDECIDED).trim();
      if (YES.test(said)) kept.push({ from: index, target });
      else if (!NO.test(said))
        undecided.push({ line: where(["targets", index]).line ?? 0, what: String(target["phrase"] ?? "") });
    });
    return registryFile(form, kept, targets.length - kept.length, where);
  });
  const [first] = undecided;
  if (first !== undefined) {
    throw fault("plan.undecided", { count: undecided.length, first: first.what }, { file, line: first.line });
  }
  if (plans.length === 0) throw fault("plan.not-draft", {}, { file });
  const twice = plans.find(
    (one, index) => plans.findIndex((other) => other.area === one.area && other.year === one.year) < index,
  );
  if (twice !== undefined) throw fault("plan.duplicate", { id: `${twice.year}-${twice.area}` }, twice.locate(["area"]));
  return plans;
}

function registryFile(
  form: Fields,
  kept: readonly { readonly from: number; readonly target: Fields }[],
  refused: number,
  where: (path: readonly (string | number)[]) => Where,
): AdoptedPlan {
  const { area = "", year = "", title = "", place = "" } = form;
  const counts = new Map<string, number>();
  const ids = new Map<string, readonly (string | number)[]>();
  const criteria = kept.map(({ from, target }) => {
    const item = String(target["item"] ?? "");
    const count = (counts.get(item) ?? 0) + 1;
    counts.set(item, count);
    const { id = `${year}-${area}-${item}-t${count}`, flags, ...rest } = withoutBeside(target);
    ids.set(String(id), ["targets", from]);
    const notes = [...(Array.isArray(rest["notes"]) ? rest["notes"] : []), ...(Array.isArray(flags) ? flags : [])];
    return { id, ...withoutEmpty(rest), ...(notes.length === 0 ? {} : { notes }) };
  });
  const tasks = (form["tasks"] as unknown[]).filter(isFields).map((task, t) => ({
    ...task,
    measures: (Array.isArray(task["measures"]) ? task["measures"] : []).filter(isFields).map((measure, m) => {
      ids.set(String(measure["no"] ?? ""), ["tasks", t, "measures", m]);
      return withoutBeside(measure);
    }),
  }));
  return {
    area: String(area),
    year: String(year),
    text: stringify({ area, year, title, place, tasks, criteria, directions: [] }, { lineWidth: 0 }),
    targets: kept.length,
    refused,
    locate: ([head, index, ...rest]) => {
      if (head !== "criteria" || index === undefined)
        return where([head ?? "", ...(index === undefined ? [] : [index]), ...rest]);
      return where(["targets", kept[Number(index)]?.from ?? 0, ...rest]);
    },
    locateId: (id) => where(ids.get(id) ?? []),
  };
}

/** Faults of the registry's check, told where they stand in the draft. */
export function inDraft(problem: Fault, plan: AdoptedPlan): Fault {
  const { field, id } = problem.params;
  const where =
    typeof field === "string" && field !== ""
      ? plan.locate(field.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part)))
      : plan.locateId(String(id ?? ""));
  return fault(problem.code, problem.params, where);
}

function withoutBeside(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !BESIDE.has(key)));
}

/** A field left empty counts as not given; the unit may be empty. */
function withoutEmpty(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key, value]) => value !== "" || key === "unit"));
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The offset of a path's node, or of the nearest node above it. */
function offsetOf(root: unknown, path: readonly (string | number)[]): number {
  let node = root as Node | null | undefined;
  let offset = node?.range?.[0] ?? 0;
  for (const key of path) {
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find((one) => isScalar(one.key) && one.key.value === String(key));
      const keyNode = pair?.key as Node | undefined;
      offset = keyNode?.range?.[0] ?? offset;
      next = pair?.value;
    } else if (isSeq(node)) {
      next = node.items[Number(key)];
      offset = (next as Node | undefined)?.range?.[0] ?? offset;
    }
    if (next === undefined || next === null) return offset;
    node = next as Node;
  }
  return offset;
}
