/** `duibiao restore`: a backup into a new folder, every byte checked, and the store opened once to prove it. */
import { examine } from "../analysis/doctor.ts";
import { restoreStore } from "../store/backup.ts";
import { openStore } from "../store/open.ts";
import { command } from "./command.ts";
import { seedPlaces } from "./seeds.ts";

export const restore = command({
  name: "restore",
  zh: "把备份恢复到一个新文件夹，逐字节核对并体检",
  words: [{ name: "<file>", zh: "备份文件" }],
  options: {
    into: { type: "string", value: "DIR", zh: "恢复到哪里（必须还不存在或是空的）", required: true },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: ["duibiao restore 备份-2026-11-24.tar.gz --into data-恢复"],
  async run([file = ""], { into, json }, { out, progress }) {
    progress("正在恢复 …");
    const { files } = await restoreStore(file, into);
    const store = await openStore(into, { seeds: seedPlaces() });
    try {
      const bad = (await examine(store)).filter((finding) => !finding.ok);
      if (json) out(JSON.stringify({ into, files: files.length, ok: bad.length === 0, problems: bad }));
      else {
        out(`已恢复到 ${into}：${files.length} 个文件，${bad.length === 0 ? "体检完好" : "体检发现问题"}`);
        for (const { zh, detail } of bad) out(`✕ ${zh}：${detail}`);
      }
      return bad.length === 0 ? 0 : 3;
    } finally {
      await store.close();
    }
  },
});
