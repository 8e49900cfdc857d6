// Adds the optional platform packages that npm left out of package-lock.json because a registry's listing lacks them,
// so that a plain `npm ci` passes anywhere. Run after every `npm install`; changes nothing when nothing is missing.
import { readFileSync, writeFileSync } from "node:fs";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const packages = lock.packages;
const resolved = Object.values(packages).find((entry) => entry.resolved?.startsWith("http"))?.resolved;
const origin = resolved === undefined ? undefined : new URL(resolved).origin;

function platformOf(name) {
  const words = name.split("-");
  const os = ["android", "darwin", "linux", "win32", "freebsd", "openbsd", "netbsd", "sunos", "aix"].find((word) =>
    words.includes(word),
  );
  const cpu =
    ["arm64", "x64", "riscv64", "ppc64", "s390x", "ia32", "loong64", "mips64el"].find((word) => words.includes(word)) ??
    "arm";
  const libc = words.includes("musl") ? ["musl"] : os === "linux" && words.at(-1) === "gnu" ? ["glibc"] : undefined;
  return { cpu: [cpu], ...(os ? { os: [os] } : {}), ...(libc ? { libc } : {}) };
}

let added = 0;
for (const entry of Object.values({ ...packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (packages[key] !== undefined) continue;
    const file = name.split("/").at(-1);
    const address = origin === undefined ? {} : { resolved: `${origin}/${name}/-/${file}-${version}.tgz` };
    packages[key] = { version, ...address, optional: true, ...platformOf(file) };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
console.log(`lock entries added: ${added}`);
