/** `duibiao plan import`: what a plan file holds, as a draft. Nothing is kept: that takes a person's yes (`plan adopt`). */
import { command } from "./command.ts";
import { draftOfFile, yearOption } from "./plan-draft.ts";
import { draftLines } from "./plan-draft-lines.ts";

export const planImport = command({
  name: "plan import",
  zh: "读入一份计划（.txt、.docx、.xlsx），列出任务、措施和拟定目标；只是草稿，不写入登记册",
  words: [{ name: "<file>", zh: "计划文件" }],
  options: {
    year: { type: "string", value: "YYYY", zh: "计划年份（标题里没有年份时用）" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: ["duibiao plan import 2025年行动计划.docx", "duibiao plan import plan.xlsx --json"],

  async run([file = ""], { year, json }, { out }) {
    yearOption(year);
    const draft = await draftOfFile(file);
    if (json) out(JSON.stringify(draft));
    else for (const line of draftLines(draft, file)) out(line);
    return 0;
  },
});
