/** The nightly backup while serving: taken when nothing is being changed, the newest kept. */
import { mkdir, readdir, rm } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { dayOf, dayText, minuteText } from "../../domain/time.ts";
import { backupStore } from "../../store/backup.ts";
import type { ServerContext } from "../context.ts";
import type { ServiceConfig } from "../service-config.ts";

const NAME = /^duibiao-\d{4}-\d{2}-\d{2}-\d{4}\.tar\.gz$/;

export async function nightlyBackup(
  { store, change, alone, now }: Pick<ServerContext, "store" | "change" | "alone" | "now">,
  { backup: { folder, keep } }: ServiceConfig,
): Promise<string> {
  const dir = isAbsolute(folder) ? folder : join(store.dir, folder);
  await mkdir(dir, { recursive: true });
  const at = now().getTime();
  const name = `duibiao-${dayText(dayOf(at))}-${minuteText(at).slice(-5).replace(":", "")}.tar.gz`;
  // Neither an import nor a small change writes meanwhile; pages go on reading.
  const { files } = await change(() => alone(() => backupStore(store, join(dir, name))));
  const all = (await readdir(dir)).filter((one) => NAME.test(one)).sort();
  const old = all.slice(0, Math.max(0, all.length - keep));
  for (const one of old) await rm(join(dir, one));
  return `${name}，${files.length} 个文件${old.length === 0 ? "" : `，移除旧的 ${old.length} 份`}`;
}
