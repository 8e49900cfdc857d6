/** The program's version, from package.json. */
import { readFileSync } from "node:fs";

const FOUND = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };

export function version(): string {
  return FOUND.version;
}
