/** The victim as one file: it starts in a fraction of the time the sources take, so that a thousand starts are affordable. */
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

type Build = (options: Readonly<Record<string, unknown>>) => Promise<unknown>;

const ROOT = resolve(import.meta.dirname, "../..");

/** Readers of sheets and documents: the victim takes plain text only, and loading them is a third of its start. */
const NOT_READ = ["hucre", "hucre/xlsx", "mammoth", "yauzl"];

/** @returns the file; it lies below `node_modules`, so that it finds the packages it leaves outside */
export async function bundledVictim(): Promise<string> {
  // tsx runs the sources by esbuild; so it is there, of the version that is known to read them.
  const fromTsx = createRequire(createRequire(import.meta.url).resolve("tsx/package.json"));
  const { build } = fromTsx("esbuild") as { readonly build: Build };
  const folder = join(ROOT, "node_modules/.cache/crash");
  mkdirSync(folder, { recursive: true });
  const nothing = join(folder, "nothing.cjs");
  writeFileSync(nothing, "module.exports = {};\n");
  const outfile = join(folder, `${process.pid}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, "victim.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    alias: Object.fromEntries(NOT_READ.map((name) => [name, nothing])),
    // Only the sources know where their assets lie; a victim that serves is run from them.
    external: ["*/server/listen.ts", "@duckdb/node-api", "@influxdata/influxdb-client", "tar", "yaml", "zod"],
    outfile,
    logLevel: "error",
  });
  return outfile;
}
