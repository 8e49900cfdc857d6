/**
 * `npm run mutate [glob …]`: changes the standards in small ways and counts the changes no test notices.
 *
 * A glob may end in lines (`src/standards/policy.ts:275-336`), to try again what was left alive.
 *
 * Works on a copy in the temporary folder with its own few packages, because the tool brings a hundred more that nothing
 * else needs, and because it rewrites the files it tests. Not part of CI: all of `src/standards` takes many minutes.
 * Left out: texts (a changed word is no changed rule; limits kept as text are held by tests that list them), the method
 * sheets, and what is worked out once when a file is loaded, such as tables: each such change needs the whole suite and
 * takes most of the time. `--static` counts those too.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The newest that runs on Node 20; vitest and fast-check as in the project. */
const PACKAGES = {
  "@stryker-mutator/core": "9.6.1",
  "@stryker-mutator/vitest-runner": "9.6.1",
  "fast-check": "4.10.2",
  typescript: "5.9.3",
  vitest: "4.1.11",
};

const CHECKOUT = fileURLToPath(new URL("../", import.meta.url));
const ROOM = join(tmpdir(), "duibiao-mutation");
const COPY = join(ROOM, "checkout");

const withStatic = process.argv.includes("--static");
const globs = process.argv.slice(2).filter((word) => word !== "--static");
const mutate = globs.length > 0 ? globs : ["src/standards/**/*.ts", "!src/standards/methods/**"];

const STRYKER = {
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  mutate,
  inPlace: true,
  coverageAnalysis: "perTest",
  ignoreStatic: !withStatic,
  concurrency: 2,
  timeoutMS: 20_000,
  mutator: { excludedMutations: ["StringLiteral"] },
  reporters: ["clear-text", "progress-append-only"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  vitest: { configFile: "vitest.config.mjs" },
};

const VITEST = `process.env.TZ = "Asia/Shanghai";
const include = ["test/standards/**/*.test.ts", "test/cli/calc/**/*.test.ts"];
export default { test: { include, exclude: ["test/standards/methods.test.ts"], testTimeout: 120_000 } };
`;

for (const folder of ["src", "test"]) {
  rmSync(join(COPY, folder), { recursive: true, force: true });
  cpSync(join(CHECKOUT, folder), join(COPY, folder), { recursive: true });
}
mkdirSync(COPY, { recursive: true });
rmSync(join(ROOM, "shared"), { force: true });
// Tests look for real data beside the checkout.
const shared = join(CHECKOUT, "../shared");
if (existsSync(shared)) symlinkSync(shared, join(ROOM, "shared"));
writeFileSync(join(COPY, "package.json"), JSON.stringify({ private: true, type: "module", devDependencies: PACKAGES }));
writeFileSync(join(COPY, "stryker.config.json"), JSON.stringify(STRYKER));
writeFileSync(join(COPY, "vitest.config.mjs"), VITEST);

run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"]);
run("npx", ["stryker", "run"]);

function run(command: string, args: readonly string[]): void {
  const done = spawnSync(command, args, { cwd: COPY, stdio: "inherit", shell: process.platform === "win32" });
  if (done.status !== 0) process.exit(done.status ?? 1);
}
