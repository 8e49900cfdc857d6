/**
 * Prints the interface's OpenAPI document to `docs/openapi.json`, from the schemas that validate its questions.
 *
 * `tsx scripts/docs-openapi.ts` writes; with `--check` nothing is written and the exit code is 1 when the file is older
 * than the code.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { openApiDocument } from "../src/server/api/openapi.ts";

const FILE = fileURLToPath(new URL("../docs/openapi.json", import.meta.url));

const text = `${JSON.stringify(openApiDocument(), undefined, 2)}\n`;
if (!process.argv.includes("--check")) await writeFile(FILE, text);
else if ((await readFile(FILE, "utf8").catch(() => "")) !== text) {
  console.error("docs/openapi.json is older than the code: run tsx scripts/docs-openapi.ts");
  process.exitCode = 1;
}
