// `npm test`: the whole suite. Real parts that are not on this machine (browser, InfluxDB, PDF tools) are skipped and
// named; with CI=true a test that would be skipped fails instead. Extra words are handed to the test runner.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(fileURLToPath(new URL(".", import.meta.url)), "..");
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const { status } = spawnSync(process.execPath, [vitest, "run", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
process.exit(status ?? 1);
