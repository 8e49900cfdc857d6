/** How a number is compared, read from the words on both sides of it. */
import type { Comparator } from "../../src/domain/plan.ts";
import { isTime } from "./measure-words.ts";

export type Reading = { readonly comparator: Comparator; readonly flags: readonly string[] };

/** Up to this many characters may stand between “not less than” and its number: 不少于持证单位总数的三分之一. */
const GAP = "[^，。；、\\d]{0,12}";

const BEFORE: readonly (readonly [RegExp, Comparator])[] = [
  [/不(?:得|能|应|可)?(?:超过|高于|大于|多于|突破|超)$/, "<="],
  [new RegExp(`不(?:得|能|应)?(?:超过|高于|多于)${GAP}的?$`), "<="],
  [/不(?:得|能|应|可)?(?:低于|少于|小于)$/, ">="],
  [new RegExp(`不(?:得|能|应)?(?:低于|少于)${GAP}的?$`), ">="],
  [/至少[^，。；、\d]{0,6}$|最少$|≥$|>=$/, ">="],
  [/至多[^，。；、\d]{0,6}$|最多$|≤$|<=$/, "<="],
  [/(?:低于|小于|少于|不足|不到|<)$/, "<"],
  [/(?:高于|大于|多于|超过|超出|突破|>)$/, ">"],
];

const ABOUT_BEFORE = /(?:约|约为|大约|大概|近|接近)$/;
const LOWER_TO = /(?:降|下降|降低|压减|减少|缩减|削减)(?:到|至)$|控制(?:在|到)$|限制在$/;
const FALL = /(?:下降|降低|减少|削减|压减|递减|缩减)(?:率|幅度|比例)?(?:达到?|为|约)?$/;
/** A fall of anything, not only of a rate: 下降0.05, 同比减少20件. */
const FALL_OF_ALL = /(?:下降|降低)(?:了|约)?$|(?:同比|环比|[较比][上去]年)减少(?:了|约)?$/;
const RISE = /(?:增长|提高|提升|上升|增加)(?:率|幅度)?(?:达到?|约)?$/;
const FIXED_BEFORE =
  /(?:上年度|上一年度|去年|全[区市县省]|辖区内?|现有|已有|原有|保留的?|剩余|其余|存量|所有|共有?|共计|等)(?:的)?$/;
const FIXED_AFTER =
  /^(?:市级|区级|县级|国控|市控|省控|国考|市考|省考|优先)|^[^，。；、达按符满合实执]{0,4}(?:标准|要求|规定)(?![^，。；]{0,4}(?:制定|建设))/;

/**
 * The comparator of a number, its doubtful readings flagged.
 *
 * 完成, 达到, 建设 N and everything unsaid is “at least”; a rate that reaches 100 % or the number of a set that is there
 * already (上年度7个地块) is “equals”; 以上 includes the number, 高于 and 低于 are strict.
 *
 * @param before the clause up to the number, `after` from behind its unit on
 */
export function comparatorOf(
  before: string,
  after: string,
  number: {
    readonly unit: string;
    readonly isRange: boolean;
    readonly more: boolean;
    readonly is100: boolean;
    readonly isZero: boolean;
    readonly chinese: boolean;
  },
): Reading {
  const sure = (comparator: Comparator): Reading => ({ comparator, flags: [] });
  const pre = before.trimEnd();
  if (number.isRange) return sure("range");
  const percent = /^(%|‰|个?百分点)$/.test(number.unit);
  const said = BEFORE.find(([words]) => words.test(pre))?.[1];
  const fall = withoutBounds(pre);
  if (percent && (FALL.test(fall) || FALL.test(pre))) return sure("decrease_by");
  if (FALL_OF_ALL.test(fall)) return sure("decrease_by");
  if (said !== undefined) return sure(said);
  if (/^(?:左右|上下)/.test(after) || ABOUT_BEFORE.test(pre)) return sure("~");
  if (/^(?:及|或|含|（含）)?以上/.test(after)) return sure(">=");
  // A radius of work reaches at least so far: 出口100米范围内巡查.
  if (/^范围内/.test(after)) return { comparator: ">=", flags: ["range.radius"] };
  if (/^(?:及|或|含|（含）)?(?:以下|以内|之内)|^内/.test(after)) return sure("<=");
  if (isTime(number.unit) && /^(?:办结|完成|反馈|处置|整改|报送|响应|到场|到达|上报)/.test(after)) return sure("<=");
  if (LOWER_TO.test(pre)) return sure("<=");
  if (number.more) return sure(">");
  if (percent && RISE.test(pre)) return { comparator: ">=", flags: ["change.increase"] };
  if (percent && number.is100) return sure("=");
  if (!percent && isFixed(pre, after, number.chinese)) return { comparator: "=", flags: ["set.fixed"] };
  if (
    /完成|达到?|建设|建成|新增|新建|创建|推广|增加|改造|实施|开展|推动|保持在|稳定在|减排|补植|种植|(?:提高|提升|增加|上升)[到至]/.test(
      pre,
    )
  )
    return sure(">=");
  if (number.isZero) return { comparator: "zero_open", flags: ["direction"] };
  return { comparator: ">=", flags: ["comparator.unsaid"] };
}

/** The size of a set that is there already, or is listed right before it: 奥体中心和农展馆两个国控站点. */
function isFixed(before: string, after: string, chinese: boolean): boolean {
  if (FIXED_BEFORE.test(before) || FIXED_AFTER.test(after)) return true;
  const listed = /[、和及与][^、和及与，。；]{1,12}$/.test(before);
  return (
    chinese && listed && !/(?:开展|建设|完成|建成|创建|打造|新增|新建|实施|解决|选取|培育|推动|推进)$/.test(before)
  );
}

const BOUND_AT_END = /(?:不?[低少高大]于|超过|至少|左右|约|力争|累计)$/;

/** Without the words of a bound at its end, one after another: 下降不低于 → 下降. */
function withoutBounds(text: string): string {
  let bare = text;
  for (let found = BOUND_AT_END.exec(bare.slice(-3)); found !== null; found = BOUND_AT_END.exec(bare.slice(-3))) {
    bare = bare.slice(0, -found[0].length);
  }
  return bare;
}
