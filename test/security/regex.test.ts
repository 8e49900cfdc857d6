/** No pattern that sees input may be driven into hours of backtracking by a text made for it. */
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { type FoundPattern, hardTexts, patternsIn, patternsOf } from "./regex-scan.ts";

/** A linear pattern answers in milliseconds; one that needs longer for a hundred and fifty thousand repeats grows with their square. */
const PATIENCE_MS = 2_500;

/** Patterns that are slow on hard texts but never see one, with the reason. */
const BOUNDED: readonly (readonly [file: string, reason: string])[] = [
  ["src/server/api/openapi.ts", "paths of our own routes"],
  ["src/store/store-config.ts", "one address of the store's own settings"],
  ["src/store/influx/refusal.ts", "the first 300 characters of what the configured server says"],
  ["ingest/plan/read-docx.ts", "tags the Word reader itself writes: each is closed, and text in between is escaped"],
  ["ingest/plan/read-item.ts", "a paragraph of a plan, at most 20,000 characters (read-plan-file.ts)"],
  ["ingest/plan/target-dates.ts", "a paragraph of a plan, at most 20,000 characters (read-plan-file.ts)"],
  ["ingest/plan/units.ts", "a paragraph of a plan, at most 20,000 characters (read-plan-file.ts)"],
  ["reports/briefings/docx-bytes.ts", "parts of a Word file written here"],
  ["reports/briefings/png.ts", "charts drawn here"],
];

const key = ({ file, source }: FoundPattern): string => `${file} /${source}/`;

/** The patterns that did not answer in time, with the text each was given. */
async function slowOnes(patterns: readonly FoundPattern[]): Promise<readonly string[]> {
  const slow: string[] = [];
  let worker = start();
  for (const pattern of patterns) {
    const stuckAt = await ask(worker, pattern);
    if (stuckAt === undefined) continue;
    slow.push(`${key(pattern)} on ${stuckAt}`);
    await worker.terminate();
    worker = start();
  }
  await worker.terminate();
  return slow;
}

function start(): Worker {
  return new Worker(new URL("regex-worker.mjs", import.meta.url));
}

function ask(worker: Worker, { source, flags }: FoundPattern): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    let trying = "nothing yet";
    const timer = setTimeout(() => end(trying), PATIENCE_MS);
    const heard = (message: { readonly done?: boolean; readonly trying?: string }): void => {
      if (message.done === true) end(undefined);
      else {
        trying = message.trying ?? trying;
        timer.refresh();
      }
    };
    const end = (found: string | undefined): void => {
      clearTimeout(timer);
      worker.off("message", heard);
      worker.off("error", reject);
      resolve(found);
    };
    worker.on("message", heard);
    worker.on("error", reject);
    worker.postMessage({ source, flags, hard: hardTexts(source) });
  });
}

describe("patterns in the sources", () => {
  it("are found where they stand, and division and comments are not taken for them", () => {
    const text = [
      "const a = b / c / d; // not /this/",
      "/* nor /that/ */",
      'const s = "nor /this/";',
      "const r = /a[/\\]]b/giu;",
      "f(`x $" + "{text.replace(/y/g, `$" + "{/z/.source}`)} /w/`);",
    ].join("\n");
    expect(patternsOf(text, "x.ts").map(({ line, source, flags }) => `${line} ${source} ${flags}`)).toEqual([
      "4 a[/\\]]b giu",
      "5 y g",
      "5 z ",
    ]);
  });

  it("that are slow by nature are noticed: nested, overlapping, and searched from every start", async () => {
    const bad = ["^(a+)+$", "^\\s*x?\\s*y$", "<!--[^]*?-->", "0+$"];
    const found = await slowOnes(bad.map((source) => ({ file: "x", line: 1, source, flags: "" })));
    expect(found).toHaveLength(bad.length);
  }, 120_000);

  it("answer every text in time", async () => {
    const patterns = patternsIn(["src", "ingest", "reports", "seeds"]);
    expect(patterns.length).toBeGreaterThan(400);
    const unique = [...new Map(patterns.map((one) => [`${one.source}/${one.flags}`, one])).values()];
    const slow = (await slowOnes(unique)).filter((one) => !BOUNDED.some(([file]) => one.startsWith(`${file} `)));
    expect(slow).toEqual([]);
  }, 600_000);
});
