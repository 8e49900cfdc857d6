/** Word files laid out as offices do: headings between tables, headers of two rows, titles inside the table. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Document, Packer, Paragraph, Table, TableCell, TableRow } from "docx";
import { describe, expect, it } from "vitest";
import type { PlanDraft } from "../../../ingest/plan/draft.ts";
import { importPlan } from "../../../ingest/plan/import-plan.ts";
import { readPlanFile } from "../../../ingest/plan/read-plan-file.ts";

type CellSpec = string | { readonly text: string; readonly across?: number; readonly down?: number };

const HEAD = ["序号", "重点任务", "工作措施", "完成时限", "责任单位"];

function table(...rows: readonly (readonly CellSpec[])[]): Table {
  return new Table({
    rows: rows.map(
      (cells) =>
        new TableRow({
          children: cells.map((cell) => {
            const { text, across = 1, down = 1 } = typeof cell === "string" ? { text: cell } : cell;
            return new TableCell({
              columnSpan: across,
              rowSpan: down,
              children: text.split("\n").map((part) => new Paragraph(part)),
            });
          }),
        }),
    ),
  });
}

async function draftOf(...children: readonly (Paragraph | Table)[]): Promise<PlanDraft> {
  const folder = mkdtempSync(join(tmpdir(), "plan-"));
  try {
    const path = join(folder, "海区计划.docx");
    writeFileSync(path, await Packer.toBuffer(new Document({ sections: [{ children: [...children] }] })));
    return importPlan(await readPlanFile(path), "海区计划.docx");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("plans as Word files", () => {
  it("takes headings between two tables for the sections of one plan", async () => {
    const draft = await draftOf(
      new Paragraph("海区碧水2026年行动计划"),
      new Paragraph("一、目标"),
      table(HEAD, ["1", "净水", "达标率达到95%。", "年底前", "水务局"]),
      new Paragraph("二、工程"),
      table(HEAD, ["2", "管网", "新建管网5公里。", "年底前", "水务局"]),
    );
    expect(draft.sections.map((one) => one.title)).toEqual(["一、目标", "二、工程"]);
    expect(draft.plans).toHaveLength(1);
    expect(draft.plans[0]?.tasks.map((task) => [task.no, task.name])).toEqual([
      [1, "净水"],
      [2, "管网"],
    ]);
  });

  it("reads a header of two rows", async () => {
    const draft = await draftOf(
      new Paragraph("海区碧水2026年行动计划"),
      table(
        [
          ...["序号", "重点任务", "工作措施", "完成时限"].map((text) => ({ text, down: 2 })),
          { text: "责任单位", across: 2 },
        ],
        ["牵头单位", "配合单位"],
        ["1", "净水", "达标率达到95%。", "年底前", "水务局", "各镇街"],
      ),
    );
    expect(draft.plans[0]?.tasks[0]?.measures[0]).toMatchObject({
      lead: ["水务局"],
      support: ["各镇街"],
      text: "达标率达到95%。",
    });
  });

  it("finds a title inside the table, and takes the file's name where there is none", async () => {
    const row = ["1", "净水", "达标率达到95%。", "年底前", "水务局"];
    const inside = await draftOf(table([{ text: "海区净土2026年行动计划", across: 5 }], HEAD, row));
    expect(inside.plans[0]).toMatchObject({ plan: "soil", title: "海区净土2026年行动计划" });
    const none = await draftOf(table(HEAD, row));
    expect(none.plans[0]?.title).toBe("海区计划");
  });

  it("keeps a deadline merged over several tasks, which blank cells alone would not say", async () => {
    const draft = await draftOf(
      new Paragraph("海区碧水2026年行动计划"),
      table(
        HEAD,
        ["1", "净水", "达标率达到95%。", { text: "年底前", down: 2 }, "水务局"],
        ["2", "管网", "新建管网5公里。", "水务局"],
      ),
    );
    expect(draft.plans[0]?.tasks[1]?.measures[0]).toMatchObject({ deadline: "年底前", flags: ["deadline.filled"] });
  });

  it("gives one measure that runs over two rows the units of both", async () => {
    const draft = await draftOf(
      new Paragraph("海区碧水2026年行动计划"),
      table(
        HEAD,
        [
          { text: "1", down: 2 },
          { text: "净水", down: 2 },
          { text: "达标率达到95%。", down: 2 },
          { text: "年底前", down: 2 },
          "水务局",
        ],
        ["城管局"],
      ),
    );
    expect(draft.plans[0]?.tasks[0]?.measures).toMatchObject([{ lead: ["水务局", "城管局"], deadline: "年底前" }]);
  });

  it("leaves another table of the document out of the tasks, but not its numbers out of the account", async () => {
    const draft = await draftOf(
      new Paragraph("海区碧水2026年行动计划"),
      table(HEAD, ["1", "净水", "达标率达到95%。", "年底前", "水务局"]),
      table(["断面", "目标"], ["东桥断面", "不高于20毫克/升"]),
    );
    expect(draft.plans[0]?.tasks).toHaveLength(1);
    expect(draft.draftTargets.map((one) => [one.task, one.value])).toEqual([
      [1, 95],
      [null, 20],
    ]);
  });
});
