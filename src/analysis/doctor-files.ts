/** Checks of the files beside the catalogue: originals, frozen briefings, and what a killed process left. */
import { Fault } from "../domain/faults.ts";
import { allBriefings, frozenBytes } from "../store/briefings.ts";
import { leftovers } from "../store/leftovers.ts";
import type { Store } from "../store/port.ts";
import type { Finding } from "./doctor-finding.ts";

/** Every original a batch names is there, byte for byte. */
export async function checkOriginals({ sql, originals }: Store): Promise<Finding> {
  const wanted = await sql.rows<{ original: string }>(
    "SELECT DISTINCT original FROM batch_file WHERE original <> '' ORDER BY original",
  );
  const lost: string[] = [];
  for (const { original } of wanted) if (!(await sound(originals.get(original)))) lost.push(original);
  const detail =
    lost.length === 0 ? `原件 ${wanted.length} 个，都在且未改动` : `缺少或被改动 ${lost.length} 个，例如 ${lost[0]}`;
  return { check: "originals", zh: "原件都在", ok: lost.length === 0, detail };
}

/** The bytes of every briefing are those that were frozen. */
export async function checkBriefings(store: Store): Promise<Finding> {
  // An older program kept the bytes of some elsewhere; those have no digest of inputs, and say so where they are shown.
  const kept = (await allBriefings(store.sql)).filter(({ digest }) => digest !== "");
  const lost: string[] = [];
  for (const { name, version, sha256 } of kept) {
    if (!(await sound(frozenBytes(store, sha256)))) lost.push(`${name} 第 ${version} 版`);
  }
  const detail =
    lost.length === 0 ? `简报 ${kept.length} 份，逐字节未变` : `缺少或被改动 ${lost.length} 份，例如 ${lost[0]}`;
  return { check: "briefings", zh: "发布的简报没有被改动", ok: lost.length === 0, detail };
}

/** Not a fault: a killed process leaves them, and nothing reads them. */
export async function checkLeftovers(store: Store): Promise<Finding> {
  const files = await leftovers(store);
  const detail = files.length === 0 ? "没有" : `${files.length} 个，无害，可用 --repair 清除，例如 ${files[0]}`;
  return { check: "leftovers", zh: "中断留下的文件", ok: true, detail };
}

async function sound(bytes: Promise<unknown>): Promise<boolean> {
  try {
    await bytes;
    return true;
  } catch (error) {
    // gzip tells of a changed byte before the hash could.
    if (error instanceof Fault || (error instanceof Error && "code" in error)) return false;
    throw error;
  }
}
