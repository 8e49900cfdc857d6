/** `duibiao doctor`: checks what the store promises, and with `--repair` puts right what is safe to. */
import { resolve } from "node:path";
import type { Finding } from "../analysis/doctor-finding.ts";
import type { Store } from "../store/port.ts";
import { command } from "./command.ts";

export const doctor = command({
  name: "doctor",
  zh: "体检：表结构、键唯一、历史首尾相接、日值等于重算、账目、原件、简报、审计；可修的先备份再修",
  words: [],
  options: {
    repair: { type: "boolean", zh: "先备份，再修能放心修的：重算日值、去掉逐字相同的重复读数、清除中断留下的文件" },
    backup: { type: "string", value: "FILE", zh: "修之前的备份写到哪里（默认在数据库文件夹旁边）" },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: ["duibiao doctor", "duibiao doctor --repair"],
  async run(_words, { repair, backup, json }, { openStore, out, now, progress }) {
    const { examine } = await import("../analysis/doctor.ts");
    const store = await openStore();
    const before = await examine(store);
    const mended = repair ? await mend(store, before, backup ?? besides(store, now()), progress) : undefined;
    const findings = mended === undefined ? before : await examine(store);
    const ok = findings.every((finding) => finding.ok);
    if (json) {
      out(JSON.stringify({ ok, checks: findings, ...(mended === undefined ? {} : mended) }));
      return ok ? 0 : 3;
    }
    if (mended !== undefined) out(`修之前的备份：${mended.backup}`);
    for (const { zh } of mended?.repairs ?? []) out(`已修：${zh}`);
    for (const { zh, ok: good, detail } of findings) out(`${good ? "✓" : "✕"} ${zh}：${detail}`);
    const fixable = !ok && !repair && before.some(({ check, ok: good }) => !good && FIXABLE.includes(check));
    out(
      ok
        ? "数据库完好"
        : fixable
          ? "发现问题：运行 duibiao doctor --repair，会先备份"
          : "发现问题：先备份整个文件夹，再联系维护者",
    );
    return ok ? 0 : 3;
  },
});

const FIXABLE = ["daily", "unique"];

type Mended = { readonly backup: string; readonly repairs: readonly { readonly check: string; readonly zh: string }[] };

/** @returns undefined when there is nothing to repair; then nothing is written, no backup either */
async function mend(
  store: Store,
  findings: readonly Finding[],
  file: string,
  progress: (line: string) => void,
): Promise<Mended | undefined> {
  const [{ repairable, repairStore }, { backupStore }] = await Promise.all([
    import("../analysis/doctor-repair.ts"),
    import("../store/backup.ts"),
  ]);
  if (!(await repairable(store, findings))) return undefined;
  progress("正在备份 …");
  await backupStore(store, file);
  return { backup: file, repairs: await repairStore(store, findings) };
}

/** Not inside the store's folder: a backup must not hold backups. */
function besides({ dir }: Store, now: Date): string {
  return `${resolve(dir)}-修复前-${now.toISOString().replace(/[:.]/g, "")}.tar.gz`;
}
