/**
 * A format that reads a file again with some lines put right, and hands on only what those lines bring.
 *
 * The whole file is read, since heads, limits and summer time are told by other lines; but a line nobody changed was
 * accounted for before, and a later batch may have corrected it since, so nothing of it is taken a second time.
 */
import { CELL_SEPARATOR } from "../cell-separator.ts";
import type { Format, GridColumn, GridRow, PlaceToRegister, ReadContext, Sink, SourceFile } from "../format.ts";

export type MendedFile = {
  /** The file before its lines were put right. */
  readonly before: SourceFile;
  /** The lines handed back, each with the columns that had been rejected there. */
  readonly lines: ReadonlyMap<number, ReadonlySet<string>>;
};

/** A format for files whose lines were put right. @param files by path as the batch names them */
export function mendingFormat(format: Format, files: ReadonlyMap<string, MendedFile>): Format {
  return {
    ...format,
    read(file, sink, context) {
      const mended = files.get(file.path);
      if (mended === undefined) return undefined;
      const { lines } = mended;
      const { held, place } = registrar(context);
      const before = tally();
      const had = new Map<number, Set<string>>();
      const bare: Sink = {
        ...before.sink,
        columns: (columns) => before.use(columns),
        row: (row) => {
          if (!lines.has(row.line)) return;
          const seen = had.get(row.line) ?? new Set();
          for (const cell of cellsOf(before.columns(), row)) seen.add(cell.key);
          had.set(row.line, seen);
        },
      };
      const refusal = format.read(mended.before, bare, held);
      if (refusal !== undefined) return refusal;
      const after = tally();
      const again = format.read(
        file,
        {
          columns: (columns) => after.use(columns),
          row: (row) => {
            const columns = lines.get(row.line);
            if (columns === undefined) return;
            const cells = cellsOf(after.columns(), row).filter(
              ({ key, column }) =>
                format.unit === "row" || isOffered(columns, column.name) || had.get(row.line)?.has(key) !== true,
            );
            if (cells.length === 0) return;
            sink.columns(cells.map(({ column }) => ({ ...column, placeId: place(column.placeId) })));
            sink.row({
              ...row,
              placeId: place(row.placeId),
              cells: cells.map(({ text }) => text).join(CELL_SEPARATOR),
            });
          },
          reject: (reject) => {
            if (lines.has(reject.line)) sink.reject(reject);
          },
          record: (record) => {
            if (!lines.has(record.line)) return;
            const of = record.values["place"];
            sink.record(
              typeof of === "number" ? { ...record, values: { ...record.values, place: place(of) ?? of } } : record,
            );
          },
          missing: after.sink.missing,
          ignored: after.sink.ignored,
        },
        held,
      );
      sink.missing(Math.max(0, after.count.missing - before.count.missing));
      sink.ignored(Math.max(0, after.count.ignored - before.count.ignored));
      return again;
    },
  };
}

/** A row whose reject names no column, or one that holds no value, was rejected as a whole. */
function isOffered(columns: ReadonlySet<string>, name: string): boolean {
  return columns.has(name) || columns.has("");
}

type Cell = { readonly key: string; readonly column: GridColumn; readonly text: string };

function cellsOf(columns: readonly GridColumn[], row: GridRow): readonly Cell[] {
  const texts = row.cells.split(CELL_SEPARATOR);
  return columns.map((column, k) => {
    const text = texts[k] ?? "";
    const of = [
      row.placeId ?? column.placeId,
      row.indicatorId ?? column.indicatorId,
      row.start,
      row.span,
      row.flag ?? 0,
    ];
    return { key: [column.name, ...of, text.trim()].join("|"), column, text };
  });
}

function tally() {
  const count = { missing: 0, ignored: 0 };
  let columns: readonly GridColumn[] = [];
  const nothing = (): void => undefined;
  return {
    count,
    columns: () => columns,
    use: (next: readonly GridColumn[]): void => {
      columns = next;
    },
    sink: {
      reject: nothing,
      record: nothing,
      missing: (units: number): void => {
        count.missing += units;
      },
      ignored: (units: number): void => {
        count.ignored += units;
      },
    },
  };
}

/** Places of lines that are not handed on must not be registered: they get a number below zero, redeemed on use. */
function registrar(context: ReadContext) {
  const wanted: PlaceToRegister[] = [];
  const held: ReadContext = {
    ...context,
    register: (place) => {
      const known = wanted.findIndex((one) => one.code === place.code);
      if (known >= 0) return -1 - known;
      wanted.push(place);
      return -wanted.length;
    },
  };
  const place = (id: number | undefined): number | undefined => {
    const promised = id === undefined || id >= 0 ? undefined : wanted[-1 - id];
    return promised === undefined ? id : context.register(promised);
  };
  return { held, place };
}
