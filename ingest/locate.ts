/**
 * Where readings stood: file, line and the line's own text, found again in the kept originals of the batch that brought
 * them, by the same format that read them.
 */
import type { Span } from "../src/domain/reading.ts";
import { HOUR_MS } from "../src/domain/time.ts";
import { batchById } from "../src/store/batches.ts";
import type { Store } from "../src/store/port.ts";
import { contentOf, contextOf } from "./batch-files.ts";
import type { GridColumn, GridRow, Sink, SourceFile } from "./format.ts";

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
  const context = await contextOf(store, held);
  const { format, files } = await contentOf(store, held);
  for (const { file } of files) format.read(file, locator(file, keys, starts, found), context);
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
      for (const { start, span } of standsFor(row)) {
        if (!starts.has(start)) continue;
        for (const column of columns) {
          const placeId = row.placeId ?? column.placeId;
          const indicatorId = row.indicatorId ?? column.indicatorId;
          if (placeId === undefined || indicatorId === undefined) continue;
          const key = placeKey({ placeId, indicatorId, start, span });
          if (!keys.has(key) || (span !== row.span && found.has(key))) continue;
          found.set(key, { file: file.path, line: row.line, column: column.name, text: lineOf(file, row.line) });
        }
      }
    },
    reject: nothing,
    missing: nothing,
    ignored: nothing,
    record: nothing,
  };
}

/** What a row's values are: themselves, and of a minute also the hour it helped to make, found at the first such minute. */
function standsFor({ start, span }: GridRow): readonly { readonly start: number; readonly span: Span }[] {
  return span === "minute"
    ? [
        { start, span },
        { start: start - (start % HOUR_MS), span: "hour" },
      ]
    : [{ start, span }];
}

function lineOf({ text, table }: SourceFile, line: number): string {
  if (table !== undefined) return (table.rows.find((row) => row.line === line)?.cells ?? []).join(" | ");
  return (text.split("\n")[line - 1] ?? "").replace(/\r$/, "");
}
