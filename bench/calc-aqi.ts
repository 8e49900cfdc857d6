/**
 * `calc aqi` beside a plain hand-written loop on the same rows: rows per second, their ratio, peak memory.
 *
 *     npx tsx bench/calc-aqi.ts [rows]      5,000,000 unless told
 *
 * Rows are made while they are read and results are thrown away, so that neither disk nor pipe is measured. The loop
 * does what a script does: split, look up in floating point, join; no quotes, no checks, no rounding, no NA rule.
 */
import { calcAqi } from "../src/cli/calc/aqi.ts";
import type { Effects } from "../src/cli/command.ts";

const ROWS = Number(process.argv[2] ?? 5_000_000);
const HEADER = "standard,mode,so2,no2,co_mgm3,o3,o3_metric,pm10,pm25\n";
const ROWS_A_CHUNK = 1000;

/** Deterministic, so that both see the same rows. */
function* texts(): Generator<string> {
  let state = 7;
  const next = (below: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state % below;
  };
  yield HEADER;
  for (let done = 0; done < ROWS; done += ROWS_A_CHUNK) {
    let text = "";
    for (let i = 0; i < Math.min(ROWS_A_CHUNK, ROWS - done); i++) {
      const standard = i % 2 === 0 ? "HJ 633-2012" : "2026";
      text += `${standard},daily,${next(60)},${next(100)},${next(40) / 10},${next(250)},8h_daily_max,${next(300)},${next(200)}\n`;
    }
    yield text;
  }
}

async function* stream(): AsyncGenerator<Uint8Array> {
  for (const text of texts()) yield Buffer.from(text);
}

let bytes = 0;
const write: Effects["write"] = async (piece) => {
  bytes += piece.length;
};

const I = [0, 50, 100, 150, 200, 300, 400, 500];
const TABLES: Readonly<Record<string, readonly (readonly number[])[]>> = {
  "HJ 633-2012": tables([0, 50, 150, 250, 350, 420, 500, 600], [0, 35, 75, 115, 150, 250, 350, 500]),
  "2026": tables([0, 50, 120, 250, 350, 420, 500, 600], [0, 35, 60, 115, 150, 250, 350, 500]),
};

function tables(pm10: readonly number[], pm25: readonly number[]): readonly (readonly number[])[] {
  const so2 = [0, 50, 150, 475, 800, 1600, 2100, 2620];
  const no2 = [0, 40, 80, 180, 280, 565, 750, 940];
  const co = [0, 2, 4, 14, 24, 36, 48, 60];
  const o3 = [0, 100, 160, 215, 265, 800];
  return [so2, no2, co, o3, [], pm10, pm25];
}

async function plainLoop(): Promise<void> {
  const names = ["SO2", "NO2", "CO", "O3", "", "PM10", "PM2.5"];
  const decoder = new TextDecoder();
  let first = true;
  for await (const chunk of stream()) {
    let out = "";
    for (const line of decoder.decode(chunk).split("\n")) {
      if (line === "") continue;
      if (first) {
        first = false;
        continue;
      }
      const cells = line.split(",");
      const columns = TABLES[cells[0] ?? ""] ?? [];
      let aqi = 0;
      let primary = "";
      let indices = "";
      for (const [c, points] of columns.entries()) {
        if (points.length === 0) continue;
        const value = Number(cells[c + 2]);
        let k = 1;
        while (k < points.length - 1 && value > (points[k] ?? 0)) k++;
        const [lo, hi, ilo, ihi] = [points[k - 1] ?? 0, points[k] ?? 0, I[k - 1] ?? 0, I[k] ?? 0];
        const index = Math.ceil(((ihi - ilo) / (hi - lo)) * (value - lo) + ilo);
        indices += `,${index}`;
        if (index > aqi) [aqi, primary] = [index, names[c] ?? ""];
      }
      out += `${line},${aqi},${primary}${indices}\n`;
    }
    await write(Buffer.from(out));
  }
}

async function timed(name: string, job: () => Promise<unknown>): Promise<number> {
  bytes = 0;
  const began = performance.now();
  await job();
  const rate = ROWS / ((performance.now() - began) / 1000);
  console.log(`${name.padEnd(24)} ${Math.round(rate).toLocaleString("en").padStart(10)} rows/s  ${bytes} bytes out`);
  return rate;
}

const effects = { stdin: stream, write } as unknown as Effects;
await timed("(making the rows alone)", async () => {
  for await (const chunk of stream()) bytes += chunk.length;
});
const product = await timed("duibiao calc aqi", () => calcAqi.run([], {}, effects));
const loop = await timed("plain loop, unchecked", plainLoop);
console.log(`ratio to the plain loop   ${(product / loop).toFixed(2)}`);
console.log(`peak memory               ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
