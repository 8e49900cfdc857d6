/** The headline job as hand-written DuckDB SQL, in floating point: what a careful analyst would write in an afternoon. */
import { DuckDBInstance } from "@duckdb/node-api";
import { ITEMS } from "./data.ts";
import { PERCENTILES, type PeerResult } from "./result.ts";

const [table = "", file = ""] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(file)).connect();
const began = performance.now();
await connection.run(`CREATE TABLE reading AS SELECT site, date, hour::UTINYINT AS hour, item, value::DECIMAL(18,8) AS value
  FROM (UNPIVOT (SELECT * FROM read_csv('${table.replaceAll("'", "''")}')) ON ${ITEMS.join(", ")} INTO NAME item VALUE value)
  ORDER BY date, hour`);
const loaded = performance.now();
await connection.run(`CREATE TABLE day AS SELECT site, item, date, count(*) AS n, avg(value) AS value FROM reading
  WHERE item <> 'o3' GROUP BY ALL HAVING count(*) >= 20`);
// A window ends at every hour from 8 to 24, also where that hour itself is missing: all hours are laid out first.
await connection.run(`INSERT INTO day SELECT site, 'o3', date, count(m), max(m) FROM (
    SELECT site, date, hour, CASE WHEN count(value) OVER w >= 6 THEN avg(value) OVER w END AS m
    FROM (SELECT s.site, s.date, h.hour, r.value FROM (SELECT DISTINCT site, date FROM reading WHERE item = 'o3') s
      CROSS JOIN (SELECT range::UTINYINT AS hour FROM range(24)) h
      LEFT JOIN reading r ON r.site = s.site AND r.date = s.date AND r.hour = h.hour AND r.item = 'o3')
    WINDOW w AS (PARTITION BY site, date ORDER BY hour ROWS BETWEEN 7 PRECEDING AND CURRENT ROW))
  WHERE hour >= 7 GROUP BY ALL HAVING count(m) >= 14 OR max(m) > 160`);
const yearly = new Map<string, readonly [number, number]>();
for (const item of ITEMS) {
  const [[mean, at]] = (
    await connection.runAndReadAll(`SELECT sum(mean), sum(pth) FROM (SELECT avg(value) AS mean,
      quantile_cont(value, ${PERCENTILES[item].share}) AS pth FROM day WHERE item = '${item}' GROUP BY site, year(date))`)
  ).getRows() as [[number, number]];
  yearly.set(item, [mean, at]);
}
const done = performance.now();
const rows = (
  await connection.runAndReadAll("SELECT item, count(*)::INTEGER, sum(value)::DOUBLE FROM day GROUP BY item")
).getRows() as [string, number, number][];
const result: PeerResult = {
  version: "hand-written DuckDB SQL",
  loadMs: loaded - began,
  jobMs: done - loaded,
  memoryMb: process.resourceUsage().maxRSS / 1024,
  checks: Object.fromEntries(rows.map(([item, n, sum]) => [item, [n, sum, ...(yearly.get(item) ?? [])]])),
};
console.log(JSON.stringify(result));
