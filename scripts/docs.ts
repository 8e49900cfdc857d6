/**
 * Writes the documents that are made from the code: `docs/cli.md` from the commands' declarations, `docs/errors.md` from
 * the catalogue of faults and reasons. With `--check` it writes nothing and fails when a document is older than the code.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { loadAll } from "../src/cli/commands.ts";
import { helpOf } from "../src/cli/help.ts";
import { FAULT_TEXTS } from "../src/domain/fault-texts.ts";
import { REFUSE_REASONS, REJECT_REASONS } from "../src/domain/reject.ts";

const check = process.argv.includes("--check");

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

async function cliPage(): Promise<string> {
  const commands = [...(await loadAll())].sort((a, b) => (a.name < b.name ? -1 : 1));
  const parts = commands.map((command) => `## ${command.name}\n\n\`\`\`\n${helpOf(command)}\n\`\`\`\n`);
  return `# The command line\n\nMade from the commands' declarations by \`npm run docs\`.\n\n${parts.join("\n")}`;
}

function errorsPage(): string {
  const faults = Object.entries(FAULT_TEXTS).map(
    ([code, { zh, en, hintZh }]) => `| \`${code}\` | ${cell(zh)} | ${cell(en)} | ${cell(hintZh)} |`,
  );
  const reasons = Object.entries({ ...REJECT_REASONS, ...REFUSE_REASONS }).map(
    ([code, { zh, en }]) => `| \`${code}\` | ${cell(zh)} | ${cell(en)} |`,
  );
  return [
    "# Errors and reasons",
    "",
    "Made from the code by `npm run docs`. A command shows three lines: what, where, what to do, with the code in brackets.",
    "",
    "| code | 说明 | what | 办法 |",
    "|---|---|---|---|",
    ...faults,
    "",
    "## Why a cell, a row or a file was not taken",
    "",
    "| code | 说明 | what |",
    "|---|---|---|",
    ...reasons,
    "",
  ].join("\n");
}

const pages: Readonly<Record<string, string>> = { "docs/cli.md": await cliPage(), "docs/errors.md": errorsPage() };
let stale = 0;
for (const [file, text] of Object.entries(pages)) {
  const path = new URL(`../${file}`, import.meta.url);
  if (!check) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    stale += 1;
    console.error(`${file} is older than the code: run npm run docs`);
  }
}
process.exitCode = stale === 0 ? 0 : 1;
