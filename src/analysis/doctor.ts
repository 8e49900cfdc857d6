/** Checks of what a store promises: unique keys, accounts that add up, daily values equal to a full recompute. */
import { addsUp } from "../domain/account.ts";
import { batchFiles, listBatches } from "../store/batches.ts";
import type { Store } from "../store/port.ts";
import { computeDaily, DAY_OF_START } from "./daily.ts";

export type Finding = { readonly check: string; readonly zh: string; readonly ok: boolean; readonly detail: string };

const ALL_TIME = { from: Date.UTC(1991, 11, 30), to: Date.UTC(2101, 0, 2) };

export async function examine(store: Store): Promise<readonly Finding[]> {
  // In one transaction: one view of the store, and readings that come from a server are loaded once.
  return await store.sql.transaction(async () => [
    await engine(store),
    await uniqueKeys(store),
    await accounts(store),
    await dailyEqualsRecompute(store),
    await originals(store),
    await orphans(store),
  ]);
}

/** The engine that keeps the readings, and what it has to say of itself. */
async function engine({ readings }: Store): Promise<Finding> {
  return { check: "engine", zh: "读数引擎正常", ...(await readings.check()) };
}

async function uniqueKeys({ sql, readings }: Store): Promise<Finding> {
  const relation = await readings.relation(ALL_TIME);
  const { n, twice } = await sql.one<{ n: bigint; twice: bigint }>(
    `SELECT coalesce(sum(k), 0)::BIGINT AS n, count(*) FILTER (k > 1) AS twice FROM
       (SELECT count(*) AS k FROM ${relation} GROUP BY place, indicator, start, span)`,
  );
  return { check: "unique", zh: "每个键只有一个读数", ok: twice === 0n, detail: `读数 ${n} 个，重复的键 ${twice} 个` };
}

async function accounts({ sql }: Store): Promise<Finding> {
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
    wrong.length === 0 ? `批次 ${batches.length} 个，账目相符` : `账目不符：${wrong.slice(0, 5).join("、")}`;
  return { check: "account", zh: "读取 = 新增 + 更正 + 未变 + 让位 + 拒收", ok: wrong.length === 0, detail };
}

async function dailyEqualsRecompute({ sql, readings }: Store): Promise<Finding> {
  const relation = await readings.relation(ALL_TIME);
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE every_day AS SELECT DISTINCT place, indicator, ${DAY_OF_START} AS day FROM ${relation}`,
  );
  await sql.run("CREATE OR REPLACE TEMP TABLE daily_again AS SELECT * FROM daily WHERE false");
  await computeDaily(sql, relation, "every_day", "daily_again");
  const { n, differ } = await sql.one<{ n: bigint; differ: bigint }>(`SELECT (SELECT count(*) FROM daily) AS n,
    (SELECT count(*) FROM ((SELECT * FROM daily EXCEPT SELECT * FROM daily_again)
      UNION ALL (SELECT * FROM daily_again EXCEPT SELECT * FROM daily))) AS differ`);
  await sql.run("DROP TABLE temp.every_day");
  await sql.run("DROP TABLE temp.daily_again");
  return { check: "daily", zh: "日值等于全部重算", ok: differ === 0n, detail: `日值 ${n} 行，不符 ${differ} 行` };
}

async function originals(store: Store): Promise<Finding> {
  const wanted = await store.sql.rows<{ original: string }>(
    "SELECT DISTINCT original FROM batch_file WHERE original <> ''",
  );
  const held = new Set(await store.originals.list());
  const gone = wanted.filter((row) => !held.has(row.original));
  const detail = gone.length === 0 ? `原件 ${wanted.length} 个都在` : `缺 ${gone.length} 个，例如 ${gone[0]?.original}`;
  return { check: "originals", zh: "原件都在", ok: gone.length === 0, detail };
}

/** Readings, history and daily rows whose place or batch is not in the catalogue. */
async function orphans({ sql, readings }: Store): Promise<Finding> {
  const relation = await readings.relation(ALL_TIME);
  const { lost } = await sql.one<{ lost: bigint }>(`SELECT
    (SELECT count(*) FROM ${relation} WHERE place NOT IN (SELECT id FROM place) OR batch NOT IN (SELECT id FROM batch))
    + (SELECT count(*) FROM history WHERE batch_from NOT IN (SELECT id FROM batch) OR batch_to NOT IN (SELECT id FROM batch))
    + (SELECT count(*) FROM daily WHERE place NOT IN (SELECT id FROM place)) AS lost`);
  return { check: "orphans", zh: "没有来历不明的行", ok: lost === 0n, detail: `来历不明 ${lost} 行` };
}
