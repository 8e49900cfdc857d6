/**
 * What a source format declares, and the grid every format reads its file into.
 *
 * A grid is columns × rows. A column may fix the place (wide archives: one station a column) or the indicator (one
 * pollutant a column); the row fixes the rest and the time. The cells stay text until DuckDB checks them all at once.
 */

import type { PlaceKind } from "../src/domain/place.ts";
import type { PlaceFinder } from "../src/domain/place-finder.ts";
import type { Grade, Span } from "../src/domain/reading.ts";
import type { RefuseReason, Reject, RejectReason } from "../src/domain/reject.ts";
import type { SideTableName } from "../src/store/side-tables.ts";
import type { Encoding } from "./decode.ts";
import type { LongText } from "./long-text.ts";
import type { TextTable } from "./table.ts";

export type GridColumn = {
  /** The head as the file has it. */
  readonly name: string;
  readonly placeId?: number | undefined;
  readonly indicatorId?: number | undefined;
  /** Values are multiplied by 10 to this power (µg → mg: −3). */
  readonly power?: number;
  /** Values are multiplied by this decimal (ppb → µg/m³) and rounded once, at the eighth decimal. */
  readonly factor?: string;
  /** When set, every non-missing cell of the column is rejected for it. */
  readonly problem?: RejectReason;
  readonly detail?: string | undefined;
};

export type GridRow = {
  readonly line: number;
  readonly placeId?: number | undefined;
  readonly indicatorId?: number | undefined;
  /** Start of the span, UTC milliseconds. */
  readonly start: number;
  readonly span: Span;
  /** One text a column, joined by `CELL_SEPARATOR`; untrimmed is fine. */
  readonly cells: string;
  readonly flag?: number;
};

/** Where a format puts what it reads. Everything read must go into exactly one of these calls. */
export type Sink = {
  /** Declares the columns of the rows that follow. */
  readonly columns: (columns: readonly GridColumn[]) => void;
  readonly row: (row: GridRow) => void;
  /** One unit that was read and cannot be used. */
  readonly reject: (reject: Reject) => void;
  readonly missing: (count: number) => void;
  readonly ignored: (count: number) => void;
  /** One unit that is no reading: a published rank, a complaint, a declared period. */
  readonly record: (record: SideRecord) => void;
};

/** `counted: false`: goes beside a reading that is accounted already. */
export type SideRecord = {
  readonly table: SideTableName;
  readonly line: number;
  readonly values: Readonly<Record<string, string | number | bigint | null>>;
  readonly counted?: boolean;
};

/** A file as a format sees it: unpacked, decoded. */
export type SourceFile = {
  /** Base name without compression endings: `beijing_all_20150101.csv`. */
  readonly name: string;
  /** Path inside the archive or folder. */
  readonly path: string;
  /** The file on disk that holds it, as a full path: some sources say the month only in a folder's name. */
  readonly origin: string;
  /** Empty when the file is a workbook, a page or a document: those give `table`. Of a long or coded text only the beginning. */
  readonly text: string;
  /** All of a text that only the reading thread decodes (`wholeFile`): no format sees one. */
  readonly coded?: { readonly bytes: Uint8Array; readonly encoding: Encoding };
  /** All of a long text, for formats that take it: `eachLineOf` reads both kinds. */
  readonly long?: LongText;
  /** A sheet, or the one table a page or document was read as. */
  readonly table?: TextTable;
};

export type PlaceToRegister = {
  readonly code: string;
  readonly kind: PlaceKind;
  readonly name: string;
  readonly parent?: string;
  readonly timeZone?: string;
  readonly attributes?: Readonly<Record<string, string>>;
};

export type ReadContext = {
  readonly places: PlaceFinder;
  /** Registers a place the format may register; its id counts only when the batch commits. */
  readonly register: (place: PlaceToRegister) => number;
  readonly now: Date;
  /** What the command line adds for formats that need to be told (`place`, `map`, `year`, `issuer`, `zone`). */
  readonly options: Readonly<Record<string, string | undefined>>;
};

export type Format = {
  readonly name: string;
  readonly zh: string;
  /** What one unit of the account is. */
  readonly unit: "cell" | "row";
  /** How the hour label reads, the zone and the units, in Chinese: printed by help and `docs`. */
  readonly describe: string;
  readonly grade: Grade;
  /** Kinds of places the format's names are looked up among. */
  readonly placeKinds: readonly PlaceKind[];
  /** Texts that mean "no value", beside an empty cell. */
  readonly missingMarks: readonly string[];
  /** Encodings a text may have; all of them when not said. */
  readonly encodings?: readonly Encoding[];
  /** Set when a line is one thing and no row of cells. */
  readonly wholeLines?: boolean;
  /** Set where a source that is pulled brings the present: a newest stamp that stands still tells that it is stuck. */
  readonly live?: boolean;
  /** Whether a text is read line by line, so that a long one need not be decoded whole. */
  readonly takesLong?: boolean;
  /** Whether sheets, pages and documents are taken too. */
  readonly takesTables?: boolean;
  /** Set when the file holds facts about persons: what is kept of it instead of the file's own bytes. */
  readonly scrub?: (file: SourceFile) => string;
  /** Whether a file of this base name belongs to the format; others in a folder or archive are passed over. */
  readonly takesName: (name: string) => boolean;
  /** Whether the first lines of a file look like this format. */
  readonly recognises: (name: string, head: string) => boolean;
  /** Reads one file into the sink; a refusal when it cannot be this format at all. */
  readonly read: (file: SourceFile, sink: Sink, context: ReadContext) => RefuseReason | undefined;
};
