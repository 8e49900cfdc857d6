/**
 * A store that is asked once: the same query gives the same rows for as long as the answer is being put together.
 *
 * The targets of a board ask for the same days, lists and sections again and again, each by its own way; and were the
 * data to change between two of them, the board would hold two states at once.
 */
import type { Row, Sql, SqlValue, Store } from "../store/port.ts";

/** The store for one answer. Only reading is remembered: whoever writes through it must not read again what it changed. */
export function askedOnce(store: Store): Store {
  const { sql } = store;
  const columns = new Map<string, ReturnType<Sql["columns"]>>();
  const rows = new Map<string, Promise<readonly Row[]>>();
  return {
    ...store,
    sql: {
      ...sql,
      columns: (text, values) => remembered(columns, text, values, () => sql.columns(text, values)),
      rows: <R extends Row>(text: string, values?: readonly SqlValue[]) =>
        remembered(rows, text, values, () => sql.rows(text, values)) as Promise<readonly R[]>,
    },
  };
}

function remembered<T>(
  held: Map<string, Promise<T>>,
  text: string,
  values: readonly SqlValue[] | undefined,
  ask: () => Promise<T>,
): Promise<T> {
  const key = values === undefined ? text : `${text}\n${values.map(String).join("\n")}`;
  const found = held.get(key) ?? ask();
  held.set(key, found);
  return found;
}
