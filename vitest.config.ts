import { defineConfig } from "vitest/config";

/** The suite runs under another zone each time unless TZ is set: machine zones must not matter. */
const ZONES = ["America/New_York", "Asia/Shanghai", "Pacific/Apia", "Europe/Dublin", "UTC", "Asia/Kolkata"];
process.env["TZ"] ??= ZONES[Math.floor(Math.random() * ZONES.length)];

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
    reporters: ["default"],
  },
});
