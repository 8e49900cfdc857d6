/** What the disk refused, told as a fault: DuckDB and Node only say it in their own words. */
import { open } from "node:fs/promises";
import { type Fault, fault } from "../domain/faults.ts";

/**
 * The system's words for a full disk, a broken one, one mounted for reading only, and a quota; and DuckDB's own for what
 * it does not give the system's words of.
 */
const REFUSED =
  /No space left on device|ENOSPC|Input\/output error|\bEIO\b|Read-only file system|EROFS|Disk quota exceeded|EDQUOT|fsync failed|Could not rename file/;

/**
 * After this DuckDB answers nothing more until the file is opened anew: what it has in memory is not what is on the disk.
 * A commit the disk did not confirm may be found there then, or not.
 */
const LOST = /FATAL Error|database has been invalidated/;

/**
 * @returns the fault `store.not-written`, or `store.unconfirmed` for a database that is lost (and tells of it), or
 * undefined when an error has another cause
 */
export function diskFault(error: unknown): Fault | undefined {
  const words = error instanceof Error ? error.message : String(error);
  const found = REFUSED.exec(words)?.[0];
  const lost = LOST.test(words);
  const told =
    found === undefined
      ? undefined
      : fault(lost ? "store.unconfirmed" : "store.not-written", { reason: found }, { parameter: "--store" });
  if (lost)
    for (const tell of listeners) tell(told ?? fault("store.broken", { reason: words.split("\n")[0] ?? words }));
  return told;
}

const listeners = new Set<(reason: Fault) => void>();

/** Has somebody told once DuckDB has given its file up: going on would only mean refusing everybody. @returns ends the telling */
export function whenLost(tell: (reason: Fault) => void): () => void {
  listeners.add(tell);
  return () => void listeners.delete(tell);
}

/** Any other error of a call to the system: Node tells of a refused `mkdir` as of a folder that is not there. */
function systemFault(error: unknown): Fault | undefined {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return undefined;
  return fault(
    "store.not-written",
    { reason: `${String(error.syscall)} ${String(error.code)}` },
    { parameter: "--store" },
  );
}

/** Waits until a file's bytes are on the disk. */
export async function syncFile(file: string): Promise<void> {
  await sync(file, "r+");
}

/** Waits until the names given in a folder are: a renamed file outlives a power cut only then. Windows has no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform !== "win32") await sync(folder, "r");
}

async function sync(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Runs `work`, which writes; what the disk refused is thrown as the fault. */
export async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw diskFault(error) ?? systemFault(error) ?? error;
  }
}
