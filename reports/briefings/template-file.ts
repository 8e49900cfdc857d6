/** The template of a store's briefings: the file named, else `briefing.yaml` in the store's folder, else none. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fault } from "../../src/domain/faults.ts";
import { type BriefingTemplate, parseTemplate } from "./template.ts";

/** @throws Fault `template.invalid`, `briefing.not-read` */
export async function templateOf(named: string | undefined, storeDir: string): Promise<BriefingTemplate> {
  const file = named ?? join(storeDir, "briefing.yaml");
  if (named === undefined && !existsSync(file)) return {};
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw fault(
      "briefing.not-read",
      { file, reason: error instanceof Error ? error.message : String(error) },
      { file },
    );
  });
  return parseTemplate(text, file);
}
