/** `duibiao doctor`: checks what the store promises. */
import { examine } from "../analysis/doctor.ts";
import { command } from "./command.ts";

export const doctor = command({
  name: "doctor",
  zh: "体检：键唯一、账目相符、日值等于重算、原件齐全",
  words: [],
  options: { json: { type: "boolean", zh: "只输出一份 JSON" } },
  examples: ["duibiao doctor"],
  async run(_words, { json }, { openStore, out }) {
    const findings = await examine(await openStore());
    const ok = findings.every((finding) => finding.ok);
    if (json) out(JSON.stringify({ ok, checks: findings }));
    else {
      for (const { zh, ok: good, detail } of findings) out(`${good ? "✓" : "✕"} ${zh}：${detail}`);
      out(ok ? "数据库完好" : "发现问题：先备份整个文件夹，再联系维护者");
    }
    return ok ? 0 : 3;
  },
});
