/** Days of the real archive as files in a folder, for tests that split, reorder and mix them. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import { shared } from "../shared.ts";

/** Base name → text of the archive's files whose day the filter takes. */
export async function archiveFiles(takes: (day: string) => boolean): Promise<ReadonlyMap<string, string>> {
  const bytes = gunzipSync(readFileSync(shared("data/quotsoft-beijing-2015.tar.gz")));
  return await new Promise((resolve, reject) => {
    const files = new Map<string, string>();
    const parser = new Parser({
      onReadEntry(entry: ReadEntry) {
        const name = entry.path.split("/").at(-1) ?? "";
        const parts: Buffer[] = [];
        entry.on("data", (part: Buffer) => parts.push(part));
        entry.on("end", () => {
          const day = /_(\d{8})\.csv$/.exec(name)?.[1];
          if (day !== undefined && takes(day)) files.set(name, Buffer.concat(parts).toString("utf8"));
        });
      },
    });
    parser.on("end", () => resolve(files));
    parser.on("error", reject);
    parser.end(bytes);
  });
}

/** Writes files into a new folder and returns its path. */
export function folderOf(parent: string, name: string, files: Iterable<readonly [string, string]>): string {
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of files) writeFileSync(join(folder, file), text);
  return folder;
}
