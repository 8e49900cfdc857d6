/**
 * The draft as YAML for a person to judge: one document per plan, in the registry's words, with what the person needs
 * beside it (the original wording, the flags in Chinese, an undecided `adopt` for every target).
 */
import { Document, type Scalar, YAMLMap, YAMLSeq } from "yaml";
import { PLAN_AREA_ZH } from "../../src/domain/plan.ts";
import type { DraftMeasure, DraftPlan, DraftSection, DraftTarget, PlanDraft } from "./draft.ts";
import { flagZh } from "./flags.ts";
import { narrowed, numeralsOf } from "./numeral-scan.ts";

/** The registry shows short lines: longer wording is cut, and a person writes a better one. */
const LONGEST_MEASURE = 60;
const LONGEST_PHRASE = 24;

/** The word that leaves a target undecided. */
export const UNDECIDED = "待定";

const GUIDE = ` 计划草稿：由程序从原文件读出，未经人确认，不算数。
 1. 逐条看 targets：采用的把 adopt 改成 是，不采用的改成 否；数值、比较方式、单位、指标名都可以改。
 2. flags 是程序拿不准的地方；original 是原文，供核对，不会写入登记册。
 3. area 只能是 air water soil climate ecology noise；place 填地点代码；每条措施的 text 请用自己的话写（不超过 60 字）。
 4. 改完后运行：duibiao plan adopt <本文件>`;

export type ReviewOptions = { readonly file: string; readonly year: number | undefined; readonly place: string };

/** The YAML of a draft. `year` counts where a plan's title names none. */
export function reviewYaml(draft: PlanDraft, { file, year, place }: ReviewOptions): string {
  const documents = draft.plans.map((plan, index) => {
    const targets = draft.draftTargets.filter((one) => one.plan === plan.plan);
    const sections = draft.sections.filter((one) => one.plan === plan.plan);
    const titled = /(?:19|20)\d{2}(?=年)/.exec(narrowed(plan.title))?.[0];
    const planYear = titled === undefined ? year : Number(titled);
    const form = {
      file,
      area: Object.hasOwn(PLAN_AREA_ZH, plan.plan) ? plan.plan : "",
      year: planYear ?? "",
      title: plan.title,
      place,
      tasks: plan.tasks.map((task) => ({
        no: task.no,
        name: task.name,
        section: sectionOf(task.measures[0]?.line ?? 0, sections),
        line: task.measures[0]?.line ?? 0,
        measures: task.measures.map((one, m) => measureForm(one, `${task.no}.${m + 1}`)),
      })),
      targets: targets.map((one) => targetForm(one, plan, planYear)),
    };
    const document = new Document(form);
    flowLists(document.contents);
    if (index === 0) document.commentBefore = GUIDE;
    return document.toString({ lineWidth: 0, flowCollectionPadding: false });
  });
  return documents.join("---\n");
}

function measureForm(one: DraftMeasure, no: string) {
  return {
    no,
    line: one.line,
    text: cut(one.text.replaceAll("\n", ""), LONGEST_MEASURE),
    original: one.text,
    ...(one.deadline === null ? {} : { deadline: one.deadline }),
    lead: one.lead,
    // The lead units need not be said twice.
    main: one.main.filter((unit) => !one.lead.includes(unit)),
    support: one.support,
    flags: one.flags.map(flagZh),
  };
}

function targetForm(one: DraftTarget, plan: DraftPlan, year: number | undefined) {
  const range = one.comparator === "range" ? String(one.value).split("-") : undefined;
  const value = (name: string) => one.flags.find((flag) => flag.startsWith(`${name}:`))?.slice(name.length + 1);
  // A fall “against last year” counts from the year before the plan's.
  const lastYear = one.comparator === "decrease_by" && /同比|上年|去年/.test(one.phrase) && year !== undefined;
  const base = value("base")?.match(/\d{4}/)?.[0] ?? (lastYear ? year - 1 : undefined);
  const strict = one.flags.filter((flag) => !/^(cut|base|deadline):/.test(flag));
  return {
    adopt: UNDECIDED,
    item: itemOf(one, plan),
    metric: one.subject,
    comparator: one.comparator,
    value: range?.[0] ?? one.value,
    ...(range === undefined ? {} : { upper: range[1] ?? "" }),
    ...(value("cut") === undefined ? {} : { cut: value("cut") }),
    ...(base === undefined ? {} : { baseYear: base }),
    unit: one.unit,
    ...(value("deadline") === undefined ? {} : { deadline: value("deadline")?.replace(/^[到至]/, "") }),
    firmness: one.firmness,
    decidedBy: decidedBy(one),
    phrase: shortPhrase(one.phrase),
    line: one.line,
    flags: strict.map(flagZh),
    original: one.phrase,
  };
}

/** Task and measure of a target: the measure whose text begins last before its line. */
function itemOf(target: DraftTarget, plan: DraftPlan): string {
  const task = plan.tasks.find((one) => one.no === target.task);
  if (task === undefined) return "";
  const index = task.measures.findLastIndex((one) => one.line <= target.line);
  return `${task.no}.${Math.max(0, index) + 1}`;
}

function sectionOf(line: number, sections: readonly DraftSection[]): string {
  return sections.findLast((one) => one.line <= line)?.title ?? "（无分节）";
}

/** A first guess, to be looked at: ranks are published, rates are reported, what stations measure is read. */
function decidedBy(target: DraftTarget): string {
  if (target.comparator === "not_in_worst" || target.comparator === "not_n_months_running") return "published_rank";
  if (/PM|TSP|浓度|优良天|重污染天|降尘|断面|水质/.test(target.subject) && target.firmness !== "operational")
    return "reading";
  return target.unit === "%" ? "statistic" : "tally";
}

/** The words around the number, short enough for the registry. */
function shortPhrase(phrase: string): string {
  if (phrase.length <= LONGEST_PHRASE) return phrase;
  const last = numeralsOf(phrase).findLast((one) => one.value !== undefined);
  const end = Math.min(phrase.length, (last?.end ?? LONGEST_PHRASE) + 6);
  return phrase.slice(Math.max(0, end - LONGEST_PHRASE), end);
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

/** Lists of units and flags on one line, as the registry has them. */
function flowLists(node: unknown): void {
  if (node instanceof YAMLSeq) {
    if (node.items.every((item) => typeof (item as Scalar).value === "string")) node.flow = true;
    else node.items.forEach(flowLists);
  } else if (node instanceof YAMLMap) {
    for (const pair of node.items) flowLists(pair.value);
  }
}
