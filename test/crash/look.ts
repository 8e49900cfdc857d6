/** What is left after a kill: opened as the next process would, examined, and told as one comparable state. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { examine } from "../../src/analysis/doctor.ts";
import { listAccounts } from "../../src/store/accounts.ts";
import { announcedAudit, listAudit } from "../../src/store/audit.ts";
import { restoreStore } from "../../src/store/backup.ts";
import { publishedBriefings } from "../../src/store/briefings.ts";
import { digestOf } from "../../src/store/digest.ts";
import { leftovers } from "../../src/store/leftovers.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/port.ts";
import { listTallies } from "../../src/store/tallies.ts";
import type { Model } from "./model.ts";
import { STATION_SEEDS } from "./source-files.ts";

const MANY = 1_000_000;

export type Left = {
  /** Digests of all that is kept. */
  readonly digest: string;
  /** Digests of readings, daily values and places alone. */
  readonly core: string;
  readonly batches: readonly number[];
  readonly published: number;
  readonly accounts: number;
  readonly tallies: number;
  /** Entries of the audit, those among them that wait for the next to join the chain. */
  readonly audited: number;
  readonly engine: string;
  /** What `doctor` finds wrong. */
  readonly faults: readonly string[];
};

export async function look(dir: string): Promise<Left> {
  return await withStore(dir, async (store) => {
    const { sql } = store;
    const { beside, ...core } = await digestOf(store);
    const batches = await sql.rows<{ id: number }>(`SELECT id FROM batch WHERE kind = 'ingest'
      AND id NOT IN (SELECT undoes FROM batch WHERE undoes IS NOT NULL) ORDER BY id`);
    return {
      digest: JSON.stringify({ beside, ...core }),
      core: JSON.stringify(core),
      batches: batches.map(({ id }) => id),
      published: (await publishedBriefings(sql)).length,
      accounts: (await listAccounts(sql)).length,
      tallies: (await listTallies(sql)).length,
      audited: (await listAudit(sql, MANY)).length + (await announcedAudit(sql)).length,
      engine: store.readings.engine,
      faults: [
        ...(await examine(store)).filter(({ ok }) => !ok).map(({ check, detail }) => `${check}: ${detail}`),
        ...(await strays(store)),
      ],
    };
  });
}

/** What belongs in a store's folder; what was handed in and not decided about goes when it is served again. */
const OWN =
  /^(duibiao\.duckdb(\.(wal|journal))?|(store|service)\.yaml|serve\.json|(originals|published|uploads)(\/.*)?)$/;

/** Files a killed process left that neither went when the store was opened nor are named by `doctor`. */
async function strays(store: Store): Promise<readonly string[]> {
  const named = new Set(await leftovers(store));
  return readdirSync(store.dir, { recursive: true, encoding: "utf8" })
    .filter((name) => !OWN.test(name) && !named.has(name))
    .map((name) => `a file that nothing names: ${name}`);
}

/** Whether what is left is what a model says; the digest of each level is known from an undisturbed run. */
export function fits(left: Left, model: Model, digests: readonly string[]): boolean {
  return (
    left.digest === digests[model.level] &&
    left.batches.length === model.level &&
    left.published === model.published &&
    left.accounts === model.accounts &&
    left.engine === model.engine
  );
}

/** What is wrong with a backup file that stands under its final name: nothing, when it restores to what was backed up. */
export async function backupFault(file: string, digest: string | undefined): Promise<string | undefined> {
  const dir = mkdtempSync(join(tmpdir(), "crash-restore-"));
  try {
    await restoreStore(file, join(dir, "store"));
    const left = await look(join(dir, "store"));
    if (left.digest !== digest || left.faults.length > 0) return `${file}: ${JSON.stringify(left)}`;
    return undefined;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Removes what backups left, finished or not. */
export function clearBackups(dir: string): void {
  for (const name of existsSync(dir) ? readdirSync(dir) : []) rmSync(join(dir, name), { recursive: true, force: true });
}

async function withStore<T>(dir: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(dir, { seeds: STATION_SEEDS });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
