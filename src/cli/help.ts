/** Help, made from the same declarations the parser reads. */
import type { Command } from "./command.ts";
import { COMMON_OPTIONS, usageOf } from "./parse.ts";

/** Terminal width of a text: a Chinese character takes two columns. */
function width(text: string): number {
  let total = 0;
  for (const char of text)
    total += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(char)
      ? 2
      : 1;
  return total;
}

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const wide = Math.max(...rows.map(([left]) => width(left)));
  return rows.map(([left, right]) => `  ${left}${" ".repeat(wide - width(left))}  ${right}`);
}

/** The list of all commands. */
export function helpOfAll(commands: readonly Command[]): string {
  return [
    "duibiao 对标：监测数据进，达标状态、街乡排名、展望、图表和简报出",
    "",
    "用法：duibiao <命令> [参数] [选项]",
    "",
    "命令：",
    ...table(commands.map((one) => [one.name, one.zh] as const)),
    "",
    "每个命令的用法：duibiao <命令> --help",
    "时段 T：2015、2015-Q1、2015-H1、2015-03、2015-03-H1（上半月）、2015-03-14、2015-01..2015-03（累计）",
    "地点 P：代码或名称，必要时写类别，例如 station:密云、district:朝阳区",
    "结束码：0 完成；1 --strict 时有拒收；2 用法或输入不可用，数据库未改动；3 数据库被占用或损坏",
  ].join("\n");
}

export function helpOf(command: Command): string {
  const options = Object.entries({ ...command.options, ...COMMON_OPTIONS }).map(
    ([name, spec]) => [`--${name}${"value" in spec ? ` ${spec.value}` : ""}`, spec.zh] as const,
  );
  return [
    `duibiao ${command.name}：${command.zh}`,
    "",
    `用法：${usageOf(command)}`,
    ...(command.words.length === 0
      ? []
      : ["", "参数：", ...table(command.words.map((one) => [one.name, one.zh] as const))]),
    "",
    "选项：",
    ...table(options),
    "",
    "例：",
    ...command.examples.map((one) => `  ${one}`),
  ].join("\n");
}
