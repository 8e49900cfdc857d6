/** A spreadsheet's arithmetic, as far as our own workbooks need it: reads the cells of a sheet and works its formulas out. */
import { readXlsx } from "hucre/xlsx";

type Value = number | string | null;

const numbers = (list: readonly unknown[]): number[] =>
  list.flat().filter((one): one is number => typeof one === "number");

const F = {
  IF: (test: boolean, yes: Value, no: Value) => (test ? yes : no),
  COUNT: (...list: readonly unknown[]) => numbers(list).length,
  AVERAGE: (...list: readonly unknown[]) => numbers(list).reduce((a, b) => a + b, 0) / numbers(list).length,
  // Of no number at all a spreadsheet says 0.
  MAX: (...list: readonly unknown[]) => Math.max(...(numbers(list).length === 0 ? [0] : numbers(list))),
  OR: (...tests: readonly boolean[]) => tests.includes(true),
  COUNTIF: (list: readonly Value[], test: string) => {
    const [, sign = "", limit = ""] = /^(<=|>)(\d+)$/.exec(test) ?? [];
    return numbers(list).filter((one) => (sign === ">" ? one > Number(limit) : one <= Number(limit))).length;
  },
  PERCENTILE: (list: readonly Value[], share: number) => {
    const sorted = numbers(list).sort((a, b) => a - b);
    const at = (sorted.length - 1) * share;
    const [low, high] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0];
    return low + (high - low) * (at - Math.floor(at));
  },
  ABS: Math.abs,
  INT: Math.floor,
  // A spreadsheet rounds a half away from zero; all numbers here are positive.
  ROUND: (value: number, digits: number) => Math.floor(value * 10 ** digits + 0.5) / 10 ** digits,
  ISNUMBER: (value: Value) => typeof value === "number",
  N: (value: Value) => (typeof value === "number" ? value : 0),
};

/** The value of a cell such as `B34` of the first sheet, worked out from the formulas and never from stored results. */
export async function cellsOf(bytes: Uint8Array): Promise<(name: string) => Value> {
  const book = await readXlsx(bytes);
  const sheet = book.sheets[0];
  const valueAt = (name: string): Value => {
    const [, letters = "", digits = ""] = /^([A-Z]+)(\d+)$/.exec(name) ?? [];
    const column = [...letters].reduce((n, one) => n * 26 + one.charCodeAt(0) - 64, 0) - 1;
    const row = Number(digits) - 1;
    const formula = sheet?.cells?.get(`${row},${column}`)?.formula;
    if (formula !== undefined) return evaluate(formula);
    const held = sheet?.rows[row]?.[column];
    return typeof held === "number" || typeof held === "string" ? held : null;
  };
  const range = (from: string, to: string): Value[] => {
    const [, a = "", top = ""] = /^([A-Z]+)(\d+)$/.exec(from) ?? [];
    const [, b = "", end = ""] = /^([A-Z]+)(\d+)$/.exec(to) ?? [];
    const list: Value[] = [];
    for (let column = a.charCodeAt(0); column <= b.charCodeAt(0); column++) {
      for (let row = Number(top); row <= Number(end); row++) list.push(valueAt(`${String.fromCharCode(column)}${row}`));
    }
    return list;
  };
  const evaluate = (formula: string): Value => {
    const script = formula
      .replaceAll(/\b([A-Z]\d+):([A-Z]\d+)\b/g, 'range("$1", "$2")')
      .replaceAll(/(?<!")\b([A-Z]\d+)\b(?!")/g, 'valueAt("$1")')
      .replaceAll(/\b([A-Z]+)\(/g, "F.$1(")
      .replaceAll("^", "**");
    return new Function("F", "range", "valueAt", `return ${script};`)(F, range, valueAt) as Value;
  };
  return valueAt;
}
