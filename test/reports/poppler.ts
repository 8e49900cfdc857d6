/**
 * What a reader's program sees in a PDF, through Debian's poppler-utils.
 *
 * Without poppler the tests that need it are visibly skipped; in CI they run and fail.
 */
import { execFileSync, type StdioOptions, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const hasPoppler = spawnSync("pdftotext", ["-v"]).error === undefined || process.env["CI"] === "true";

function withFile<T>(pdf: Uint8Array, work: (path: string, dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), "briefing-"));
  try {
    const path = join(dir, "briefing.pdf");
    writeFileSync(path, pdf);
    return work(path, dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Poppler warns on standard error of things it can read all the same. */
const SILENT: StdioOptions = ["ignore", "pipe", "ignore"];
const quiet = { encoding: "utf8" as const, stdio: SILENT };

/** The text of each page in the order it is written, without line breaks: Chinese words broken over lines are whole again. */
export function pageTexts(pdf: Uint8Array): readonly string[] {
  const text = withFile(pdf, (path) => execFileSync("pdftotext", ["-raw", path, "-"], quiet));
  return text
    .split("\f")
    .slice(0, -1)
    .map((page) => page.replaceAll(/\s/g, ""));
}

/** Whether each font is embedded, by name. */
export function fontsOf(pdf: Uint8Array): ReadonlyMap<string, boolean> {
  const lines = withFile(pdf, (path) => execFileSync("pdffonts", [path], quiet))
    .split("\n")
    .slice(2);
  return new Map(
    lines
      .filter((line) => line !== "")
      .map((line) => [line.split(/\s+/)[0] ?? "", / yes (yes|no) (yes|no) +\d+ +\d+$/.test(line)]),
  );
}

/** The tags of the structure tree, in order. */
export function tagsOf(pdf: Uint8Array): readonly string[] {
  const lines = withFile(pdf, (path) => execFileSync("pdfinfo", ["-struct", path], quiet)).split("\n");
  return lines.flatMap((line) => /^ *([A-Z][A-Za-z0-9]*)/.exec(line)?.[1] ?? []);
}

/** Each page as JPEG bytes, grey, at a resolution that shows a moved line but no hinting. */
export function pagePictures(pdf: Uint8Array, dpi: number): readonly Buffer[] {
  return withFile(pdf, (path, dir) => {
    execFileSync(
      "pdftoppm",
      ["-r", String(dpi), "-gray", "-jpeg", "-jpegopt", "quality=45", path, join(dir, "page")],
      quiet,
    );
    return readdirSync(dir)
      .filter((name) => name.endsWith(".jpg"))
      .sort()
      .map((name) => readFileSync(join(dir, name)));
  });
}
