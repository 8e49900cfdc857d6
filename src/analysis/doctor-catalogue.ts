/** Checks of the catalogue: its schema, accounts of batches that add up, rows without a home, the audit's chain. */
import { addsUp } from "../domain/account.ts";
import { brokenAudit } from "../store/audit.ts";
import { batchFiles, listBatches } from "../store/batches.ts";
import type { Store } from "../store/port.ts";
import { schemaState } from "../store/schema.ts";
import type { Finding } from "./doctor-finding.ts";
import { ALL_TIME } from "./doctor-readings.ts";

/** How many of a kind are named. */
const NAMED = 5;

export async function checkSchema({ sql }: Store): Promise<Finding> {
  const { version, known, differences } = await schemaState(sql);
  const ok = version === known && differences.length === 0;
  const detail = ok ? `版本 ${version}` : `版本 ${version}（程序 ${known}）：${differences.slice(0, NAMED).join("、")}`;
  return { check: "schema", zh: "表结构与程序一致", ok, detail };
}

export async function checkAccounts({ sql }: Store): Promise<Finding> {
  const batches = (await listBatches(sql)).filter((batch) => batch.kind === "ingest");
  const wrong: string[] = [];
  for (const batch of batches) {
    if (!addsUp(batch.account)) wrong.push(`批次 ${batch.id}`);
    const files = await batchFiles(sql, batch.id);
    for (const file of files) if (!addsUp(file.account)) wrong.push(`批次 ${batch.id} ${file.name}`);
    const read = files.reduce((sum, file) => sum + file.account.read, 0);
    if (read !== batch.account.read) wrong.push(`批次 ${batch.id} 的文件合计`);
  }
  const detail =
    wrong.length === 0 ? `批次 ${batches.length} 个，账目相符` : `账目不符：${wrong.slice(0, NAMED).join("、")}`;
  return { check: "account", zh: "读取 = 新增 + 更正 + 未变 + 让位 + 拒收", ok: wrong.length === 0, detail };
}

const NO_PLACE = "place NOT IN (SELECT id FROM place)";
const NO_BATCH = (column: string): string => `${column} NOT IN (SELECT id FROM batch)`;

/** Tables of the catalogue whose rows need a place or a batch, and what makes one an orphan. */
const HOMES: readonly (readonly [table: string, orphan: string])[] = [
  ["history", `${NO_PLACE} OR ${NO_BATCH("batch_from")} OR ${NO_BATCH("batch_to")}`],
  ["daily", NO_PLACE],
  ["batch_file", NO_BATCH("batch")],
  ["reject", "(batch, file) NOT IN (SELECT (batch, file) FROM batch_file)"],
  ["batch", `(kind = 'undo') <> (undoes IS NOT NULL) OR (undoes IS NOT NULL AND ${NO_BATCH("undoes")})`],
  ["place", "parent IS NOT NULL AND parent NOT IN (SELECT id FROM place)"],
  ["place_alias", NO_PLACE],
  ["station_set", `${NO_PLACE} OR station NOT IN (SELECT id FROM place)`],
  ["published_rank", `${NO_PLACE} OR ${NO_BATCH("batch")}`],
  ["complaint", NO_BATCH("batch")],
  ["dust_period", `${NO_PLACE} OR ${NO_BATCH("batch")}`],
  ["period_window", `${NO_PLACE} OR ${NO_BATCH("batch")}`],
  ["section_state", `${NO_PLACE} OR ${NO_BATCH("batch")}`],
  ["mended", `${NO_BATCH("batch")} OR ${NO_BATCH("mends")}`],
];

/** Rows whose place, batch or file is not in the catalogue. */
export async function checkOrphans({ sql, readings }: Store): Promise<Finding> {
  const relation = await readings.relation(ALL_TIME);
  const wrong: string[] = [];
  for (const [table, orphan] of [["reading", `${NO_PLACE} OR ${NO_BATCH("batch")}`] as const, ...HOMES]) {
    const from = table === "reading" ? relation : table;
    const { n } = await sql.one<{ n: bigint }>(`SELECT count(*) AS n FROM ${from} WHERE ${orphan}`);
    if (n > 0n) wrong.push(`${table} ${n} 行`);
  }
  const detail = wrong.length === 0 ? "每行都有地点和批次" : `来历不明：${wrong.join("、")}`;
  return { check: "orphans", zh: "没有来历不明的行", ok: wrong.length === 0, detail };
}

export async function checkAudit({ sql }: Store): Promise<Finding> {
  const broken = await brokenAudit(sql);
  const { n } = await sql.one<{ n: bigint }>("SELECT count(*) AS n FROM audit");
  const detail = broken === undefined ? `审计 ${n} 条，环环相扣` : `审计从第 ${broken} 条起对不上`;
  return { check: "audit", zh: "审计记录没有被改动", ok: broken === undefined, detail };
}
