/** What a number is about: the words of its clause without verbs, comparators and dates. */
import type { Clause } from "./clauses.ts";

const TAIL =
  /(?:(?:力争|争取)?(?:不得?|未)?(?:连续)?(?:进入|列入|位列)[^，。；]{0,4}(?:倒排)?[前后末]|(?:较|比|相比|对比)(?:19|20)\d{2}年|不得?连续|不(?:得)?(?:少于|低于|超过|高于)[^，。；]{0,12}的?|[由从][\d一二三四五六七八九十百][^，。；]{0,8}|[每](?:半年|半月|季度|季|年度|年|月|周|旬|日|天|小时)|[按逐](?:半年|季度|季|年度|年|月|周|日)|同比|环比|比(?:去|上)年|下降|降低|力争|争取|应当?|须|不得|不|保持|稳定|控制|维持|达到?|超过|高于|低于|大于|小于|多于|少于|约|大约|近|至少|最少|至多|减少到|减少至|降至|降到|下降到|(?:提高|提升|增加|上升|扩大|减少)[到至]|增至|不足|累计|分别|均|都|在|为|到|至|总数的|的|[≥≤><=：:、和及与或]|\s)$/;
const HEAD =
  /^(?:\s|[每](?:半年|半月|季度|季|年度|年|月|周|旬|日|天|小时)|[按逐](?:半年|季度|季|年度|年|月|周|日)|或者|[、和及与或]|并|且|对|平均|(?:19|20)\d{2}年?[-—–~至](?:19|20)\d{2}年|[一二三四五六七八九十]+月(?:底)?(?:之?前)?|以及|其中|确保|力争|争取|努力|基本|实现|进一步|同时|全年|年内|要|到?(?:19|20)\d{2}年(?:度|底|末)?(?:之?前)?|(?:\d{1,2}月(?:底|\d{1,2}日)?|年底)(?:之?前)?|按照[^，。；]{0,8}要求|按照)/;
const VERB =
  /^(?:试点|组织|研究|督促|推动|推进|持续|统筹|加快|合规|计划)*(?:新增|完成|建设|建成|新建|推广|改造|实施|开展|增加|扩|创建|打造|抽查|抽检|选取|安装|解决|建立|完善|更新|推动|推进|培育|治理|整治|修复|淘汰|清理|提供|种植|栽植|补植|保留的?|关停|关闭|取缔|检查|组织|发放|培训|压减)+/;

/** The subject of a number: before it, else after it; empty when the clause has none. */
export function subjectOf(before: string, after: string, counts = true): string {
  // 力争前三 has no subject of its own.
  const front = strip(before, TAIL, HEAD).replace(/^[前后]$/, "");
  const bare = counts ? front.replace(VERB, "") : front.replace(/[“「]$/, "");
  const back = strip(
    after.replace(/^(?:及|或)?(?:以上|以下|以内|左右|之内|内|范围内|上下)/, ""),
    /\s$/,
    /^(?:的比例对?|的|[、和及与或]|[”」]|\s)/,
  );
  if (
    bare !== "" &&
    !/(?:完成|建设|建成|新增|新建|开展|实施|推动|推进|推广|创建|选取|安装|建立|完善|解决|抽查|上年度|关停|关闭|取缔|组织|发放|检查)$/.test(
      bare,
    )
  )
    return bare;
  return back !== "" ? back : bare;
}

function strip(text: string, tail: RegExp, head: RegExp): string {
  let rest = text;
  for (let before = ""; before !== rest; ) {
    before = rest;
    rest = rest.replace(tail, "").replace(head, "");
  }
  return rest;
}

/** Two subjects that share their noun: PM2.5、TSP年累计浓度, 国考、市考断面水质达标率. */
export type Shared = {
  readonly subjects: readonly [string, string];
  readonly heads: readonly [string, string];
  readonly noun: string;
};

export function sharedSubjects(subject: string): Shared | undefined {
  const found = /^([^、]*)[、和及]([^、]+)$/.exec(subject);
  const [left = "", right = ""] = [found?.[1], found?.[2]];
  if (left === "" || right === "" || /^[^、]{0,8}等/.test(right)) return undefined;
  // Two rates named in full: 达标率、处理率均达到….
  if (/(?:率|比例|占比|浓度|天数)$/.test(left)) return { subjects: [left, right], heads: [left, right], noun: "" };
  const latin = /^[A-Za-z][A-Za-z0-9.₀-₉]*/.exec(right)?.[0];
  if (latin !== undefined) return /[A-Za-z0-9.₀-₉]$/.test(left) ? parted(left, right, latin.length) : undefined;
  for (const length of [2, 3, 4]) {
    const [a, b] = [left.slice(-length), right.slice(0, length)];
    const noun = right.slice(length);
    if (a.length === length && a !== b && (a.at(-1) === b.at(-1) || /^[^率]{0,4}(率|浓度|占比|比例)$/.test(noun)))
      return parted(left, right, length);
  }
  return undefined;
}

function parted(left: string, right: string, length: number): Shared {
  const noun = right.slice(length);
  return { subjects: [left + noun, right], heads: [left, right.slice(0, length)], noun };
}

/** A subject that goes on with the list before it: “PM2.5、TSP年累计浓度…，单月浓度…” speaks of both again. */
export function continued(subject: string, before: Shared | undefined): Shared | undefined {
  if (before === undefined) return undefined;
  const noun = before.noun.slice(-2);
  if (noun.length < 2 || !subject.endsWith(noun) || before.heads.some((head) => subject.includes(head)))
    return undefined;
  const [first, second] = before.heads;
  return { subjects: [first + subject, second + subject], heads: before.heads, noun: subject };
}

/** The clause before in the same sentence, for a number whose own clause names no subject. */
export function wordsBefore(text: string, clause: Clause, sentence: Clause): string {
  const words = text.slice(sentence.start, Math.max(sentence.start, clause.start - 1)).split(/[，,：:]/);
  return (words.at(-1) ?? "")
    .trim()
    .replace(/(?:同比|环比)?(?:持续|稳步|逐步|进一步)?(?:下降|上升|改善|提高|提升|增长|降低)$/, "");
}
