/** What the disk refused, told as a fault: DuckDB and Node only say it in their own words. */
import { type Fault, fault } from "../domain/faults.ts";

/** The system's words for a full disk, a broken one, one mounted for reading only, and a quota. */
const REFUSED =
  /No space left on device|ENOSPC|Input\/output error|\bEIO\b|Read-only file system|EROFS|Disk quota exceeded|EDQUOT/;

/** @returns the fault `store.not-written`, or undefined when an error has another cause */
export function diskFault(error: unknown): Fault | undefined {
  const words = error instanceof Error ? error.message : String(error);
  const found = REFUSED.exec(words)?.[0];
  return found === undefined ? undefined : fault("store.not-written", { reason: found }, { parameter: "--store" });
}

/** Runs `work`; what the disk refused is thrown as the fault. */
export async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw diskFault(error) ?? error;
  }
}
