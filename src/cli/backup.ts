/** `duibiao backup`: the whole store as one checked archive. */
import { backupStore } from "../store/backup.ts";
import { command } from "./command.ts";

export const backup = command({
  name: "backup",
  zh: "备份整个数据库文件夹到一个压缩文件（含原件和校验清单）",
  words: [{ name: "<file>", zh: "备份文件，例如 备份-2026-11-24.tar.gz；已存在则报错" }],
  options: { json: { type: "boolean", zh: "只输出一份 JSON" } },
  examples: ["duibiao backup 备份-2026-11-24.tar.gz"],
  async run([file = ""], { json }, { openStore, out, progress }) {
    const store = await openStore();
    progress("正在备份 …");
    const { files, schema } = await backupStore(store, file);
    const bytes = files.reduce((sum, one) => sum + one.bytes, 0);
    out(
      json
        ? JSON.stringify({ file, schema, files: files.length, bytes })
        : `已备份到 ${file}：${files.length} 个文件，共 ${(bytes / 1e6).toFixed(1)} MB`,
    );
    return 0;
  },
});
