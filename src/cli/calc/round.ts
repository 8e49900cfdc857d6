/** `duibiao calc round`: GB/T 8170 rounding of each row's value, half to even; CSV in and CSV out. */
import { parseExact } from "../../domain/exact.ts";
import { decimalsKeepingOneDigit, decimalText } from "../../standards/gbt8170.ts";
import { command } from "../command.ts";
import { appendColumns, type Columns, type RowResult, type RowWork, requireColumns } from "./csv-stream.ts";

/** More digits than any instrument or report has: a slip of the keyboard, and a text of that length for each row. */
const MOST_DECIMALS = 30;

/** Texts above this length are no measured values, and arithmetic on them would cost more than the rest of the stream. */
const LONGEST_NUMBER = 200;

const KEEP: Readonly<Record<string, boolean>> = {
  "": false,
  "0": false,
  n: false,
  no: false,
  false: false,
  否: false,
  "1": true,
  y: true,
  yes: true,
  true: true,
  是: true,
};

export const calcRound = command({
  name: "calc round",
  zh: "按 GB/T 8170 四舍六入五成双逐行修约（标准输入 CSV → 标准输出 CSV）",
  words: [],
  options: {
    map: { type: "string", value: "原列名=标准列名", zh: "改列名，例如 v=value；可重复", multiple: true },
  },
  examples: ["duibiao calc round < values.csv", "printf 'value,decimals\\n2.15,1\\n' | duibiao calc round"],

  async run(_words, { map }, effects) {
    await appendColumns(effects, map ?? [], roundRows);
    return 0;
  },
});

/** `keepSignificant` (1/Y): one significant digit is kept where the result would be 0, as water reports do. */
function roundRows(columns: Columns): RowWork {
  requireColumns(columns, ["value", "decimals"]);
  const [valueAt, decimalsAt, keepAt] = [columns.at("value"), columns.at("decimals"), columns.at("keepsignificant")];

  const row = (cells: readonly string[]): RowResult => {
    const text = (cells[valueAt] ?? "").trim();
    const value = text.length > LONGEST_NUMBER ? undefined : parseExact(text);
    if (value === undefined) return { cells: "", error: text === "" ? "value 为空" : `value“${text}”不是数字` };
    const decimalsText = (cells[decimalsAt] ?? "").trim();
    const decimals = /^[+-]?\d{1,2}$/.test(decimalsText) ? Number(decimalsText) : Number.NaN;
    if (!(Math.abs(decimals) <= MOST_DECIMALS)) {
      return { cells: "", error: `decimals“${decimalsText}”不是 −${MOST_DECIMALS} 到 ${MOST_DECIMALS} 的整数` };
    }
    const keepText = (keepAt === -1 ? "" : (cells[keepAt] ?? "")).trim().toLowerCase();
    const keep = Object.hasOwn(KEEP, keepText) ? KEEP[keepText] : undefined;
    if (keep === undefined) return { cells: "", error: `keepSignificant“${keepText}”应为 1/0 或 Y/N` };
    return { cells: decimalText(value, keep ? decimalsKeepingOneDigit(value, decimals) : decimals), error: "" };
  };
  return { columns: ["rounded"], row };
}
