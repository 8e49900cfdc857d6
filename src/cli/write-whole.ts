/** Either the whole file or none: a reader never finds half of one. */
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fault } from "../domain/faults.ts";

/** Writes beside the file and moves it there at the end. @throws Fault `file.not-written` */
export async function writeWhole(file: string, bytes: Uint8Array | string): Promise<void> {
  const part = `${file}.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(part, bytes);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw fault("file.not-written", { file, reason }, { file });
  }
}
