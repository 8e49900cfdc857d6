/** Imports point one way (docs/map.md): each room may import only the rooms named here, by the file the path really leads to. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");

/** Room → rooms it may import. `src/cli` is the outermost and may import all; what is not named is forbidden. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  "src/domain": [],
  "src/standards": ["src/domain"],
  "src/store": ["src/domain"],
  "src/analysis": ["src/domain", "src/standards", "src/store"],
  ingest: ["src/domain", "src/standards", "src/store", "src/analysis"],
  "seeds/places": ["src/domain"],
  "seeds/plans": ["src/domain"],
  "seeds/simulate": ["src/domain"],
  reports: ["src/domain", "src/standards", "src/store", "src/analysis"],
  "src/server": ["src/domain", "src/standards", "src/store", "src/analysis", "ingest", "reports", "seeds/plans"],
  "src/cli": [
    "src/domain",
    "src/standards",
    "src/store",
    "src/analysis",
    "src/server",
    "ingest",
    "reports",
    "seeds/places",
    "seeds/plans",
    "seeds/simulate",
  ],
};

const IMPORT = /(?:^|[^.\w])(?:import|export)\s*(?:[^"'`;()]*?\bfrom\s*)?\(?\s*["']([^"']+)["']/g;

function roomOf(file: string): string {
  const path = relative(ROOT, file).split(sep).join("/");
  return Object.keys(ALLOWED).find((room) => path.startsWith(`${room}/`)) ?? path;
}

function violations(file: string, text: string): readonly string[] {
  const from = roomOf(file);
  return [...text.matchAll(IMPORT)].flatMap(([, spec = ""]) => {
    if (!spec.startsWith(".")) return [];
    const to = roomOf(resolve(dirname(file), spec));
    return to === from || ALLOWED[from]?.includes(to) === true ? [] : [`${from} → ${to} (${relative(ROOT, file)})`];
  });
}

function sourcesOf(room: string): readonly string[] {
  const all = readdirSync(join(ROOT, room), { recursive: true, encoding: "utf8" });
  return all.filter((name) => name.endsWith(".ts")).map((name) => join(ROOT, room, name));
}

describe("the house", () => {
  it("has no import against the direction of its rooms", () => {
    const files = Object.keys(ALLOWED).flatMap(sourcesOf);
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap((file) => violations(file, readFileSync(file, "utf8")))).toEqual([]);
  });

  it("would report a forbidden import, static, dynamic or by a detour", () => {
    const file = join(ROOT, "src/domain/deep/er.ts");
    const text =
      'import { x } from "../../store/open.ts";\nexport * from "../../../ingest/merge.ts";\nawait import("../../cli/main.ts");';
    expect(violations(file, text)).toHaveLength(3);
  });
});
