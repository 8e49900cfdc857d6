/** Secrets of a source: from the environment or a file, never from its configuration, never shown. */
import { readFileSync } from "node:fs";
import { fault } from "../../src/domain/faults.ts";
import type { PullSource } from "./config.ts";

/** The headers to send. @throws Fault `sources.secret` naming the variable or file that is not there */
export function headersOf({ headers }: PullSource): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === "string" ? value : secretOf(value)]),
  );
}

function secretOf(where: { readonly env: string } | { readonly file: string }): string {
  if ("env" in where) {
    const value = process.env[where.env];
    if (value === undefined || value === "") throw fault("sources.secret", { where: `环境变量 ${where.env}` });
    return value;
  }
  try {
    return readFileSync(where.file, "utf8").trim();
  } catch {
    throw fault("sources.secret", { where: `文件 ${where.file}` });
  }
}
