// Set-up before `npm start` and `npm test`, in plain Node: installs by the lock when the lock, the platform or Node has
// changed since the last time; once, even if two start together; again after a kill in the middle.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`需要 Node ≥ 20.19，当前 ${process.version}。请到 Node 官网下载新版后重试。`);
  process.exit(1);
}
const stamp = join(root, "node_modules", ".duibiao-lock");
const guard = join(root, ".setup-lock");
const hash = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .update(`${process.platform}-${process.arch}-${process.versions.modules}`)
  .digest("hex");
const ready = () => existsSync(stamp) && readFileSync(stamp, "utf8") === hash;

function alive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

// Settings inherited from an outer npm run would change what gets installed.
const env = { ...process.env };
for (const key of Object.keys(env)) {
  if (
    /^npm_config_(omit|include|production|only|global|location|prefix|dry_run|package_lock_only|loglevel)$/i.test(key)
  ) {
    delete env[key];
  }
}
delete env.NODE_ENV;

function npm(...args) {
  const cli = env.npm_execpath;
  const options = { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8", maxBuffer: 1e8 };
  const full = [...args, "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  return cli?.endsWith(".js")
    ? spawnSync(process.execPath, [cli, ...full], options)
    : spawnSync(`npm ${full.join(" ")}`, { ...options, shell: true });
}

function install() {
  console.error("首次运行或依赖有变：正在安装依赖（约一分钟）…");
  const first = npm("ci");
  // npm/cli#9846: a registry whose listing lacks other platforms' optional binaries makes `npm ci` refuse its own lock.
  const done =
    first.status !== 0 && /Missing: .* from lock file/.test(first.stderr) ? npm("install", "--no-save") : first;
  if (done.status === 0) {
    writeFileSync(stamp, hash);
    return;
  }
  console.error(done.stderr || done.error?.message || "");
  console.error("安装失败：请检查网络，或手动运行 npm install 查看原因");
  rmSync(guard, { recursive: true, force: true });
  process.exit(done.status || 1);
}

while (!ready()) {
  try {
    mkdirSync(guard);
  } catch {
    pause(500);
    const file = join(guard, "pid");
    const owner = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
    if (owner > 0 && !alive(owner)) rmSync(guard, { recursive: true, force: true });
    continue;
  }
  writeFileSync(join(guard, "pid"), String(process.pid));
  try {
    if (!ready()) install();
  } finally {
    rmSync(guard, { recursive: true, force: true });
  }
}
