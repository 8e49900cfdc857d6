/** `duibiao plan review`: the draft of a plan file as YAML, for a person to correct and decide. */
import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { command } from "./command.ts";
import { draftOfFile, yearOption } from "./plan-draft.ts";

export const planReview = command({
  name: "plan review",
  zh: "把计划文件的草稿写成可以修改的 YAML；改完交给 plan adopt",
  words: [{ name: "<file>", zh: "计划文件（.txt、.docx、.xlsx）" }],
  options: {
    year: { type: "string", value: "YYYY", zh: "计划年份（标题里没有年份时用）" },
    place: { type: "string", value: "P", zh: "计划约束的地点的代码，如 110105" },
    out: { type: "string", value: "F", zh: "写到这个文件（不覆盖已有的文件）；默认打印" },
    json: { type: "boolean", zh: "输出草稿的 JSON" },
  },
  examples: ["duibiao plan review 2025年行动计划.docx --place 110105 --out 草稿.yaml"],

  async run([file = ""], { year, place, out: target, json }, { out, write }) {
    const fallback = yearOption(year);
    const draft = await draftOfFile(file);
    const { reviewYaml } = await import("../../ingest/plan/review-form.ts");
    const text = reviewYaml(draft, { file: basename(file), year: fallback, place: place ?? "" });
    if (target !== undefined) {
      await writeNew(target, text);
      out(`草稿已写到 ${target}：逐条确认后运行 duibiao plan adopt ${target}`);
    } else if (json) out(JSON.stringify(draft));
    else await write(text);
    return 0;
  },
});

/** A person's corrections are never overwritten. */
async function writeNew(path: string, text: string): Promise<void> {
  const { fault } = await import("../domain/faults.ts");
  try {
    await writeFile(path, text, { flag: "wx" });
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === "EEXIST";
    const expected = exists ? "一个还没有的文件（草稿不会被覆盖）" : "一个可以写入的路径";
    throw fault("option.value", { option: "out", given: path, expected }, { parameter: "--out" });
  }
}
