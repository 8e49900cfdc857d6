/** What `tally add` and `tally import` print: the account, and the steps a person should look at. */
import type { KeptTallies } from "../analysis/tally-keep.ts";
import { type Fault, fault, faultLines, hintOf, messageOf } from "../domain/faults.ts";
import { TALLY_COLUMNS } from "../domain/tally.ts";
import { TALLY_FLAG_ZH } from "../domain/tally-flags.ts";
import { dayText } from "../domain/time.ts";
import type { Effects } from "./command.ts";

/** The JSON document of a hand-in. */
export function keptJson({ account, flagged }: KeptTallies): object {
  const flags = flagged.map(({ entry: { target, part, date }, flags }) => ({
    target,
    part,
    date: dayText(date),
    flags,
  }));
  return { ...account, flagged: flags };
}

export function keptLines({ account, flagged }: KeptTallies): readonly string[] {
  const { inserted, corrected, unchanged } = account;
  return [
    `新录入 ${inserted} 条，更正 ${corrected} 条，与已录相同 ${unchanged} 条`,
    ...flagged.map(({ entry, flags }) => {
      const part = entry.part === "" ? "" : `（${entry.part}）`;
      return `请核对：${entry.target}${part} ${dayText(entry.date)}：${flags.map((one) => TALLY_FLAG_ZH[one]).join("；")}`;
    }),
  ];
}

/** Every fault in its three lines; a hand-in is refused whole, so all are told at once. The JSON document lists them too. */
export function printFaults(faults: readonly Fault[], { lang, out, err }: Effects, json: boolean): void {
  for (const one of faults) for (const line of faultLines(one, lang)) err(line);
  if (!json) return;
  const errors = faults.map((one) => ({
    code: one.code,
    message: messageOf(one, lang),
    hint: hintOf(one, lang),
    where: one.where,
  }));
  out(JSON.stringify({ error: errors[0], errors }));
}

/** A fault of a sheet's column, told as one of the option that fills it. */
export function asOptionFault({ code, params, where }: Fault): Fault {
  const option = Object.entries(TALLY_COLUMNS).find(([, name]) => name === where.column)?.[0];
  const parameter = option === undefined ? undefined : option === "target" ? "<target>" : `--${option}`;
  return fault(code, params, { parameter });
}
