/** Words and options of a command line, read by a command's own declaration. */
import { fault } from "../domain/faults.ts";
import type { Command, OptionSpec, OptionSpecs } from "./command.ts";

/** Options every command has. */
export const COMMON_OPTIONS = {
  store: { type: "string", value: "DIR", zh: "数据库文件夹（默认环境变量 DUIBIAO_STORE，再默认 ./data）" },
  lang: { type: "string", value: "zh|en", zh: "错误信息的语言（默认 zh）" },
  help: { type: "boolean", zh: "显示用法" },
} as const satisfies OptionSpecs;

export type Parsed = {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
};

/**
 * @throws Fault `option.unknown`, `option.value`, `option.missing`, `command.word-missing`, `command.word-extra`
 */
export function parseArguments(command: Command, args: readonly string[]): Parsed {
  const specs: OptionSpecs = { ...command.options, ...COMMON_OPTIONS };
  const words: string[] = [];
  const options: Record<string, string | boolean | string[] | undefined> = {};
  for (const [name, spec] of Object.entries(specs)) {
    options[name] = spec.type === "boolean" ? false : spec.multiple === true ? [] : undefined;
  }
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "--") {
      words.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith("--")) {
      words.push(arg);
      continue;
    }
    const equals = arg.indexOf("=");
    const name = equals < 0 ? arg.slice(2) : arg.slice(2, equals);
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (spec === undefined) {
      throw fault("option.unknown", {
        given: arg,
        known: Object.keys(specs)
          .map((one) => `--${one}`)
          .join(" "),
      });
    }
    if (spec.type === "boolean") {
      if (equals >= 0)
        throw fault("option.value", { option: name, given: arg.slice(equals + 1), expected: `--${name}` });
      options[name] = true;
      continue;
    }
    const value = equals < 0 ? args[++i] : arg.slice(equals + 1);
    if (value === undefined || (equals < 0 && value.startsWith("--"))) {
      throw fault("option.value", { option: name, given: value ?? "", expected: `--${name} ${spec.value ?? "值"}` });
    }
    const held = options[name];
    if (spec.multiple === true && Array.isArray(held)) held.push(value);
    else options[name] = value;
  }
  if (options["help"] !== true) check(command, specs, words, options);
  return { words, options };
}

function check(
  command: Command,
  specs: OptionSpecs,
  words: readonly string[],
  options: Readonly<Record<string, unknown>>,
): void {
  const usage = usageOf(command);
  const needed = command.words.filter((word) => word.optional !== true);
  const absent = needed[words.length];
  if (absent !== undefined) throw fault("command.word-missing", { word: absent.name, usage });
  const takesMany = command.words.at(-1)?.many === true;
  if (!takesMany && words.length > command.words.length) {
    throw fault("command.word-extra", { given: words[command.words.length], usage });
  }
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.required === true && options[name] === undefined) throw fault("option.missing", { option: name, usage });
  }
}

/** `duibiao rank <indicator> --period T [--worst N]` */
export function usageOf(command: Command): string {
  const words = command.words.map((word) => {
    const name = word.many === true ? `${word.name}…` : word.name;
    return word.optional === true ? `[${name}]` : name;
  });
  const option = ([name, spec]: [string, OptionSpec]): string => {
    const text = spec.type === "boolean" ? `--${name}` : `--${name} ${spec.value ?? "值"}`;
    return spec.required === true ? text : `[${text}]`;
  };
  return ["duibiao", command.name, ...words, ...Object.entries(command.options).map(option)].join(" ");
}
