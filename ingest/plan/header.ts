/**
 * Which column of a plan's table is which: told by the words of its header, never by its position.
 *
 * Plans of other districts name and order their columns differently; the word that decides is the first pattern below
 * that a header cell fits, so the order of the table matters: “时间要求” is a deadline before it is a requirement.
 */
import { type Cell, cellName, type TableRow } from "./document.ts";

export type ColumnRole = "number" | "task" | "measure" | "goal" | "deadline" | "lead" | "main" | "support" | "note";

/** One role per grid column; `undefined` for a header the table below does not know. */
export type Header = {
  readonly roles: readonly (ColumnRole | undefined)[];
  readonly names: readonly string[];
  readonly line: number;
};

const ROLE_WORDS: readonly (readonly [ColumnRole, RegExp])[] = [
  ["number", /^(序号|编号|项次|序|No\.?|#)$/i],
  ["deadline", /时限|期限|时间|进度|节点|完成日期|截止/],
  ["note", /备注|说明|依据|来源/],
  ["lead", /牵头/],
  ["support", /协办|配合|协同|参与|协助|支持单位|支持部门/],
  ["main", /主责|责任|承办|主办|(实施|落实|负责|执行)(单位|部门|主体)|^(单位|部门)$/],
  ["measure", /措施|举措|做法|任务内容|工作内容|(具体|主要|实施)内容|任务要求|工作要求|具体要求|具体任务|^内容$/],
  ["goal", /指标|目标/],
  ["task", /任务|重点工作|工作项目|项目|事项|类别|领域/],
];

/** A table needs this many columns: what is done, until when, by whom, and a task or number to hold them together. */
export const FEWEST_COLUMNS = 4;

/** Longer texts are sentences, not headings of a column. */
const LONGEST_NAME = 14;

export function roleOf(name: string): ColumnRole | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  return ROLE_WORDS.find(([, words]) => words.test(name))?.[0];
}

/** Whether a row reads like the header of a table: at least two known names, and no cell that is a number. */
export function looksLikeHeader(cells: readonly Cell[]): boolean {
  const names = cells.map(cellName).filter((name) => name !== "");
  if (names.some((name) => /^\d+$/.test(name) || name.length > LONGEST_NAME)) return false;
  const known = names.map(roleOf).filter((role) => role !== undefined);
  return known.length >= 2 && known.length * 2 >= names.length;
}

/** The roles of a header row, one per grid column. A plan that has tasks but no measures states its measures as tasks. */
export function headerOf(row: TableRow): Header {
  const names = row.cells.flatMap((cell) => Array.from({ length: cell.span }, () => cellName(cell)));
  let roles = names.map(roleOf);
  if (!roles.includes("measure") && roles.length >= FEWEST_COLUMNS) roles = measureFrom(roles);
  const seen = new Set<ColumnRole>();
  roles = roles.map((role) => {
    if (role === undefined || role === "goal" || role === "note") return role;
    if (seen.has(role)) return role === "lead" || role === "main" || role === "support" ? role : undefined;
    seen.add(role);
    return role;
  });
  return { roles, names, line: row.line };
}

/** Of two task columns the second says what is done; else a goal column does; else the only task column. */
function measureFrom(roles: readonly (ColumnRole | undefined)[]): (ColumnRole | undefined)[] {
  const tasks = roles.flatMap((role, index) => (role === "task" ? [index] : []));
  const at = tasks[1] ?? roles.indexOf("goal");
  const chosen = at >= 0 ? at : (tasks[0] ?? -1);
  return roles.map((role, index) => (index === chosen ? "measure" : role));
}
