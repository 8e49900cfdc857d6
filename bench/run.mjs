// `npm run bench`: every job one after the other, each with its own peer in the same run. Jobs that need the real archive are
// left out, and named, when it is not beside the checkout.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const archive = fileURLToPath(new URL("../../shared/data/quotsoft-beijing-2015.tar.gz", import.meta.url));

const jobs = [
  {
    title: "the headline job, beside DuckDB SQL, pandas, openair, arquero, danfojs",
    file: "bench/headline/main.ts",
    args: [],
  },
  { title: "calc aqi, 1 M rows, beside a plain loop", file: "bench/calc-aqi.ts", args: ["1000000"] },
  { title: "the spine, beside hand-written DuckDB SQL", file: "bench/spine.ts", args: [archive], needs: archive },
  { title: "JSON, Excel and one large CSV", file: "bench/ingest-formats.ts", args: [] },
  { title: "city-wide ranking, beside hand-written DuckDB SQL", file: "bench/rank.ts", args: [] },
  { title: "readings on InfluxDB, beside a bare client", file: "bench/influx.ts", args: [] },
  { title: "44 briefings, beside Chromium", file: "bench/briefings.ts", args: [] },
  { title: "the ranking page under load", file: "bench/server.ts", args: [] },
];

const only = process.argv.slice(2);
for (const { title, file, args, needs } of jobs) {
  if (!existsSync(`${root}${file}`) || (only.length > 0 && !only.some((word) => file.includes(word)))) continue;
  console.log(`\n== ${title} (${file})`);
  if (needs !== undefined && !existsSync(needs)) {
    console.log("   left out: the archive is not beside the checkout");
    continue;
  }
  const { status } = spawnSync(process.execPath, ["node_modules/tsx/dist/cli.mjs", file, ...args], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) console.log(`   ended with ${status}`);
}
