#!/usr/bin/env node
// Runs the TypeScript sources as they are: one truth, no stale build.
import { register } from "tsx/esm/api";

register();
const { main } = await import("../src/cli/main.ts");
process.exitCode = await main(process.argv.slice(2));
