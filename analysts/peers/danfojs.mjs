// Daily and annual means with danfojs. It has no windows and no quantile, and a group's mean counts a missing value as 0,
// so missing rows are dropped item by item first, and MDA8 and percentiles are left out.
import { readFileSync } from "node:fs";
import { DataFrame } from "danfojs-node";

const { version } = JSON.parse(readFileSync(new URL("../node_modules/danfojs-node/package.json", import.meta.url), "utf8"));

const ITEMS = ["pm25", "pm10", "so2", "no2", "co"];
const began = performance.now();
const [head, ...lines] = readFileSync(process.argv[2], "utf8").trimEnd().split("\n");
const names = head.split(",");
const rows = lines.map((line) => line.split(","));
const loaded = performance.now();

const checks = {};
for (const item of ITEMS) {
  const at = names.indexOf(item);
  const filled = rows.filter((row) => row[at] !== "");
  const frame = new DataFrame(
    filled.map((row) => [`${row[0]} ${row[1]}`, Number(row[at])]),
    { columns: ["day", "value"] },
  );
  const days = frame.groupby(["day"]).agg({ value: ["mean", "count"] });
  const kept = days.values
    .filter((row) => row[2] >= 20)
    .map(([day, mean]) => [`${day.slice(0, 5)} ${day.slice(6, 10)}`, mean]);
  const yearly = new DataFrame(kept, { columns: ["year", "value"] }).groupby(["year"]).agg({ value: "mean" });
  const total = (values) => values.reduce((sum, one) => sum + one, 0);
  checks[item] = [kept.length, total(kept.map(([, mean]) => mean)), total(yearly.values.map(([, mean]) => mean))];
}
const done = performance.now();
console.log(
  JSON.stringify({
    version: `danfojs-node ${version}`,
    loadMs: loaded - began,
    jobMs: done - loaded,
    memoryMb: process.resourceUsage().maxRSS / 1024,
    checks,
  }),
);
