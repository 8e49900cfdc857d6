/** Finds the regular expressions written in the sources, and makes texts that are hard for one. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export type FoundPattern = {
  readonly file: string;
  readonly line: number;
  readonly source: string;
  readonly flags: string;
};

/** Every pattern between slashes below these folders. Generated code and static browser files are sources too. */
export function patternsIn(folders: readonly string[]): readonly FoundPattern[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|js|mjs)$/.test(entry.name))
      .flatMap((entry) => {
        const path = join(entry.parentPath, entry.name);
        return patternsOf(readFileSync(path, "utf8"), relative(ROOT, path));
      }),
  );
}

/** After one of these a slash begins a pattern; after a name, a number or a closing bracket it divides. */
const BEFORE_PATTERN = /(?:^|[(,=:[!&|?{};+>~]|\breturn|\bcase|\bof|\bin)\s*$/;

/** @param text TypeScript as this project's formatter leaves it */
export function patternsOf(text: string, file: string): readonly FoundPattern[] {
  const found: FoundPattern[] = [];
  /** Open braces of template expressions: where one closes, the template goes on. */
  const templates: number[] = [];
  let braces = 0;
  let at = 0;
  const skipString = (quote: string): void => {
    at++;
    while (at < text.length && text[at] !== quote) {
      if (quote === "`" && text.startsWith("${", at)) {
        templates.push(braces);
        at += 2;
        return;
      }
      at += text[at] === "\\" ? 2 : 1;
    }
    at++;
  };
  while (at < text.length) {
    const here = text[at] as string;
    if (here === '"' || here === "'" || here === "`") skipString(here);
    else if (text.startsWith("//", at)) at = nextAfter(text, "\n", at);
    else if (text.startsWith("/*", at)) at = nextAfter(text, "*/", at + 2);
    else if (here === "/" && BEFORE_PATTERN.test(text.slice(Math.max(0, at - 40), at))) {
      const end = endOfPattern(text, at + 1);
      const flags = /^[a-z]*/.exec(text.slice(end + 1, end + 10))?.[0] ?? "";
      const line = text.slice(0, at).split("\n").length;
      found.push({ file, line, source: text.slice(at + 1, end), flags });
      at = end + 1 + flags.length;
    } else if (here === "}" && templates.at(-1) === braces) {
      templates.pop();
      skipString("`");
    } else {
      if (here === "{") braces++;
      if (here === "}") braces--;
      at++;
    }
  }
  return found;
}

function nextAfter(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

function endOfPattern(text: string, from: number): number {
  let inClass = false;
  for (let at = from; at < text.length; at++) {
    const here = text[at];
    if (here === "\\") at++;
    else if (here === "[") inClass = true;
    else if (here === "]") inClass = false;
    else if (here === "/" && !inClass) return at;
  }
  return text.length;
}

/** One part of a sequence: a text it takes, and whether it may be repeated without end. */
type Part = { readonly sample: string; readonly endless: boolean; readonly inner: readonly (readonly Part[])[] };

/** A text: `pump` over and over between a head and an end. */
export type HardText = { readonly head: string; readonly pump: string; readonly end: string };

/**
 * Texts that drive a backtracking matcher to its worst: for each part that may be repeated without end, what stands before
 * it and then the part over and over; the two over and over; and each followed by something nothing takes.
 */
export function hardTexts(source: string): readonly HardText[] {
  const texts = new Map<string, HardText>();
  const fill = (head: string, pump: string): void => {
    if (pump === "") return;
    for (const end of ["", "\u0001", "\n"]) texts.set(JSON.stringify([head, pump, end]), { head, pump, end });
  };
  const visit = (sequence: readonly Part[], before: string): void => {
    let head = before;
    for (const part of sequence) {
      if (part.endless) {
        fill(head, part.sample);
        fill("", head + part.sample);
        fill(head, head + part.sample);
      }
      for (const inner of part.inner) visit(inner, head);
      head += part.sample;
    }
  };
  for (const branch of parse(source).branches) visit(branch, "");
  return [...texts.values()];
}

type Parsed = { readonly branches: readonly (readonly Part[])[]; readonly end: number };

/** A reading of a pattern good enough to make texts from: alternatives, groups, classes, quantifiers. */
function parse(source: string, from = 0): Parsed {
  const branches: Part[][] = [[]];
  let at = from;
  while (at < source.length && source[at] !== ")") {
    if (source[at] === "|") {
      branches.push([]);
      at++;
      continue;
    }
    let sample = "";
    let inner: readonly (readonly Part[])[] = [];
    if (source[at] === "(") {
      const head = /^\((\?:|\?=|\?!|\?<=|\?<!|\?<\w+>)?/.exec(source.slice(at))?.[0] ?? "(";
      const group = parse(source, at + head.length);
      at = group.end + 1;
      inner = /[!=]$/.test(head) ? [] : group.branches;
      sample = (inner[0] ?? []).map((part) => part.sample).join("");
    } else if (source[at] === "[") {
      const end = endOfClass(source, at);
      sample = memberOf(source.slice(at, end));
      at = end;
    } else {
      const atom =
        /^(\\u\{[0-9a-f]+\}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\p\{[^}]*\}|\\P\{[^}]*\}|\\k<\w+>|\\.|[^\\])/i.exec(
          source.slice(at),
        )?.[0] ?? "";
      sample = /^[\^$]$|^\\b$|^\\B$/.test(atom) ? "" : memberOf(atom);
      at += Math.max(1, atom.length);
    }
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(source.slice(at))?.[0] ?? "";
    at += quantifier.length;
    const least = Number(/^\{(\d+)/.exec(quantifier)?.[1] ?? 1);
    const most = /^\{\d+,(\d+)\}/.exec(quantifier)?.[1];
    const endless = /^[*+]|^\{\d+,\}/.test(quantifier) || Number(most ?? 0) >= 100;
    branches.at(-1)?.push({ sample: sample.repeat(Math.max(1, least)), endless, inner });
  }
  return { branches, end: at };
}

function endOfClass(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === "]") return at + 1;
  }
  return source.length;
}

const CANDIDATES = [..." 0a1x一年0.-,;:/\\<>\"'()[]{}#*=+%&_|\t\n中零十①（）、：。月日号ａ０A"];

/** A character an atom or a class takes. */
function memberOf(atom: string): string {
  if (/^[^\\.[]$/.test(atom)) return atom;
  for (const flags of ["u", ""]) {
    try {
      const one = new RegExp(`^(?:${atom})$`, flags);
      const found = CANDIDATES.find((character) => one.test(character));
      if (found !== undefined) return found;
      for (let code = 1; code < 0x3000; code++)
        if (one.test(String.fromCharCode(code))) return String.fromCharCode(code);
      for (let code = 0x4e00; code < 0xa000; code++) {
        if (one.test(String.fromCharCode(code))) return String.fromCharCode(code);
      }
    } catch {
      // A back reference or a property that needs the other flag.
    }
  }
  return "";
}
