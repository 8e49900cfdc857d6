/** `npm run fuzz [-- --rows N --seed N]`: at least a million mutated rows over all formats. Prints the seed it starts from. */
import { parseArgs } from "node:util";
import { fuzz } from "./run.ts";

const { values } = parseArgs({ options: { rows: { type: "string", default: "1000000" }, seed: { type: "string" } } });
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000_000));
const rows = Number(values.rows);
console.log(`seed ${seed}, ${rows} rows`);
const started = Date.now();
const done = await fuzz(seed, rows, (count) => {
  const rate = Math.round(count / ((Date.now() - started) / 1000));
  process.stderr.write(
    `\r${count}/${rows} rows, ${rate}/s, ${Math.round((rows - count) / Math.max(1, rate))} s left   `,
  );
});
console.log(`\n${done} rows: no crash, every account adds up, untouched rows kept their values`);
