/** The numerals of one text, each with its class, and the quantities among them that carry a target. */
import type { Exact } from "../../src/domain/exact.ts";
import { isAmount, isTime, UNIT_AHEAD } from "./measure-words.ts";
import type { NumeralClass } from "./numeral-class.ts";
import { MASKS } from "./numeral-masks.ts";
import { type Numeral, narrowed, numeralsOf } from "./numeral-scan.ts";

/** Where a text stands in the plan. Only prose can carry targets. */
export type TextRole = "prose" | "heading" | "deadline" | "units" | "number";

export type Quantity = {
  /** Where numeral and unit stand in the text. */
  readonly start: number;
  readonly end: number;
  readonly value: Exact;
  readonly upper: Exact | undefined;
  readonly unit: string;
  /** 多 or 余 after the number: more than it. */
  readonly more: boolean;
  readonly chinese: boolean;
  readonly flags: readonly string[];
};

export type Classified = {
  readonly numerals: readonly {
    readonly start: number;
    readonly text: string;
    readonly class: NumeralClass | undefined;
  }[];
  readonly quantities: readonly Quantity[];
};

export function classify(text: string, role: TextRole): Classified {
  const flat = narrowed(text);
  const numerals: { start: number; text: string; class: NumeralClass | undefined }[] = [];
  const quantities: Quantity[] = [];
  const claims = claimsOf(flat);
  const reported = new Set<Claim>();
  for (const numeral of numeralsOf(text)) {
    // 千 of 千瓦, 百 of 百分点 and 3 of m3 belong to the unit of the number before.
    if (quantities.some((one) => one.start < numeral.start && numeral.start < one.end)) {
      numerals.push({ start: numeral.start, text: numeral.text, class: "unit" });
      continue;
    }
    const claim = claims.find((one) => one.start < numeral.end && numeral.start < one.end);
    if (claim !== undefined) {
      if (!claim.whole) numerals.push({ start: numeral.start, text: numeral.text, class: claim.class });
      else if (!reported.has(claim)) {
        reported.add(claim);
        const [start, end] = [Math.min(claim.start, numeral.start), Math.max(claim.end, numeral.end)];
        numerals.push({ start, text: text.slice(start, end).trim(), class: claim.class });
      }
      continue;
    }
    const { class: kind, quantity } =
      role === "prose" ? inProse(flat, numeral) : { class: AROUND[role], quantity: undefined };
    numerals.push({ start: numeral.start, text: numeral.text, class: kind });
    if (quantity !== undefined) quantities.push(quantity);
  }
  return { numerals, quantities };
}

const AROUND: Readonly<Record<Exclude<TextRole, "prose">, NumeralClass>> = {
  heading: "name",
  deadline: "date",
  units: "name",
  number: "list number",
};

type Claim = { readonly start: number; readonly end: number; readonly class: NumeralClass; readonly whole: boolean };

function claimsOf(text: string): readonly Claim[] {
  const claims: Claim[] = [];
  for (const { class: kind, pattern, whole } of MASKS) {
    for (const found of text.matchAll(pattern)) {
      const [start, end] = [found.index, found.index + found[0].length];
      if (end > start && !claims.some((one) => one.start < end && start < one.end)) {
        claims.push({ start, end, class: kind, whole: whole === true });
      }
    }
  }
  return claims;
}

type Verdict = { readonly class: NumeralClass | undefined; readonly quantity?: Quantity };

/** Words that make even 一 a number: 完成一轮, 至少一次. */
const COUNTING =
  /(完成|至少|不少于|不低于|最少|各|每[^，。；、]{0,4}|建成|新建|新增|增加|创建|打造|开展|举办|组织)[^，。；、]{0,4}$/;

const COMPARED =
  /(不?(超过|高于|低于|大于|小于|多于|少于)|至少|至多|达到?|[≥≤><=]|降至|降到|提高到|提升至|增至|控制在|保持在|稳定在|力争|为|下降|降低|上升|增长)$/;

function inProse(text: string, numeral: Numeral): Verdict {
  const before = text.slice(0, numeral.start);
  const after = text.slice(numeral.end);
  const { value } = numeral;
  if (numeral.kind === "sign") return signIn(before, after, numeral);
  if (value === undefined) return zeroOrNothing(text, numeral);
  if (numeral.share !== undefined) return shareIn(before, after, numeral, value);
  if (numeral.text === "零") return zeroOrNothing(text, numeral);

  const [, more = "", gap = ""] = /^([多余]?)(\s*)/.exec(after) ?? [];
  const rest = after.slice(more.length + gap.length);
  const unit = UNIT_AHEAD.exec(rest)?.[0] ?? "";
  const flags: string[] = [];
  const made = (given: string): Quantity => ({
    start: numeral.start,
    end: numeral.end + more.length + gap.length + given.length,
    value,
    upper: numeral.upper,
    unit: given,
    more: more !== "",
    chinese: numeral.kind === "chinese",
    flags,
  });
  if (unit === "") {
    if (COMPARED.test(before) && /^的(?!比例|标准|目标|水平)/.test(rest)) return { class: "scope" };
    if (/(?:全[市区省国县]|倒排|排名)[^，。；]{0,4}[前后]$|[前后]$/.test(before))
      return { class: "target", quantity: made("名") };
    if (COMPARED.test(before)) return { class: "target", quantity: { ...made(""), flags: ["unit.none"] } };
    const next = /^[\u4e00-\u9fff](?![的])/.exec(rest)?.[0];
    if (numeral.kind === "digits" && next !== undefined && !"，。的和或及至到是为后前以".includes(next)) {
      return { class: "target", quantity: { ...made(next), flags: ["unit.guessed"] } };
    }
    if (numeral.kind === "chinese" && /^大(?!气)|^(方面|者|端|侧|级|型)/.test(rest)) return { class: "enumeration" };
    return { class: undefined };
  }
  if (numeral.kind === "chinese") {
    if (/^个?(方面|环节|部分|阶段|维度|层面|层级|要素|领域|一批)/.test(rest)) return { class: "enumeration" };
    if (numeral.text === "一" && !COUNTING.test(before)) return { class: "idiom" };
    if (numeral.text === "一") flags.push("number.one");
    if (numeral.text === "半") return { class: isTime(unit) ? "duration" : "idiom" };
  }
  const beyond = rest.slice(unit.length);
  if (isBaseline(before, beyond)) return { class: "baseline" };
  if (isScope(before, beyond, unit)) return { class: "scope" };
  if (isTime(unit) && !timeIsTarget(before, beyond, unit)) return { class: "duration" };
  return { class: "target", quantity: made(unit) };
}

/** Where something starts from: 由85%提高到92%. */
function isBaseline(before: string, beyond: string): boolean {
  return (
    /[由从]$/.test(before) &&
    /^[^，。；\d]{0,4}(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|压减|降|增)[到至]/.test(beyond)
  );
}

/** A threshold that says which things are meant, such as 4.5吨以下邮政车, and is nothing to reach. */
function isScope(before: string, beyond: string, unit: string): boolean {
  if (/^范围[内外]/.test(beyond)) return /^范围[内外]的/.test(beyond);
  if (/^级|^(?:服务)?半径|^服务范围/.test(beyond) && isAmount(unit)) return true;
  if (unit === "年" && /^(?:之|以)?内/.test(beyond)) return false;
  if (!isAmount(unit)) return false;
  // 新建5公里以上 is an amount to reach; 推广3吨以下叉车 still tells which.
  if (DONE.test(before) && !/^[（(]?(及|含)?以[下内]/.test(beyond)) return false;
  if (/^的(比例|标准|要求|速度|幅度|目标|水平|频次|增速|覆盖率)/.test(beyond)) return false;
  const bounded = /^[（(]?(及|含)?以?[上下内][）)]?/.exec(beyond);
  if (bounded !== null) {
    const noun = beyond.slice(bounded[0].length);
    return /^的?[\u4e00-\u9fff]/.test(noun) && !/^的?(比例|目标|水平|且|并|和|或|以及|时)/.test(noun);
  }
  return (
    /^(?:含量|浓度)?的[\u4e00-\u9fff]/.test(beyond) &&
    /(大于|超过|小于|低于|高于|不足|不满|不低于|不超过|少于|周边|半径)$/.test(before)
  );
}

/** A verb right before the number: what follows is done, not described. */
const DONE =
  /(完成|新增|新建|建设|建成|达到?|推广|改造|治理|修复|整治|实施|降低|下降|提高|提升|增长|增加|减少|削减|压减|减排|清理|安装|更新|淘汰)$/;

/** What has to happen within a time: 十个工作日办结. */
const PROMPT = /^(?:之|以)?内?(?:办结|完成|反馈|处置|整改|报送|响应|到场|到达|上报)/;

/** Times are lengths of something, unless they are a limit to keep or days to reach. */
function timeIsTarget(before: string, beyond: string, unit: string): boolean {
  if (/连续$/.test(before)) return true;
  if (/(天数|日数|时间|时长|周期)[^，。；]{0,8}$/.test(before)) return true;
  if (PROMPT.test(beyond)) return true;
  // 三年内 and 两个月内 are deadlines, 24小时内 is how work is done.
  if (/^(年|个?月|个?季度)$/.test(unit) && /^(?:之|以)?内/.test(beyond)) return false;
  return COMPARED.test(before) || /^(之|以)?内|^以上|^左右/.test(beyond) || /^次/.test(beyond);
}

/** 清零 and its like carry a target of none left; other 零 is a word. */
function zeroOrNothing(text: string, numeral: Numeral): Verdict {
  if (!numeral.text.startsWith("零")) return { class: undefined };
  const around = text.slice(Math.max(0, numeral.start - 2), numeral.end + 2);
  return { class: /[清归]零|零(增长|新增|事故|发生|反弹|投诉|超标|直排|填埋|弃置)/.test(around) ? "target" : "idiom" };
}

function signIn(before: string, after: string, numeral: Numeral): Verdict {
  if (/[Ⅰ-Ⅻ]/.test(numeral.text)) {
    // 水质达到Ⅲ类以上 is a target; Ⅲ类水体比例 names a class.
    if (/^类[^，。；]{0,8}(比例|占比|率)/.test(after)) return { class: "grade" };
    if (/^类/.test(after) && /(达到|优于|不低于|好于|保持|稳定在|达)[^，。；]{0,4}$/.test(before))
      return { class: "target" };
    return { class: "grade" };
  }
  if (/[²³]/.test(numeral.text)) return { class: "unit" };
  if (/[\u2080-\u2089]/.test(numeral.text)) return { class: "name" };
  return { class: undefined };
}

function shareIn(before: string, after: string, numeral: Numeral, value: Exact): Verdict {
  // The scope of a share: 含量超过10%的涂料.
  if (isBaseline(before, after)) return { class: "baseline" };
  if (/(含量|浓度|含水率|含硫量|纯度)[^，。；]{0,6}$/.test(before) && isScope(before, after, "%"))
    return { class: "scope" };
  const unit = numeral.share === "share" ? "" : (numeral.share ?? "%");
  const { start, end, upper } = numeral;
  return {
    class: "target",
    quantity: { start, end, value, upper, unit, more: false, chinese: numeral.kind === "chinese", flags: [] },
  };
}
