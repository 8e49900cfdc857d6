/** What `doctor` asks an InfluxDB: its version, the types of our fields, and that nothing waits to be taken back. */
import type { Sql } from "../port.ts";
import { seriesOf } from "./answer.ts";
import type { Connection } from "./connection.ts";
import { openIntents } from "./intent.ts";
import { FIELDS, MEASUREMENT } from "./layout.ts";

/** The types the first write gave the fields. */
const TYPES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(FIELDS.map((name) => [name, "integer"])),
  value: "float",
};

/** @throws Fault when the server cannot be asked */
export async function checkServer(
  beside: Sql,
  connection: Connection,
): Promise<{ readonly ok: boolean; readonly detail: string }> {
  const { url, database } = connection.config;
  const version = await connection.version();
  const wrong: string[] = [];
  const statement = { text: `SHOW FIELD KEYS FROM "${MEASUREMENT}"`, texts: {} };
  for await (const { columns, values } of seriesOf(connection.query(statement), connection.config)) {
    for (const row of values) {
      const name = String(row[columns.indexOf("fieldKey")]);
      const type = String(row[columns.indexOf("fieldType")]);
      if (TYPES[name] === undefined) wrong.push(`多出字段 ${name}`);
      else if (TYPES[name] !== type) wrong.push(`字段 ${name} 是 ${type}，应为 ${TYPES[name]}`);
    }
  }
  const waiting = (await openIntents(beside)).length;
  if (waiting > 0) wrong.push(`${waiting} 个批次的改动还没有收回`);
  const about = `InfluxDB ${version}，${url}，数据库 ${database}`;
  return { ok: wrong.length === 0, detail: wrong.length === 0 ? about : `${about}：${wrong.join("、")}` };
}
