/**
 * Where readings stood: file, line and the line's own text, found again in the kept originals of the batch that brought
 * them, by the same format that read them.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { placeFinder } from "../src/domain/place-finder.ts";
import type { Span } from "../src/domain/reading.ts";
import { batchById, batchFiles } from "../src/store/batches.ts";
import type { Store } from "../src/store/port.ts";
import type { GridColumn, GridRow, ReadContext, Sink, SourceFile } from "./format.ts";
import { formatNamed } from "./formats.ts";
import { openSource } from "./members.ts";
import { batchOptionsKey } from "./pipeline.ts";
import { openMember } from "./readable.ts";

export type Wanted = {
  readonly placeId: number;
  readonly indicatorId: number;
  readonly start: number;
  readonly span: Span;
};

export type Located = { readonly file: string; readonly line: number; readonly column: string; readonly text: string };

/** By `placeKey`; readings whose line cannot be found again (computed, or the original is gone) are absent. */
export async function locateReadings(
  store: Store,
  batch: number,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<string, Located>> {
  const found = new Map<string, Located>();
  const held = await batchById(store.sql, batch);
  if (held === undefined || wanted.length === 0) return found;
  const keys = new Set(wanted.map(placeKey));
  const starts = new Set(wanted.map((one) => one.start));
  const table = await store.places();
  const finder = placeFinder(table);
  const context: ReadContext = {
    places: finder,
    register: (place) => finder.byCode(place.code)?.id ?? 0,
    now: held.at,
    options: JSON.parse((await store.meta(batchOptionsKey(batch))) ?? "{}") as Record<string, string>,
  };
  const format = formatNamed(held.format);
  const folder = await mkdtemp(join(tmpdir(), "duibiao-locate-"));
  try {
    const files = (await batchFiles(store.sql, batch)).filter(
      (file) => file.outcome === "read" && file.original !== "",
    );
    const originals = new Map(files.map((file) => [file.original, file.name]));
    for (const [sha256, name] of originals) {
      if (!(await store.originals.has(sha256))) continue;
      const path = join(folder, handedIn(name));
      await writeFile(path, await store.originals.get(sha256));
      for (const member of (await openSource(path)).members) {
        for (const read of await openMember(member, format)) {
          if ("refusal" in read) continue;
          format.read(read.file, locator(read.file, keys, starts, found), context);
        }
      }
      await rm(path, { force: true });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return found;
}

export function placeKey({ placeId, indicatorId, start, span }: Wanted): string {
  return `${placeId}|${indicatorId}|${start}|${span}`;
}

/** A sink that keeps nothing but where the wanted values stand; a later one replaces an earlier one, as it does in a store. */
function locator(
  file: SourceFile,
  keys: ReadonlySet<string>,
  starts: ReadonlySet<number>,
  found: Map<string, Located>,
): Sink {
  let columns: readonly GridColumn[] = [];
  const nothing = (): void => undefined;
  return {
    columns: (next) => {
      columns = next;
    },
    row: (row: GridRow) => {
      if (!starts.has(row.start)) return;
      for (const column of columns) {
        const placeId = row.placeId ?? column.placeId;
        const indicatorId = row.indicatorId ?? column.indicatorId;
        if (placeId === undefined || indicatorId === undefined) continue;
        const key = placeKey({ placeId, indicatorId, start: row.start, span: row.span });
        if (!keys.has(key)) continue;
        found.set(key, { file: file.path, line: row.line, column: column.name, text: lineOf(file, row.line) });
      }
    },
    reject: nothing,
    missing: nothing,
    ignored: nothing,
    record: nothing,
  };
}

function lineOf({ text, table }: SourceFile, line: number): string {
  if (table !== undefined) return (table.rows.find((row) => row.line === line)?.cells ?? []).join(" | ");
  return (text.split("\n")[line - 1] ?? "").replace(/\r$/, "");
}

/** A member of an archive is found in the archive: `a.tar.gz/inner/b.csv` was handed in as `a.tar.gz`. */
function handedIn(path: string): string {
  const archive = /^(.*?\.(tar\.gz|tgz|tar|zip))(\/|$)/i.exec(path);
  return basename(archive?.[1] ?? path);
}
