/** `store.yaml` in a store's folder: which engine keeps the readings. Without the file it is DuckDB. */
import { existsSync, readFileSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { isMap, isScalar, parseDocument, type YAMLMap } from "yaml";
import { type Fault, fault } from "../domain/faults.ts";

export const ENGINES = ["duckdb", "influxdb"] as const;
export type Engine = (typeof ENGINES)[number];

/** v1 was run against a real server; v2 and v3 follow their documentation and were not run. */
export const FLAVOURS = ["v1", "v2", "v3"] as const;
export type Flavour = (typeof FLAVOURS)[number];

/** How to reach an InfluxDB. */
export type InfluxConfig = {
  readonly flavour: Flavour;
  readonly url: string;
  /** Database (v1, v3) or bucket (v2; its DBRP mapping must have the same name). */
  readonly database: string;
  /** Organisation: v2 only. */
  readonly org?: string | undefined;
  /** v1: `user:password`; v2 and v3: the token. Undefined when the server asks for none. */
  readonly token?: string | undefined;
  /** Longest silence of the server before a request counts as failed, in milliseconds. */
  readonly timeout: number;
};

export type StoreConfig = { readonly engine: Engine; readonly influx?: InfluxConfig | undefined };

const FILE = "store.yaml";
const KEYS = ["engine", "flavour", "url", "database", "org", "token", "timeout"];
const DEFAULT_TIMEOUT_SECONDS = 30;
const LONGEST_TIMEOUT_SECONDS = 3600;

/** @throws Fault `store.config` with file, line and field */
export function readStoreConfig(dir: string, env: Readonly<Record<string, string | undefined>>): StoreConfig {
  const file = join(dir, FILE);
  if (!existsSync(file)) return { engine: "duckdb" };
  const text = readFileSync(file, "utf8");
  const document = parseDocument(text);
  const lineAt = (offset: number | undefined): number | undefined =>
    offset === undefined ? undefined : text.slice(0, offset).split("\n").length;
  const wrong = (field: string, reason: string, node?: unknown): Fault =>
    fault("store.config", { field, reason }, { file, line: lineAt(rangeOf(node)) });
  const [problem] = document.errors;
  if (problem !== undefined) {
    throw fault(
      "store.config",
      { field: "YAML", reason: problem.message.split("\n")[0] },
      { file, line: lineAt(problem.pos[0]) },
    );
  }
  if (document.contents === null) return { engine: "duckdb" };
  const readings: unknown = document.get("readings", true);
  if (readings === undefined) return { engine: "duckdb" };
  if (!isMap(readings)) throw wrong("readings", "应为若干“键: 值”", readings);
  for (const { key } of readings.items) {
    const name = isScalar(key) ? String(key.value) : "";
    if (!KEYS.includes(name)) throw wrong(`readings.${name}`, `没有这个键；可写 ${KEYS.join("、")}`, key);
  }
  const read = (name: string): string | undefined => textOf(readings, name);
  const oneOf = <T extends string>(name: string, known: readonly T[], initial: T): T => {
    const given = read(name) ?? initial;
    const found = known.find((one) => one === given);
    if (found === undefined) {
      throw wrong(`readings.${name}`, `“${given}”不可用；可写 ${known.join("、")}`, readings.get(name, true));
    }
    return found;
  };
  const engine = oneOf("engine", ENGINES, "duckdb");
  if (engine === "duckdb" && read("url") === undefined) return { engine };
  const flavour = oneOf("flavour", FLAVOURS, "v1");
  const url = read("url") ?? "";
  if (!/^https?:\/\/[^\s/]+/.test(url)) {
    throw wrong("readings.url", `“${url}”不是 http:// 或 https:// 地址`, readings.get("url", true) ?? readings);
  }
  const database = read("database") ?? "";
  if (database === "") throw wrong("readings.database", "没有写数据库（v2 为 bucket）的名称", readings);
  const org = read("org");
  if (flavour === "v2" && org === undefined) throw wrong("readings.org", "v2 须写组织（org）", readings);
  const seconds = Number(read("timeout") ?? DEFAULT_TIMEOUT_SECONDS);
  if (!(seconds > 0 && seconds <= LONGEST_TIMEOUT_SECONDS)) {
    throw wrong("readings.timeout", "应为秒数，大于 0", readings.get("timeout", true));
  }
  const token = tokenOf(readings, dir, env, (reason) => wrong("readings.token", reason, readings.get("token", true)));
  return { engine, influx: { flavour, url: url.replace(/\/+$/, ""), database, org, token, timeout: seconds * 1000 } };
}

/** Writes the engine into `store.yaml`, leaving everything else, comments too, as it stands. */
export async function writeEngine(dir: string, engine: Engine): Promise<void> {
  const file = join(dir, FILE);
  const document = parseDocument(existsSync(file) ? await readFile(file, "utf8") : "");
  document.setIn(["readings", "engine"], engine);
  await writeFile(`${file}.part`, document.toString());
  await rename(`${file}.part`, file);
}

function textOf(map: YAMLMap, name: string): string | undefined {
  const value: unknown = map.get(name);
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** A secret is never written into the file itself: the file goes into backups and to colleagues. */
function tokenOf(
  readings: YAMLMap,
  dir: string,
  env: Readonly<Record<string, string | undefined>>,
  wrong: (reason: string) => Fault,
): string | undefined {
  const token: unknown = readings.get("token", true);
  if (token === undefined) return undefined;
  if (!isMap(token)) throw wrong("口令不写在文件里；写 {env: 环境变量名} 或 {file: 口令文件}");
  const variable = textOf(token, "env");
  const path = textOf(token, "file");
  if (variable !== undefined) {
    const value = env[variable];
    if (value === undefined || value === "") throw wrong(`环境变量 ${variable} 没有设置`);
    return value;
  }
  if (path === undefined) throw wrong("写 {env: 环境变量名} 或 {file: 口令文件}");
  const file = isAbsolute(path) ? path : join(dir, path);
  if (!existsSync(file)) throw wrong(`没有口令文件 ${file}`);
  const value = readFileSync(file, "utf8").trim();
  if (value === "") throw wrong(`口令文件 ${file} 是空的`);
  return value;
}

function rangeOf(node: unknown): number | undefined {
  const range = (node as { readonly range?: readonly number[] | null } | undefined)?.range;
  return range?.[0];
}
