/**
 * Makes a small store of each earlier schema, by the program of its time, for the upgrade test.
 *
 * Why: a store made by an older program must open, move up and hold the same. Each program is taken out of the
 * repository's history, run once over the same made-up files, and its store packed with what its tables hold.
 * Reads the repository's history; writes test/store/fixtures/schema-<n>.tar.gz and .json. Fixtures that are there stay
 * as they are: run it after a new migration was released, with the last commit before it added below.
 * Run: npx tsx scripts/make-fixtures.ts
 */
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { create } from "tar";

/** The last program of each schema. Schemas 1, 3 and 9 were only ever released with the next: it is told to stop at theirs. */
const PROGRAMS: readonly { readonly schema: number; readonly commit: string; readonly stops?: true }[] = [
  { schema: 1, commit: "a85c45e^", stops: true },
  { schema: 2, commit: "a85c45e^" },
  { schema: 3, commit: "a287f83^", stops: true },
  { schema: 4, commit: "a287f83^" },
  { schema: 5, commit: "f7cda32^" },
  { schema: 6, commit: "9e6339a^" },
  { schema: 7, commit: "6310908^" },
  { schema: 8, commit: "1c578f0" },
  { schema: 9, commit: "9a19886^", stops: true },
  { schema: 10, commit: "9a19886^" },
  { schema: 11, commit: "5b1cebd^" },
  { schema: 12, commit: "25c8a16^" },
  { schema: 13, commit: "91f367f" },
];

const ROOT = resolve(import.meta.dirname, "..");
const FIXTURES = join(ROOT, "test/store/fixtures");

/** Runs in the old tree. What a schema does not know is left out by looking for its table. */
const RUNNER = `
import { existsSync } from "node:fs";
import { openStore } from "./src/store/open.ts";
import { ingestPath } from "./ingest/pipeline.ts";
import { contentOf } from "./content.ts";
const now = new Date("2026-01-01T00:00:00Z");
const places = ["1001A", "1002A"].map((code) => ({ code, kind: "station", name: code }));
const store = await openStore("store", { create: true, seeds: { places, sets: [] } });
const { sql } = store;
for (const folder of ["first", "second"]) await ingestPath(store, "quotsoft", folder, { now });
const has = (path) => existsSync(path);
if (has("ingest/undo.ts")) {
  await ingestPath(store, "quotsoft", "third", { now });
  await (await import("./ingest/undo.ts")).undoBatch(store, 3, now);
}
// All but what says how far a store has moved up itself.
const columns = new Map();
for (const { t, c } of await sql.rows("SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = 'main' AND table_catalog = current_database() AND table_name <> 'meta' ORDER BY table_name, ordinal_position"))
  columns.set(t, [...(columns.get(t) ?? []), c]);
if (columns.has("tally")) {
  await sql.run("INSERT INTO tally VALUES (1, 'target', '', 16000, 'snapshot', '100/3', '%', '1', '3', NULL, '甲', '甲局', '六月', 1)");
  await sql.run("INSERT INTO target_setting VALUES (1, 'target', '1/2', NULL, '甲', '局务会', 1)");
}
if (columns.has("published_rank"))
  await sql.run("INSERT INTO published_rank VALUES ('市局', '后30名', 1, '2015-01', 'worst', 1, 16436, 16466, 3, '71', 30, 1)");
if (has("src/store/audit.ts")) {
  await sql.run("INSERT INTO account_row VALUES (1, 1, '管理员', 'hash', 'admin', NULL, true, 1)");
  const { recordAudit } = await import("./src/store/audit.ts");
  for (const at of [1, 2, 3]) await recordAudit(sql, { at, who: "管理员", role: "admin", action: "test", subject: String(at) });
}
if (columns.has("source_run"))
  await sql.run("INSERT INTO source_run VALUES ('feed', 1, 2, 'done', '', 16436, '1', 10, 10, 0, 0)");
if (columns.has("briefing_row")) {
  await sql.run("INSERT INTO briefing_row VALUES (1, 1, 'a.pdf', '2015-02', '110105', 'ab', 'draft', 'v', '甲', NULL, 1)");
  await sql.run("INSERT INTO briefing_row VALUES (2, 1, 'a.pdf', '2015-02', '110105', 'ab', 'published', 'v', '甲', '乙', 2)");
  await sql.run("INSERT INTO briefing_row VALUES (3, 2, 'b.pdf', '2015-03', '110105', 'cd', 'draft', 'v', '甲', NULL, 3)");
}
if (has("src/store/published-briefings.ts")) {
  const { createHash } = await import("node:crypto");
  const bytes = Buffer.from("a frozen briefing");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const { publishBriefings } = await import("./src/store/published-briefings.ts");
  await publishBriefings(store, [{ kind: "district", place: "110105", period: "2015-01", version: 1, name: "a.pdf", issue: "2015年第1期",
    sha256, bytes, digest: "d", facts: { standings: {}, figures: {} }, reason: "", publishedBy: "甲", at: 1 }]);
}
if (columns.has("briefing")) {
  const { createHash } = await import("node:crypto");
  const { keepDrafts, publishDrafts } = await import("./src/store/briefings.ts");
  const one = (period, version, text) => {
    const bytes = Buffer.from(text);
    return { kind: "district", place: "110105", period, version, name: text + ".pdf", issue: "2015年第1期", digest: "d",
      sha256: createHash("sha256").update(bytes).digest("hex"), bytes, facts: { standings: {}, figures: { "甲": "1" } }, reason: "", madeBy: "甲", at: 1 };
  };
  await publishDrafts(sql, await keepDrafts(store, [one("2015-01", 1, "a frozen briefing")]), "乙", 2);
  await keepDrafts(store, [one("2015-01", 2, "its correction, a draft")]);
}
for (const [table, values] of [
  ["mended", "2, 1, 'a.csv', 3"],
  ["job_setting", "1, 'backup', '30 2 * * *', false, '甲', 1"],
  ["job_run", "1, 'backup', 1, 2, 'done', ''"],
  ["alert", "1, 1, 'air', 'heavy', '110105', 'pm25', '甲', '乙', 16436, 'open', 1"],
  ["alert_mute", "1, 'heavy', '110105', 'pm25', 16440, '检修', '甲', 1"],
  ["alert_message", "1, 1, 'mail', 'sent', '', 1"],
  ["section_state", "1, 16436, 'dry', 1"],
  ["second_factor", "1, 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 1, 'ab cd', 1"],
  ["influx_intent", "7, 0, TIMESTAMP '2015-03-01', TIMESTAMP '2015-03-02'" + (columns.get("influx_intent")?.includes("adds") ? ", NULL" : "")],
])
  // Older fixtures were made without a row in the last of these.
  if (columns.has("mended") && columns.has(table)) await sql.run("INSERT INTO " + table + " VALUES (" + values + ")");
const tables = {};
for (const [table, names] of columns) tables[table] = await contentOf(sql, table, names);
const schema = Number(await store.meta("schema"));
await sql.run("CHECKPOINT");
await store.close();
console.log(JSON.stringify({ schema, tables }));
`;

for (const { schema, commit, stops } of PROGRAMS) {
  const target = join(FIXTURES, `schema-${schema}`);
  if (existsSync(`${target}.json`)) continue;
  const dir = mkdtempSync(join(tmpdir(), "fixture-"));
  try {
    const archive = execFileSync(
      "git",
      ["archive", commit, "src", "ingest", "seeds", "package.json", "tsconfig.json"],
      {
        cwd: ROOT,
        maxBuffer: 1e9,
      },
    );
    execFileSync("tar", ["-x", "-C", dir], { input: archive });
    symlinkSync(join(ROOT, "node_modules"), join(dir, "node_modules"));
    execFileSync("cp", [join(ROOT, "test/store/content.ts"), join(dir, "content.ts")]);
    execFileSync("sed", ["-i", "s#../../src/#./src/#", join(dir, "content.ts")]);
    if (stops === true) stopAt(dir, schema);
    writeFileSync(join(dir, "runner.mts"), RUNNER);
    writeInputs(dir);
    const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", "tsx", "runner.mts"], {
      cwd: dir,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`schema ${schema} (${commit}): ${stderr}`);
    const made = JSON.parse(stdout) as { schema: number };
    if (made.schema !== schema) throw new Error(`${commit} makes schema ${made.schema}, not ${schema}`);
    mkdirSync(FIXTURES, { recursive: true });
    const files = readdirSync(join(dir, "store"), { recursive: true, encoding: "utf8" })
      .filter((name) => statSync(join(dir, "store", name)).isFile())
      .sort();
    await create({ cwd: join(dir, "store"), file: `${target}.tar.gz`, gzip: { level: 9 }, portable: true }, files);
    writeFileSync(`${target}.json`, `${JSON.stringify({ commit, ...made }, null, 2)}\n`);
    process.stdout.write(`schema ${schema}: ${statSync(`${target}.tar.gz`).size} bytes\n`);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Makes the program in a folder know no later schema. */
function stopAt(dir: string, schema: number): void {
  for (const [file, from, to] of [
    ["migrations.ts", "MIGRATIONS.at(-1)?.version ?? 0", String(schema)],
    ["open.ts", "if (version <= found)", "if (version <= found || version > SCHEMA_VERSION)"],
  ] as const) {
    const path = join(dir, "src/store", file);
    const text = readFileSync(path, "utf8");
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    writeFileSync(path, text.replace(from, to));
  }
}

/** Two days, then one more with corrections, then a third to be undone. */
function writeInputs(dir: string): void {
  for (const [folder, days, shift] of [
    ["first", ["20150301", "20150302"], 0],
    ["second", ["20150302", "20150303"], 1],
    ["third", ["20150303", "20150304"], 2],
  ] as const) {
    mkdirSync(join(dir, folder));
    for (const day of days) {
      const lines = ["date,hour,type,1001A,1002A"];
      for (let hour = 0; hour < 24; hour++) {
        for (const [item, type] of ["PM2.5", "O3", "CO"].entries()) {
          const value = (k: number): number => ((Number(day) * 7 + hour * 3 + item * 11 + k * 5) % 90) + shift;
          lines.push(`${day},${hour},${type},${value(0)},${hour === 5 ? "" : value(1)}`);
        }
      }
      writeFileSync(join(dir, folder, `china_sites_${day}.csv`), `${lines.join("\n")}\n`);
    }
  }
}
