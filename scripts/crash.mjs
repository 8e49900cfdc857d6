// `npm run crash`: the crash test of CI at more random moments (20 unless a number is given).
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const times = process.argv[2] ?? "20";
const root = fileURLToPath(new URL("..", import.meta.url));
const { status } = spawnSync(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", "test/crash/ingest-crash.test.ts"],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, DUIBIAO_CRASHES: times },
  },
);
process.exit(status ?? 1);
