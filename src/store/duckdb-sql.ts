/** A DuckDB connection as the port's `Sql`: decimals come back as their integer multiple, so nothing passes through a double. */
import {
  BIGINT,
  BOOLEAN,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDecimal64Vector,
  DuckDBDecimal128Vector,
  DuckDBDecimalValue,
  type DuckDBMaterializedResult,
  type DuckDBType,
  type DuckDBValue,
  type DuckDBVector,
  INTEGER,
  USMALLINT,
  UTINYINT,
  VARCHAR,
} from "@duckdb/node-api";
import { onDisk } from "./disk.ts";
import type { AppendColumns, Appender, AppendType, Row, Sql, SqlValue } from "./port.ts";

const TYPES: Readonly<Record<AppendType, DuckDBType>> = {
  int: INTEGER,
  bigint: BIGINT,
  utinyint: UTINYINT,
  usmallint: USMALLINT,
  varchar: VARCHAR,
  boolean: BOOLEAN,
};

/** DuckDB's own vector size: the most rows one chunk may hold. */
const CHUNK_ROWS = 2048;

/** A running append hands over so many chunks at a time: left to itself DuckDB gathers sixty, and then nobody is answered for 90 ms. */
const CHUNKS_A_FLUSH = 4;

export function duckdbSql(connection: DuckDBConnection): Sql {
  let depth = 0;
  const run = async (sql: string, values?: readonly SqlValue[]): Promise<void> => {
    await onDisk(() => connection.run(sql, values === undefined ? undefined : [...values]));
  };
  const read = (sql: string, values?: readonly SqlValue[]) =>
    onDisk(() => connection.run(sql, values === undefined ? undefined : [...values]));
  const rows = async <R extends Row>(sql: string, values?: readonly SqlValue[]): Promise<readonly R[]> => {
    const result = await read(sql, values);
    const names = result.deduplicatedColumnNames();
    const columns = columnsOf(result);
    const list: Record<string, unknown>[] = [];
    for (let i = 0; i < result.rowCount; i++) {
      const row: Record<string, unknown> = {};
      for (const [k, name] of names.entries()) row[name] = columns[k]?.[i];
      list.push(row);
    }
    return list as unknown as readonly R[];
  };
  return {
    run,
    rows,
    columns: async (sql, values) => columnsOf(await read(sql, values)),
    one: async <R extends Row>(sql: string, values?: readonly SqlValue[]): Promise<R> => {
      const [first] = await rows<R>(sql, values);
      if (first === undefined) throw new RangeError("the query gave no row");
      return first;
    },
    append: (table, columns) => onDisk(() => append(connection, table, columns)),
    appender: (table, types) => openAppender(connection, table, types),
    transaction: async (work) => {
      if (depth > 0) return await work();
      await run("BEGIN TRANSACTION");
      depth += 1;
      try {
        const result = await work();
        await run("COMMIT");
        return result;
      } catch (error) {
        await run("ROLLBACK").catch(() => undefined);
        throw error;
      } finally {
        depth -= 1;
      }
    },
  };
}

async function append(connection: DuckDBConnection, table: string, columns: AppendColumns): Promise<void> {
  const total = columns[0]?.values.length ?? 0;
  if (total === 0) return;
  const types = columns.map((column) => TYPES[column.type]);
  const appender = await connection.createAppender(table);
  try {
    const chunk = DuckDBDataChunk.create(types);
    for (let from = 0; from < total; from += CHUNK_ROWS) {
      chunk.reset();
      chunk.rowCount = Math.min(CHUNK_ROWS, total - from);
      for (const [k, column] of columns.entries()) {
        chunk.setColumnValues(k, column.values.slice(from, from + CHUNK_ROWS) as DuckDBValue[]);
      }
      appender.appendDataChunk(chunk);
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}

async function openAppender(
  connection: DuckDBConnection,
  table: string,
  kinds: readonly AppendType[],
): Promise<Appender> {
  const types = kinds.map((kind) => TYPES[kind]);
  const appender = await connection.createAppender(table);
  const columns: DuckDBValue[][] = kinds.map(() => []);
  // One chunk for all rows: what lies in a chunk is no memory JavaScript knows of, so it would let hundreds of MB wait.
  const chunk = DuckDBDataChunk.create(types);
  let held = 0;
  let chunks = 0;
  const flush = (): void => {
    if (held === 0) return;
    chunk.reset();
    chunk.rowCount = held;
    for (const [k, column] of columns.entries()) {
      chunk.setColumnValues(k, column);
      column.length = 0;
    }
    appender.appendDataChunk(chunk);
    held = 0;
    chunks += 1;
    if (chunks % CHUNKS_A_FLUSH === 0) appender.flushSync();
  };
  return {
    add(row) {
      for (let k = 0; k < columns.length; k++) columns[k]?.push(row[k] ?? null);
      held += 1;
      if (held === CHUNK_ROWS) flush();
    },
    close() {
      flush();
      appender.closeSync();
    },
  };
}

/**
 * The values by column, a list for each also where there is no row. DECIMAL as its integer multiple; everything else as
 * it is. What a question brought lies in memory when it is answered, so its chunks are taken without waiting for each.
 */
function columnsOf(result: DuckDBMaterializedResult): unknown[][] {
  const columns: unknown[][] = Array.from({ length: result.columnCount }, () => []);
  const { chunkCount } = result;
  for (let i = 0; i < chunkCount; i++) {
    const chunk = result.getChunk(i);
    for (const [k, column] of columns.entries()) appendItems(chunk.getColumnVector(k), column);
  }
  return columns;
}

/** A decimal's integer is read as it lies there: hundreds of thousands would each be wrapped and unwrapped again. */
function appendItems(vector: DuckDBVector, column: unknown[]): void {
  const { itemCount } = vector;
  if (vector instanceof DuckDBDecimal64Vector || vector instanceof DuckDBDecimal128Vector) {
    for (let i = 0; i < itemCount; i++) column.push(vector.getScaledValue(i));
    return;
  }
  for (let i = 0; i < itemCount; i++) column.push(plain(vector.getItem(i)));
}

function plain(value: DuckDBValue): unknown {
  return value instanceof DuckDBDecimalValue ? value.value : value;
}
