/**
 * Real data kept beside the checkout, in `../shared`, never inside it.
 *
 * On a fresh clone the folder is absent and tests that need it are visibly skipped; in CI its absence is a failure.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../shared/", import.meta.url));

/** Whether the shared folder is there. In CI always true, so that a test fails where it would have been skipped. */
export const hasShared = existsSync(ROOT) || process.env["CI"] === "true";

/** The absolute path of a file of the shared folder, e.g. `shared("data/prsa")`. */
export function shared(path: string): string {
  return `${ROOT}${path}`;
}
