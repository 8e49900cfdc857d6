/**
 * Adopted plans on disk: `<year>/<area>.yaml` is in force, `<year>/history/<area>-v<n>.yaml` keeps every version.
 *
 * All files are written beside their places first and moved in last, so that a plan is adopted whole or not at all.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AdoptedPlan } from "./adopt-form.ts";

export type Stamp = { readonly day: string; readonly by: string; readonly file: string };

export type KeptPlan = {
  readonly year: string;
  readonly area: string;
  readonly version: number;
  readonly changed: boolean;
  readonly targets: number;
  readonly refused: number;
  readonly path: string;
};

/** Writes plans that have passed every check. The same text again makes no new version. */
export async function keepPlans(
  folder: string,
  plans: readonly AdoptedPlan[],
  stamp: Stamp,
): Promise<readonly KeptPlan[]> {
  const moves: (readonly [string, string])[] = [];
  const kept: KeptPlan[] = [];
  for (const { area, year, text, targets, refused } of plans) {
    const home = join(folder, year);
    const path = join(home, `${area}.yaml`);
    await mkdir(join(home, "history"), { recursive: true });
    const last = await lastVersion(home, area);
    const same = last > 0 && existsSync(path) && bodyOf(await readFile(path, "utf8")) === text;
    const version = same ? last : last + 1;
    kept.push({ year, area, version, changed: !same, targets, refused, path });
    if (same) continue;
    const head = `# 第 ${version} 版，${stamp.day} 采用自 ${stamp.file}${stamp.by === "" ? "" : `，确认人 ${stamp.by}`}\n`;
    for (const to of [join(home, "history", `${area}-v${version}.yaml`), path]) {
      await writeFile(`${to}.new`, head + text);
      moves.push([`${to}.new`, to]);
    }
  }
  for (const [from, to] of moves) await rename(from, to);
  return kept;
}

/** The highest version kept of an area; 0 when there is none. */
async function lastVersion(home: string, area: string): Promise<number> {
  const names = await readdir(join(home, "history"));
  const versions = names.flatMap((name) => {
    const found = /^(.*)-v(\d+)\.yaml$/.exec(name);
    return found?.[1] === area ? [Number(found[2])] : [];
  });
  return Math.max(0, ...versions);
}

/** The text without the line that says which version it is. */
function bodyOf(text: string): string {
  return text.replace(/^# 第 \d+ 版.*\n/, "");
}
