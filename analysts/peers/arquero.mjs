// The headline job with arquero: hours -> daily values (20 hours or more), MDA8, annual means and percentiles.
import { readFileSync } from "node:fs";
import { escape, fromCSV, op, rolling } from "arquero";

const { version } = JSON.parse(readFileSync(new URL("../node_modules/arquero/package.json", import.meta.url), "utf8"));

const PERCENTILES = { pm25: 0.95, pm10: 0.95, so2: 0.98, no2: 0.98, co: 0.95 };
const began = performance.now();
const hours = fromCSV(readFileSync(process.argv[2], "utf8"), { parse: { date: String } });
const loaded = performance.now();

const items = Object.keys(PERCENTILES);
const days = hours.groupby("site", "date").rollup(
  Object.fromEntries(
    items.flatMap((item) => [
      [item, op.mean(item)],
      [`${item}_n`, op.valid(item)],
    ]),
  ),
);
const mda8 = hours
  .orderby("date", "hour")
  .groupby("site")
  .derive({ sum8: rolling((d) => op.sum(d.o3), [-7, 0]), n8: rolling((d) => op.valid(d.o3), [-7, 0]) })
  .ungroup()
  .filter((d) => d.hour >= 7)
  .derive({ o3_8h: (d) => (d.n8 >= 6 ? d.sum8 / d.n8 : null) })
  .groupby("site", "date")
  .rollup({ top: (d) => op.max(d.o3_8h), n: (d) => op.valid(d.o3_8h) })
  .derive({ o3: (d) => (d.n >= 14 || d.top > 160 ? d.top : null) });

const checks = {};
const sumUp = (table, name, share) => {
  const counted = table.filter(escape((d) => d.value !== null && d.value !== undefined));
  const yearly = counted.groupby("site", "year").rollup({ mean: op.mean("value"), at: op.quantile("value", share) });
  const total = counted.rollup({ n: op.count(), sum: op.sum("value") }).object();
  const both = yearly.rollup({ mean: op.sum("mean"), at: op.sum("at") }).object();
  checks[name] = [total.n, total.sum, both.mean, both.at];
};
for (const item of items)
  sumUp(
    days.derive({
      value: escape((d) => (d[`${item}_n`] >= 20 ? d[item] : null)),
      year: escape((d) => d.date.slice(0, 4)),
    }),
    item,
    PERCENTILES[item],
  );
sumUp(mda8.derive({ value: (d) => d.o3, year: escape((d) => d.date.slice(0, 4)) }), "o3", 0.9);
const done = performance.now();
console.log(
  JSON.stringify({
    version: `arquero ${version}`,
    loadMs: loaded - began,
    jobMs: done - loaded,
    memoryMb: process.resourceUsage().maxRSS / 1024,
    checks,
  }),
);
