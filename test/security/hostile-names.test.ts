/**
 * Names made to be run: by the database, a browser, a spreadsheet, a typesetter. Whoever shows one shows its letters.
 *
 * A file may bring any name, and a bureau registers its own stations, so names are input like everything else.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { briefDistrict } from "../../src/cli/brief-district.ts";
import { briefTownship } from "../../src/cli/brief-township.ts";
import { exportCommand } from "../../src/cli/export.ts";
import { rank } from "../../src/cli/rank.ts";
import { csvCell } from "../../src/domain/csv-cell.ts";
import { Fault } from "../../src/domain/faults.ts";
import { openStore } from "../../src/store/open.ts";
import type { NewPlace } from "../../src/store/port.ts";
import { type CommandLine, commandLine } from "../cli/run-command.ts";
import { parseCsv } from "../csv.ts";
import { hasPoppler, pageTexts } from "../reports/poppler.ts";
import { type Served, serve } from "../server/city.ts";

/** In pieces a narrow column can hold: a longer word without a break is refused on paper, in words. */
const NAMES = [
  "<script> alert(1) </script>",
  '"><img src=x onload=a>',
  "'; DROP TABLE reading; --",
  "' OR '1'='1",
  '=LINK("x")',
  "@SUM(1) |cmd' /C calc'!A0",
  "+1+1",
  "-2+3",
  "\t=1+1",
  "#(40+2)",
  "$x^2$ *bold* @ref <label>",
  "$" + "{7*7} {{7*7}} %s%n",
  "]]>&amp; <!--",
];
const code = (index: number): string => `9900${String(index).padStart(2, "0")}`;
const DAYS = 30;

let line: CommandLine;
let served: Served;
let out: string;

beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), "hostile-"));
  line = commandLine("2024-10-12T02:00:00Z");
  const places: NewPlace[] = [
    { code: "110000", kind: "city", name: "北京市" },
    { code: "110105", kind: "district", name: "朝阳区", parent: "110000" },
    ...NAMES.map((name, index): NewPlace => ({ code: code(index), kind: "township", name, parent: "110105" })),
  ];
  const store = await openStore(join(line.dir, "store"), { create: true, seeds: { places, sets: [] } });
  const rows = NAMES.flatMap((_, index) =>
    Array.from(
      { length: DAYS },
      (__, day) => `${code(index)},2024-09-${String(day + 1).padStart(2, "0")},pm25,${20 + index},µg/m³`,
    ),
  );
  writeFileSync(join(out, "data.csv"), `place,period,indicator,value,unit\n${rows.join("\n")}\n`);
  await ingestPath(store, "township", join(out, "data.csv"), { now: new Date("2024-10-12T02:00:00Z") });
  await store.close();
}, 240_000);

afterAll(async () => {
  await served?.close();
  await line?.close();
  rmSync(out, { recursive: true, force: true });
});

/** What no markup may hold of these names: the beginnings of tags they would open. */
const OPENED = ["<script> alert", "<img src=x", "<label>", "]]>&amp; <!--"];

function expectNoMarkup(text: string): void {
  expect(OPENED.filter((one) => text.includes(one))).toEqual([]);
}

/** Every cell as a spreadsheet would take it: a formula begins with one of these and is no number. */
function expectNoFormula(csv: string): void {
  const cells = parseCsv(csv.replace(/^\uFEFF/, "")).flatMap((row) => Object.values(row));
  expect(cells.length).toBeGreaterThan(NAMES.length);
  expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell) && Number.isNaN(Number(cell)))).toEqual([]);
}

async function expectTexts(bytes: Uint8Array, names: readonly string[]): Promise<void> {
  const parts = unzipSync(bytes);
  for (const [name, part] of Object.entries(parts)) {
    if (!/sheet\d+\.xml$/.test(name)) continue;
    // Workbooks work ranks and sums out again by formulas of their own, over cells: no text stands in one.
    for (const [, formula = ""] of strFromU8(part).matchAll(/<f(?: [^>]*)?>([^<]*)</g))
      expect(formula).toMatch(/^(RANK|SUM|COUNTIF|IF|ROUND|AVERAGE)\([A-Z$\d:,.()+*/<>= -]*\)$/);
  }
  const { sheets } = await readXlsx(bytes);
  const cells = sheets.flatMap((sheet) => sheet.rows.flat()).map(String);
  for (const name of names) expect(cells.map((cell) => cell.trim())).toContain(name.trim());
}

describe("the command line's files", () => {
  it("rank as CSV holds no formula, as XLSX texts", async () => {
    expectNoFormula((await line.run(rank, "pm25", "--period", "2024-09", "--csv")).out);
    const file = join(out, "rank.xlsx");
    await line.run(rank, "pm25", "--period", "2024-09", "--xlsx", file);
    await expectTexts(readFileSync(file), NAMES);
  });

  it.each(["places", "readings", "daily"])("export of %s as CSV holds no formula, as XLSX texts", async (table) => {
    const csv = join(out, `${table}.csv`);
    await line.run(exportCommand, "csv", table, "--out", csv);
    expectNoFormula(readFileSync(csv, "utf8"));
    const xlsx = join(out, `${table}.xlsx`);
    await line.run(exportCommand, "xlsx", table, "--out", xlsx);
    await expectTexts(readFileSync(xlsx), NAMES);
  });

  it("briefings of the district show the letters, in every format", async () => {
    for (const format of ["html", "docx", "xlsx", "pdf"]) {
      const { code: exit, out: said } = await line.run(
        briefDistrict,
        "--period",
        "2024-09",
        "--place",
        "朝阳区",
        "--format",
        format,
        "--out",
        join(out, format),
      );
      expect(exit).toBe(0);
      const name = readdirSync(join(out, format), { recursive: true })
        .map(String)
        .find((one) => one.endsWith(`.${format}`));
      const bytes = readFileSync(join(out, format, name ?? said));
      if (format === "html") expectNoMarkup(bytes.toString());
      if (format === "docx") expectNoMarkup(strFromU8(unzipSync(bytes)["word/document.xml"] ?? new Uint8Array()));
      if (format === "xlsx") await expectTexts(bytes, []);
      if (format === "pdf" && hasPoppler) {
        const text = pageTexts(bytes).join("");
        expect(text).toContain("DROPTABLEreading");
        // What the typesetter would have worked out is printed as it was written.
        expect(text).toContain("#(40+2)");
      }
    }
  }, 240_000);

  it("a township's briefing of each name is made inside its folder, or refused in words where a name fits no column", async () => {
    const made: string[] = [];
    const folder = join(out, "paper", "townships");
    for (const [index] of NAMES.entries()) {
      const asked = line.run(briefTownship, "--period", "2024-09", "--place", code(index), "--out", folder);
      const outcome = await asked.then(
        ({ code: exit }) => String(exit),
        (problem: unknown) => (problem instanceof Fault ? problem.code : String(problem)),
      );
      expect(["0", "briefing.cell-overflow"]).toContain(outcome);
      if (outcome === "0") made.push(NAMES[index] ?? "");
    }
    expect(made.length).toBeGreaterThan(NAMES.length / 2);
    expect(readdirSync(join(out, "paper"))).toEqual(["townships"]);
  }, 240_000);
});

describe("the pages and the interface", () => {
  beforeAll(async () => {
    await line.run(exportCommand, "csv", "places", "--out", join(out, "open.csv"));
    const store = line.store();
    if (store === undefined) throw new RangeError("no command opened the store");
    served = await serve(
      { store, dir: join(out, "none") },
      { readOnlyDemo: true, now: () => new Date("2024-10-12T02:00:00Z") },
    );
  });

  const TOWNSHIP = `/township/${code(0)}`;
  it.each([
    "/rank?indicator=pm25&period=2024-09",
    "/townships",
    TOWNSHIP,
    `/township/${code(1)}`,
    "/search?q=script",
    "/search?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
    `/explain/pm25?place=${code(0)}&period=2024-09`,
    "/data",
    "/air",
    `/air?place=${code(1)}`,
    "/noise",
    "/targets",
    "/changes",
    `/charts/cumulative.svg?place=${code(0)}`,
  ])("%s shows names as letters", async (path) => {
    const response = await served.get(path);
    expect(response.status).toBeLessThan(500);
    expectNoMarkup(await response.text());
  });

  it("the ranking and the interface give CSV without formulas and JSON that no browser takes for a page", async () => {
    expectNoFormula(await (await served.get("/rank.csv?indicator=pm25&period=2024-09")).text());
    expectNoFormula(await (await served.get("/api/v1/places?format=csv&size=100")).text());
    const json = await served.get("/api/v1/ranks?indicator=pm25&period=2024-09");
    expect(json.headers.get("content-type")).toMatch(/^application\/json/);
    expect(json.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it.each(NAMES)("a question with the name %j is answered, and nothing is gone", async (name) => {
    const count = "SELECT count(*) AS n FROM reading";
    const before = await served.store.sql.one(count);
    const word = encodeURIComponent(name);
    for (const path of [
      `/rank?indicator=${word}`,
      `/rank?indicator=pm25&period=${word}`,
      `/explain/${word}?place=${word}&period=2024-09`,
      `/search?q=${word}`,
      `/township/${word}`,
      `/api/v1/statistics?indicator=pm25&period=2024-09&place=${word}`,
      `/api/v1/readings?indicator=pm25&period=2024-09&place=${word}`,
      `/api/v1/ranks?indicator=pm25&period=2024-09&policy=${word}`,
      `/api/v1/targets/${word}`,
      `/api/v1/${word}`,
    ]) {
      const response = await served.get(path);
      expect([path, response.status < 500]).toEqual([path, true]);
      if ((response.headers.get("content-type") ?? "").startsWith("text/html")) expectNoMarkup(await response.text());
      else await response.body?.cancel();
    }
    expect(await served.store.sql.one(count)).toEqual(before);
  });
});

describe("a CSV cell", () => {
  it("keeps numbers, also negative ones, and nothing else that begins like a formula", () => {
    expect([-1.5, "-1.5", "+7", "-", "-x", "=1", "a,b", 'a"b', null, true].map((one) => csvCell(one))).toEqual([
      "-1.5",
      "-1.5",
      "+7",
      "'-",
      "'-x",
      "'=1",
      '"a,b"',
      '"a""b"',
      "",
      "true",
    ]);
  });
});
