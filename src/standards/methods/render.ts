/** Method sheets as Markdown, in Chinese or English: what `duibiao method` prints and `docs/methods/` holds. */
import type { Lang } from "../../domain/faults.ts";
import { POLICIES, type PolicyConfidence, policyValues } from "../policy.ts";
import type { Both, MethodSheet, MethodTable } from "./sheet.ts";

const WORDS = {
  unit: { zh: "单位", en: "Unit" },
  also: { zh: "同时适用于", en: "Also answers for" },
  definition: { zh: "定义", en: "Definition" },
  formula: { zh: "计算", en: "Formula" },
  tables: { zh: "表", en: "Tables" },
  validity: { zh: "有效性", en: "Validity" },
  rounding: { zh: "修约", en: "Rounding" },
  editions: { zh: "版本", en: "Editions" },
  policies: { zh: "口径与默认值", en: "Policies and defaults" },
  confidence: { zh: "依据的可靠程度", en: "Confidence" },
  unknown: { zh: "尚不清楚", en: "Not known" },
  policy: { zh: "口径", en: "policy" },
  values: { zh: "可取", en: "values" },
  default: { zh: "默认", en: "default" },
  meaning: { zh: "含义", en: "meaning" },
  reason: { zh: "理由", en: "reason" },
  none: { zh: "无", en: "None" },
  generated: {
    zh: "本页由程序从标准的数据表生成（`npm run docs`），请勿手改。",
    en: "This page is printed from the standards' own tables (`npm run docs`); do not edit it.",
  },
} as const satisfies Record<string, Both>;

const LEVELS: Readonly<Record<PolicyConfidence, Both>> = {
  confirmed: { zh: "已确认", en: "confirmed" },
  likely: { zh: "较可靠", en: "likely" },
  unverified: { zh: "未证实", en: "unverified" },
  own: { zh: "本程序的选择", en: "our choice" },
};

/** One sheet as Markdown, ending in a line end. */
export function renderSheet(sheet: MethodSheet, lang: Lang): string {
  const word = (name: keyof typeof WORDS) => WORDS[name][lang];
  const colon = lang === "zh" ? "：" : ": ";
  const list = (texts: readonly Both[]) =>
    texts.length === 0 ? word("none") : texts.map((one) => `- ${one[lang]}`).join("\n");
  const section = (name: keyof typeof WORDS, body: string) => `## ${word(name)}\n\n${body}`;
  const policies = sheet.policies.map((name) => {
    const spec = POLICIES[name];
    const reason = `${LEVELS[spec.confidence][lang]}${colon}${lang === "zh" ? spec.reasonZh : spec.reasonEn}`;
    return [`\`${name}\``, policyValues(spec), `\`${spec.default}\``, spec[lang], reason];
  });
  const head = ["policy", "values", "default", "meaning", "reason"] as const;
  const also = sheet.also.map((code) => `\`${code}\``).join(" ");
  const parts = [
    `# ${sheet.title[lang]} \`${sheet.indicator}\``,
    [
      ...(sheet.unit === "" ? [] : [`${word("unit")}${colon}${sheet.unit}`]),
      ...(also === "" ? [] : [`${word("also")}${colon}${also}`]),
      word("generated"),
    ].join("  \n"),
    section("definition", list(sheet.definition)),
    section("formula", list(sheet.formula)),
    ...(sheet.tables.length === 0
      ? []
      : [section("tables", sheet.tables.map((table) => renderTable(table, lang)).join("\n\n"))]),
    section("validity", list(sheet.validity)),
    section("rounding", list(sheet.rounding)),
    section("editions", list(sheet.editions)),
    section("policies", policies.length === 0 ? word("none") : grid(head.map(word), policies)),
    section("confidence", list(sheet.confidence.map((one) => marked(one.level, one)))),
    section("unknown", list(sheet.unknown)),
  ];
  return `${parts.join("\n\n")}\n`;
}

function marked(level: PolicyConfidence, text: Both): Both {
  return { zh: `${LEVELS[level].zh}：${text.zh}`, en: `${LEVELS[level].en}: ${text.en}` };
}

function renderTable(table: MethodTable, lang: Lang): string {
  const cell = (one: string | Both) => (typeof one === "string" ? one : one[lang]);
  return `**${table.title[lang]}** (${table.clause})\n\n${grid(
    table.head.map(cell),
    table.rows.map((row) => row.map(cell)),
  )}`;
}

function grid(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
