/** Files that are no plan: told plainly, with file, line and what to do. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeXlsx } from "hucre";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importPlan } from "../../../ingest/plan/import-plan.ts";
import { readPlanFile } from "../../../ingest/plan/read-plan-file.ts";
import { Fault } from "../../../src/domain/faults.ts";
import { INVENTED } from "./invented-plan.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plan-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The fault of importing a file of these bytes. */
async function faultOf(name: string, bytes: string | Uint8Array): Promise<Fault> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const problem = await readPlanFile(path)
    .then((blocks) => importPlan(blocks, name))
    .catch((error: unknown) => error);
  if (problem instanceof Fault) return problem;
  throw new Error(`no fault: ${String(problem)}`);
}

describe("files that are no plan", () => {
  it("refuses a PDF renamed to .docx and says what it is", async () => {
    const problem = await faultOf("plan.docx", "%PDF-1.7\n%âãÏÓ\n");
    expect([problem.code, problem.where.file]).toEqual(["plan.file", "plan.docx"]);
    expect(String(problem.params["reason"])).toContain("PDF");
  });

  it.each(["plan.txt", "plan.docx", "plan.xlsx"])("refuses an empty %s", async (name) => {
    expect((await faultOf(name, "")).code).toBe("plan.empty");
  });

  it("refuses a text of white space", async () => {
    expect((await faultOf("plan.txt", " \n \n")).code).toBe("plan.empty");
  });

  it("refuses a paragraph longer than any plan's, and names its line", async () => {
    const problem = await faultOf("plan.txt", `工作计划\n${"不低于".repeat(7_000)}\n`);
    expect([problem.code, problem.where.line]).toEqual(["plan.file", 2]);
    expect(String(problem.params["reason"])).toContain("21000");
  });

  it("refuses a table of three columns, and names the line, the columns seen and those missing", async () => {
    const problem = await faultOf(
      "three.txt",
      "\n海区计划\n\n\t序号\n\t重点任务\n\t完成时限\n\n\t1\n\t净水\n\t年底前\n",
    );
    expect(problem).toMatchObject({
      code: "plan.columns",
      where: { file: "three.txt", line: 4 },
      params: { count: 3, seen: "序号、重点任务、完成时限", missing: "工作措施、主责单位（或牵头部门）" },
    });
  });

  it.each([
    ["unknown headings", "甲、乙、丙"],
    ["a measure column", "序号、重点任务、工作措施"],
  ])("refuses a text of three columns with %s", async (_, seen) => {
    const rows = [seen.split("、"), ["1", "净水", "修管网。"]].map((cells) =>
      cells.map((cell) => `\t${cell}`).join("\n"),
    );
    const problem = await faultOf("three.txt", `\n海区计划\n\n${rows.join("\n\n")}\n`);
    expect(problem).toMatchObject({ code: "plan.columns", where: { line: 4 }, params: { count: 3, seen } });
  });

  it("refuses a sheet of three columns at its row", async () => {
    const rows = [["海区计划"], [null, null, null], ["甲", "乙", "丙"], ["一", "二", "三"]];
    const problem = await faultOf("three.xlsx", await writeXlsx({ sheets: [{ name: "Sheet1", rows }] }));
    expect(problem).toMatchObject({
      code: "plan.columns",
      where: { file: "three.xlsx" },
      params: { seen: "甲、乙、丙" },
    });
    expect(problem.where.line).toBe(3);
  });

  it("refuses a file without a table, and a table without rows", async () => {
    expect((await faultOf("words.txt", "只有一段话，没有表。\n")).code).toBe("plan.no-table");
    const head = "\n计划\n\n\t序号\n\t重点任务\n\t工作措施\n\t完成时限\n\t主责单位\n";
    expect((await faultOf("head.txt", head)).code).toBe("plan.no-rows");
  });

  it("refuses a zip that is no Office file, and one that is cut off", async () => {
    const sheet = await writeXlsx({ sheets: [{ name: "Sheet1", rows: [["甲"]] }] });
    expect((await faultOf("cut.xlsx", sheet.slice(0, sheet.length / 2))).code).toBe("plan.file");
    // An empty archive.
    const archive = new Uint8Array(22);
    archive.set([0x50, 0x4b, 0x05, 0x06]);
    expect((await faultOf("other.docx", archive)).code).toBe("plan.file");
  });

  it("refuses a text renamed to .docx, an old Word file and bytes that are no text", async () => {
    expect((await faultOf("text.docx", INVENTED)).code).toBe("plan.file");
    expect((await faultOf("old.docx", new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).code).toBe("plan.file");
    expect((await faultOf("bytes.txt", new Uint8Array([1, 0, 2, 0, 255]))).code).toBe("plan.file");
  });

  it("refuses a path that leads nowhere", async () => {
    await expect(readPlanFile(join(folder, "none.txt"))).rejects.toMatchObject({ code: "ingest.path-missing" });
    await expect(readPlanFile(folder)).rejects.toMatchObject({ code: "ingest.path-missing" });
  });
});
