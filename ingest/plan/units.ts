/** Units in a cell: one a line, a dash for none, and now and then two on one line. */

/** Dashes that stand for “none”. */
const NONE = /^[—–\-－/／无]+$/;

const OPEN_END = /^等(有关|相关)?(部门|单位)?$/;

/** A remark in brackets that is no part of the name: 区商务局（职能改革有可能…）. */
const REMARK = /（[^）]*(改革|可能|待定|暂)[^）]*）/g;

/** What a unit's name ends in, before an optional bracket. */
const ENDING =
  /(局|委|办|公司|街乡|街道|镇|乡|村|部门|单位|中心|分局|支队|集团|园|管委会|委员会|协会|会|部|队|院|所|站|处|厅|署|政府|企业|学校|医院)(（[^）]*）|\([^)]*\))?$/;

/** Shorter names (市局, 各乡) are too often part of another. */
const SHORTEST = 3;

const TIME = /[年月日底季周]|长期|持续|节点|常年|全年|适时|按.*要求|即时|立即|前$/;

export type Units = { readonly units: readonly string[]; readonly flags: readonly string[] };

/**
 * The units of the lines of a cell, without repetitions, in order. 等部门 leaves the list open and is no unit.
 *
 * @param known units printed elsewhere on a line of their own: two of them on one line are split
 */
export function unitsOf(lines: readonly string[], known: ReadonlySet<string>): Units {
  const units = new Set<string>();
  const flags: string[] = [];
  for (const line of lines) {
    const bare = line.replace(/\s+/g, "");
    if (bare === "" || NONE.test(bare)) continue;
    if (OPEN_END.test(bare)) {
      flags.push(`units.open-ended:${bare}`);
      continue;
    }
    const parts = listed(bare).flatMap((part) => splitKnown(part, known));
    if (parts.length > 1 && !/[、，,；;]/.test(bare)) flags.push(`units.split:${bare}`);
    for (const part of parts) {
      const closed = part.replace(/等(部门|单位)?$/, "");
      if (closed !== part) flags.push(`units.open-ended:${part}`);
      const unit = closed.replace(REMARK, "");
      if (unit !== closed) flags.push(`units.remark:${closed}`);
      if (unit !== "") units.add(unit);
    }
  }
  return { units: [...units], flags };
}

/** Whether lines read like units and not like a time. */
export function looksLikeUnits(lines: readonly string[], known: ReadonlySet<string>): boolean {
  const bare = lines.map((line) => line.replace(/\s+/g, "")).filter((line) => line !== "");
  return bare.length > 0 && bare.every((line) => known.has(line) || (ENDING.test(line) && !TIME.test(line)));
}

/** Parts of a line between separators that stand outside brackets. */
function listed(line: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const sign of line) {
    if ("（(".includes(sign)) depth++;
    if ("）)".includes(sign)) depth--;
    if (depth === 0 && "、，,；;".includes(sign)) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts.filter((part) => part !== "");
}

/** A line that is nothing but known units written one after another, taken apart; else the line itself. */
function splitKnown(line: string, known: ReadonlySet<string>): readonly string[] {
  const walk = (rest: string): readonly string[] | undefined => {
    if (rest === "") return [];
    for (let length = Math.min(rest.length, line.length - 1); length >= SHORTEST; length--) {
      const head = rest.slice(0, length);
      if (!known.has(head)) continue;
      const tail = walk(rest.slice(length));
      if (tail !== undefined) return [head, ...tail];
    }
    return undefined;
  };
  return walk(line) ?? [line];
}
