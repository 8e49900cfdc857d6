/**
 * The store's port: what is kept and how it is asked, whatever stands behind.
 *
 * Two halves. The **catalogue** (places, batches, history, daily, targets, tallies, briefings) is always one DuckDB
 * file, so it is asked in SQL. **Readings** stand behind `ReadingStore`, which a second engine can implement too;
 * the same contract tests hold for each (`test/store/contract.ts`).
 */
import type { Place, PlaceTable } from "../domain/place.ts";
import type { DayNumber } from "../domain/time.ts";

export type SqlValue = string | number | bigint | boolean | null;
export type Row = Readonly<Record<string, unknown>>;

/** A connection to the catalogue. Whole numbers come back as number or bigint by their column type, DECIMAL as its integer multiple. */
export type Sql = {
  readonly run: (sql: string, values?: readonly SqlValue[]) => Promise<void>;
  /** All rows as objects. */
  readonly rows: <R extends Row = Row>(sql: string, values?: readonly SqlValue[]) => Promise<readonly R[]>;
  /** All rows by column, in the order of the select list: for large results. */
  readonly columns: (sql: string, values?: readonly SqlValue[]) => Promise<readonly (readonly unknown[])[]>;
  /** The first row. @throws RangeError when there is none */
  readonly one: <R extends Row = Row>(sql: string, values?: readonly SqlValue[]) => Promise<R>;
  /** Appends rows to a table, column by column. Far faster than INSERT; inside the running transaction. */
  readonly append: (table: string, columns: AppendColumns) => Promise<void>;
  /** A running append, for rows that come one by one; `add` is synchronous and holds only one chunk in memory. */
  readonly appender: (table: string, types: readonly AppendType[]) => Promise<Appender>;
  /** Runs `work` in one transaction; anything thrown rolls all of it back. */
  readonly transaction: <T>(work: () => Promise<T>) => Promise<T>;
};

export type AppendType = "int" | "bigint" | "utinyint" | "usmallint" | "varchar" | "boolean";

/** Equal long arrays, one for each column of the table, in its order. `null` is NULL. */
export type AppendColumns = readonly { readonly type: AppendType; readonly values: readonly (SqlValue | null)[] }[];

export type Appender = {
  readonly add: (row: readonly (SqlValue | null)[]) => void;
  /** Must be called, also after a failure. */
  readonly close: () => void;
};

/** Bounds of a question to the readings: both ends of time are inside, UTC milliseconds of a span's start. */
export type ReadingScope = {
  readonly from: number;
  readonly to: number;
  readonly placeIds?: readonly number[];
  readonly indicatorIds?: readonly number[];
};

/**
 * Readings: place, indicator, start (TIMESTAMP, UTC), span, value (DECIMAL(18,8)), flag, grade, batch. One row a key
 * (place, indicator, start, span); that is the pipeline's promise, checked by `doctor`.
 */
export type ReadingStore = {
  readonly engine: string;
  /** A relation (table name or sub-query) for the FROM clause of a catalogue query, holding the scope's readings. */
  readonly relation: (scope: ReadingScope) => Promise<string>;
  /** Adds the rows of a catalogue relation with the columns above; no key of it may be held. */
  readonly insert: (relation: string) => Promise<void>;
  /** Replaces value, flag, grade and batch of keys that are held. */
  readonly replace: (relation: string) => Promise<void>;
  /** Removes the keys (place, indicator, start, span) of a relation. */
  readonly remove: (relation: string) => Promise<void>;
  /** What `doctor` asks the engine itself, in Chinese. */
  readonly check: () => Promise<{ readonly ok: boolean; readonly detail: string }>;
};

/** The bytes of every ingested file, once, by the SHA-256 of the bytes as they were handed in. */
export type Originals = {
  readonly put: (bytes: Uint8Array, sha256: string) => Promise<void>;
  /** @throws Fault `store.broken` when the bytes are gone or altered */
  readonly get: (sha256: string) => Promise<Uint8Array>;
  readonly has: (sha256: string) => Promise<boolean>;
  readonly list: () => Promise<readonly string[]>;
};

/** A place before it has an id; `parent` is a code. */
export type NewPlace = {
  readonly code: string;
  readonly kind: Place["kind"];
  readonly name: string;
  readonly parent?: string;
  readonly timeZone?: string;
  readonly aliases?: readonly { readonly name: string; readonly from?: DayNumber; readonly to?: DayNumber }[];
  readonly attributes?: Readonly<Record<string, string>>;
};

/** A station set by codes. */
export type NewStationSet = {
  readonly place: string;
  readonly purpose: "air";
  readonly stations: readonly string[];
  readonly from?: DayNumber;
  readonly to?: DayNumber;
};

/** What a new store starts from: places with parents before children, and station sets. */
export type PlaceSeeds = { readonly places: readonly NewPlace[]; readonly sets: readonly NewStationSet[] };

export type Store = {
  readonly dir: string;
  readonly sql: Sql;
  readonly readings: ReadingStore;
  readonly originals: Originals;
  /** Cached; read again after `forgetPlaces`. */
  readonly places: () => Promise<PlaceTable>;
  readonly forgetPlaces: () => void;
  /** Inserts places (parents before children or already held) and returns their ids in order. */
  readonly addPlaces: (places: readonly NewPlace[]) => Promise<readonly number[]>;
  readonly meta: (key: string) => Promise<string | undefined>;
  readonly setMeta: (key: string, value: string) => Promise<void>;
  /** Another connection to the same file, for reading beside a running transaction. */
  readonly connect: () => Promise<Sql>;
  /**
   * Has something done after each commit that may have changed the version of the data (`data-version.ts`), before
   * whoever made it is told. It must not fail, and not wait for a change.
   */
  readonly afterCommit: (hearer: () => Promise<void>) => void;
  readonly close: () => Promise<void>;
};
