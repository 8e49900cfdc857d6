/**
 * Writes `docs/methods/` from the registry of method sheets: one page per indicator and language, and an index.
 *
 * `--check` writes nothing and exits 1 when a page differs, is missing, or belongs to no sheet.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Lang } from "../src/domain/faults.ts";
import { METHOD_SHEETS } from "../src/standards/methods/registry.ts";
import { renderSheet } from "../src/standards/methods/render.ts";

const FOLDER = fileURLToPath(new URL("../docs/methods/", import.meta.url));

const LANGUAGES: readonly { readonly lang: Lang; readonly suffix: string }[] = [
  { lang: "en", suffix: ".md" },
  { lang: "zh", suffix: ".zh-CN.md" },
];

function pages(): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const { lang, suffix } of LANGUAGES) {
    for (const sheet of METHOD_SHEETS) all.set(`${sheet.indicator}${suffix}`, renderSheet(sheet, lang));
    all.set(`README${suffix}`, index(lang, suffix));
  }
  return all;
}

function index(lang: Lang, suffix: string): string {
  const head =
    lang === "zh"
      ? "# 方法说明\n\n| 指标 | 名称 | 同时适用于 |"
      : "# Method sheets\n\n| indicator | name | also answers for |";
  const rows = METHOD_SHEETS.map((sheet) => {
    const also = sheet.also.map((code) => `\`${code}\``).join(" ");
    return `| [${sheet.indicator}](${sheet.indicator}${suffix}) | ${sheet.title[lang]} | ${also} |`;
  });
  return `${[head, "| --- | --- | --- |", ...rows].join("\n")}\n`;
}

function read(name: string): string | undefined {
  try {
    return readFileSync(FOLDER + name, "utf8");
  } catch {
    return undefined;
  }
}

const wanted = pages();
mkdirSync(FOLDER, { recursive: true });
const stale = readdirSync(FOLDER).filter((name) => name.endsWith(".md") && !wanted.has(name));
const different = [...wanted].filter(([name, text]) => read(name) !== text);
if (process.argv.includes("--check")) {
  for (const name of [...stale, ...different.map(([one]) => one)]) {
    console.error(`docs/methods/${name} is not what the code says: run npm run docs`);
  }
  process.exitCode = stale.length + different.length === 0 ? 0 : 1;
} else {
  for (const name of stale) rmSync(FOLDER + name);
  for (const [name, text] of different) writeFileSync(FOLDER + name, text);
  console.log(`docs/methods: ${different.length} pages written, ${stale.length} removed, ${wanted.size} in all`);
}
