/**
 * Ingest of JSON bodies, an Excel workbook and large CSVs, each in a process of its own so that its peak memory is its
 * own: readings a second by the clock and by processor time (what a busy machine leaves meaningful), and the peak.
 *
 * The inputs are made on the spot from a seedless recipe; making them is not timed. Aims: JSON and Excel 100,000 readings
 * a second, a file of 200 MB in less than 1 GB.
 *
 * Usage: tsx bench/ingest-formats.ts [json | xlsx | large | large-mapped | large-prsa | large-again]
 * Without a name all but the last three run. `--mb N` makes the large files of another size.
 */
import { spawnSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeXlsx } from "hucre";
import { ingestPath } from "../ingest/pipeline.ts";
import { seedPlaces } from "../src/cli/seeds.ts";
import { openStore } from "../src/store/open.ts";

type Job = {
  readonly title: string;
  readonly format: string;
  readonly options?: Readonly<Record<string, string>>;
  /** Takes long, and says little that another does not. */
  readonly onlyNamed?: true;
  /** The second time is what is looked at: every value is held already. */
  readonly twice?: true;
  /** Writes the input below a folder and returns the path to take in. */
  readonly make: (dir: string) => Promise<string>;
};

const two = (n: number): string => String(n).padStart(2, "0");
/** Digits without a pattern a compressor or a flat-line check would see. */
const value = (k: number): string => `${5 + ((k * 7919) % 90)}.${(k * 31) % 9}`;

const WATER_HEADS = ["水温", "pH", "溶解氧", "电导率", "浊度", "高锰酸盐指数", "氨氮", "总磷", "总氮"];
const WATER_UNITS = ["℃", "无量纲", "mg/L", "μS/cm", "NTU", "mg/L", "mg/L", "mg/L", "mg/L"];

/** Bodies as the national water release gives them: `thead`, `tbody`, cells in tags with the raw value in a title. */
async function waterBodies(dir: string): Promise<string> {
  const folder = join(dir, "water");
  mkdirSync(folder);
  const thead = [
    "省份",
    "流域",
    "断面名称",
    "监测时间",
    "水质类别",
    ...WATER_HEADS.map((head, k) => `${head}<br/>(${WATER_UNITS[k]})`),
    "站点情况",
  ];
  for (let body = 0; body < 60; body++) {
    const [day, hour] = [1 + Math.floor(body / 6), (body % 6) * 4];
    const tbody = Array.from({ length: 1800 }, (_, section) => [
      "浙江省",
      `<span title='流域'>太湖流域</span>`,
      `<span title='所在地市：某市\n所属河流：某河'>断面${section}</span>`,
      `03-${two(day)} ${two(hour)}:00`,
      "Ⅱ",
      ...WATER_HEADS.map((_, k) => {
        const text = k === 1 ? "7.5" : `${(body + section * (k + 3)) % 30}.${(section + k) % 10}`;
        return `<span data-toggle='tooltip' title='原始值：${text}${section % 7}'>${text}</span>`;
      }),
      "正常",
    ]);
    writeFileSync(join(folder, `2024-03-${two(day)}_${two(hour)}.json`), JSON.stringify({ thead, tbody }));
  }
  return folder;
}

const STATIONS = ["东四", "天坛", "官园", "万寿西宫", "奥体中心", "农展馆", "万柳", "北部新区"];

async function workbook(dir: string): Promise<string> {
  const rows: (string | number)[][] = [["站点", "时间", "PM2.5", "PM10", "SO2", "NO2", "CO", "O3"]];
  for (let k = 0; k < 90_000; k++) {
    const at = new Date(Date.UTC(2020, 0, 1) + Math.floor(k / STATIONS.length) * 3_600_000);
    const time = `${at.toISOString().slice(0, 10)} ${two(at.getUTCHours())}:00`;
    rows.push([
      STATIONS[k % STATIONS.length] ?? "",
      time,
      ...[1, 2, 3, 4, 6].map((item) => Number(value(k * item))),
      80,
    ]);
  }
  const path = join(dir, "hours.xlsx");
  writeFileSync(path, await writeXlsx({ sheets: [{ name: "小时值", rows }] }));
  return path;
}

const MAP = `place: 站点\ntime: 时间\nkind: station\nspan: hourStart\nvalues:\n${[
  "PM2.5: pm25",
  "PM10: pm10",
  "SO2: so2",
  "NO2: no2",
  "O3: o3",
]
  .map((pair) => pair.split(": "))
  .map(([head, code]) => `  ${head}:\n    indicator: ${code}\n`)
  .join("")}`;

const asked = process.argv.indexOf("--mb");
/** Bytes of a large file. */
const LARGE = 1_000_000 * (asked < 0 ? 200 : Number(process.argv.splice(asked, 2)[1]));

/** Writes lines to a file until it is large; hour `k` first, from a year that leaves room before today. */
function writeLarge(path: string, head: string, linesOf: (at: Date, hour: number) => readonly string[]): string {
  const file = openSync(path, "w");
  let size = writeSync(file, `${head}\n`);
  for (let hour = 0; size < LARGE; ) {
    const lines: string[] = [];
    for (const end = hour + 1000; hour < end; hour++) {
      lines.push(...linesOf(new Date(Date.UTC(1993, 0, 1) + hour * 3_600_000), hour));
    }
    size += writeSync(file, `${lines.join("\n")}\n`);
  }
  closeSync(file);
  return path;
}

/** The archive's layout as one file: hour by hour, five items, 35 stations a row. */
async function largeCsv(dir: string): Promise<string> {
  const stations = seedPlaces()
    .places.filter((place) => place.kind === "station")
    .slice(0, 35);
  const types = ["PM2.5", "PM10", "SO2", "NO2", "O3"];
  const path = join(dir, "beijing_all_20000101.csv");
  return writeLarge(path, `date,hour,type,${stations.map((place) => place.name).join(",")}`, (at, hour) => {
    const date = at.toISOString().slice(0, 10).replaceAll("-", "");
    return types.map(
      (type, item) =>
        `${date},${at.getUTCHours()},${type},${stations.map((_, s) => value(hour * types.length + item + s * 13)).join(",")}`,
    );
  });
}

/** A table of the workbook's columns: a station and an hour a row. */
async function largeTable(dir: string): Promise<string> {
  return writeLarge(join(dir, "hours.csv"), "站点,时间,PM2.5,PM10,SO2,NO2,O3", (at, hour) =>
    STATIONS.slice(0, 7).map(
      (station, s) =>
        `${station},${at.toISOString().slice(0, 10)} ${two(at.getUTCHours())}:00,${[1, 2, 3, 4, 6].map((item) => value(hour * item + s * 17)).join(",")}`,
    ),
  );
}

const PRSA_STATIONS = ["Aotizhongxin", "Changping", "Dingling", "Dongsi", "Guanyuan", "Gucheng"];
PRSA_STATIONS.push("Huairou", "Nongzhanguan", "Shunyi", "Tiantan", "Wanliu", "Wanshouxigong");

/** The multi-site layout with all twelve stations in one file. */
async function largePrsa(dir: string): Promise<string> {
  const head = "No,year,month,day,hour,PM2.5,PM10,SO2,NO2,CO,O3,station";
  return writeLarge(join(dir, "PRSA_Data_all.csv"), head, (at, hour) =>
    PRSA_STATIONS.map((station, s) =>
      [
        ...[hour + 1, at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours()],
        ...[1, 2, 3, 4].map((item) => value(hour * item + s * 17)),
        ...[300 + ((hour * 100 + s) % 2000), value(hour * 6 + s), station],
      ].join(","),
    ),
  );
}

const JOBS: Readonly<Record<string, Job>> = {
  json: { title: "JSON bodies of the water release", format: "cnemc-water", make: waterBodies },
  xlsx: { title: "an Excel workbook, mapped", format: "generic", options: { map: MAP }, make: workbook },
  large: { title: "one large CSV, a station a column", format: "quotsoft", make: largeCsv },
  "large-mapped": {
    title: "one large CSV, mapped",
    format: "generic",
    options: { map: MAP },
    make: largeTable,
    onlyNamed: true,
  },
  "large-prsa": { title: "one large CSV, twelve stations", format: "prsa", make: largePrsa, onlyNamed: true },
  "large-again": { title: "the large CSV again", format: "quotsoft", make: largeCsv, onlyNamed: true, twice: true },
};

async function make(job: Job, dir: string): Promise<void> {
  writeFileSync(join(dir, "path"), await job.make(dir));
}

async function run(job: Job, dir: string, path: string): Promise<void> {
  const store = await openStore(join(dir, "store"), { create: true, seeds: seedPlaces() });
  const take = () =>
    ingestPath(store, job.format, path, { now: new Date("2026-01-01T00:00:00Z"), options: job.options ?? {} });
  if (job.twice === true) await take();
  const [started, before] = [performance.now(), process.cpuUsage()];
  const [batch] = await take();
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  const { n } = await store.sql.one<{ n: bigint }>("SELECT count(*) AS n FROM reading");
  await store.close();
  const rate = (spent: number): string => `${Math.round(Number(n) / (spent / 1000)).toLocaleString("en-US")}/s`;
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${job.title}: ${Number(n).toLocaleString("en-US")} readings, ${batch?.rejected} rejected; ${rate(ms)} by the clock, ` +
      `${rate((user + system) / 1000)} a processor second; peak ${peak} MB`,
  );
}

const [name, dir, step] = process.argv.slice(2);
const job = JOBS[name ?? ""];
if (job !== undefined && dir !== undefined && step === "make") await make(job, dir);
else if (job !== undefined && dir !== undefined && step !== undefined) await run(job, dir, step);
else {
  const self = fileURLToPath(import.meta.url);
  console.log(
    `load ${loadavg()
      .map((one) => one.toFixed(1))
      .join(" ")}, ${process.version}`,
  );
  for (const key of Object.keys(JOBS).filter(
    (one) => name === one || (name === undefined && JOBS[one]?.onlyNamed !== true),
  )) {
    const folder = mkdtempSync(join(tmpdir(), "duibiao-bench-"));
    const step = (...args: readonly string[]) =>
      spawnSync(
        process.execPath,
        [...process.execArgv, self, key, folder, ...args, "--mb", String(LARGE / 1_000_000)],
        {
          stdio: "inherit",
        },
      );
    try {
      step("make");
      const path = readFileSync(join(folder, "path"), "utf8");
      if (statSync(path).isFile()) console.log(`input ${Math.round(statSync(path).size / 1_000_000)} MB`);
      step(path);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
