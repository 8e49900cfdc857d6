/**
 * The commands there are. Each is imported only when it is asked for, so that starting one does not load the others;
 * `loadAll` is for help and docs.
 */
import type { Command, FoundCommand } from "./command.ts";

type Loader = () => Promise<Command>;

const LOADERS: Readonly<Record<string, Loader>> = {
  demo: async () => (await import("./demo.ts")).demo,
  ingest: async () => (await import("./ingest.ts")).ingest,
  "batch list": async () => (await import("./batch-list.ts")).batchList,
  "batch show": async () => (await import("./batch-show.ts")).batchShow,
  "batch rejects": async () => (await import("./batch-rejects.ts")).batchRejects,
  "batch resubmit": async () => (await import("./batch-resubmit.ts")).batchResubmit,
  "batch undo": async () => (await import("./batch-undo.ts")).batchUndo,
  "batch replay": async () => (await import("./batch-replay.ts")).batchReplay,
  stats: async () => (await import("./stats.ts")).stats,
  rank: async () => (await import("./rank.ts")).rank,
  targets: async () => (await import("./targets.ts")).targets,
  outlook: async () => (await import("./outlook.ts")).outlook,
  "outlook backtest": async () => (await import("./outlook-backtest.ts")).outlookBacktest,
  gap: async () => (await import("./gap.ts")).gap,
  runs: async () => (await import("./runs.ts")).runs,
  changes: async () => (await import("./changes.ts")).changes,
  warnings: async () => (await import("./warnings.ts")).warnings,
  explain: async () => (await import("./explain.ts")).explain,
  "plan show": async () => (await import("./plan-show.ts")).planShow,
  "plan set": async () => (await import("./plan-set.ts")).planSet,
  "tally add": async () => (await import("./tally-add.ts")).tallyAdd,
  "tally import": async () => (await import("./tally-import.ts")).tallyImport,
  "tally list": async () => (await import("./tally-list.ts")).tallyList,
  "tally template": async () => (await import("./tally-template.ts")).tallyTemplate,
  "calc aqi": async () => (await import("./calc/aqi.ts")).calcAqi,
  "calc round": async () => (await import("./calc/round.ts")).calcRound,
  "calc water-class": async () => (await import("./calc/water-class.ts")).calcWaterClass,
  "calc noise": async () => (await import("./calc/noise.ts")).calcNoise,
  "calc outlook": async () => (await import("./calc/outlook.ts")).calcOutlook,
  method: async () => (await import("./method.ts")).method,
  "brief district": async () => (await import("./brief-district.ts")).briefDistrict,
  "brief township": async () => (await import("./brief-township.ts")).briefTownship,
  "brief tables": async () => (await import("./brief-tables.ts")).briefTables,
  "brief publish": async () => (await import("./brief-publish.ts")).briefPublish,
  verify: async () => (await import("./verify.ts")).verify,
  chart: async () => (await import("./chart.ts")).chart,
  "store copy": async () => (await import("./store-copy.ts")).storeCopy,
  serve: async () => (await import("./serve.ts")).serve,
  "plan import": async () => (await import("./plan-import.ts")).planImport,
  "plan review": async () => (await import("./plan-review.ts")).planReview,
  "plan adopt": async () => (await import("./plan-adopt.ts")).planAdopt,
  "sources check": async () => (await import("./sources-check.ts")).sourcesCheck,
  "sources list": async () => (await import("./sources-list.ts")).sourcesList,
  "sources run": async () => (await import("./sources-run.ts")).sourcesRun,
  "sources status": async () => (await import("./sources-status.ts")).sourcesStatus,
  export: async () => (await import("./export.ts")).exportCommand,
  backup: async () => (await import("./backup.ts")).backup,
  restore: async () => (await import("./restore.ts")).restore,
  doctor: async () => (await import("./doctor.ts")).doctor,
  "account reset-factor": async () => (await import("./account-reset-factor.ts")).accountResetFactor,
};

/** Names of commands, in the order help lists them. */
export const COMMAND_NAMES: readonly string[] = Object.keys(LOADERS);

/** The command the first words name (`batch list` before `batch`), and how many words that took. */
export async function findCommand(words: readonly string[]): Promise<FoundCommand | undefined> {
  for (const taken of [2, 1]) {
    const load = LOADERS[words.slice(0, taken).join(" ")];
    if (words.length >= taken && load !== undefined) return { command: await load(), taken };
  }
  return undefined;
}

export async function loadAll(): Promise<readonly Command[]> {
  return await Promise.all(Object.values(LOADERS).map((load) => load()));
}
