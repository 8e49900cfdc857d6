/** The jobs of a service: sources, alerts, the digest, the nightly backup. */
import type { SourceConfig } from "../../../ingest/sources/config.ts";
import type { PullEffects } from "../../../ingest/sources/pull.ts";
import { runSource } from "../../../ingest/sources/run.ts";
import { fault } from "../../domain/faults.ts";
import type { AlertWatch } from "../alerts/watch.ts";
import type { ServerContext } from "../context.ts";
import type { ServiceConfig } from "../service-config.ts";
import { nightlyBackup } from "./nightly-backup.ts";
import type { ScheduledJob } from "./scheduler.ts";

/** Often enough for people, seldom enough for the machine: a look asks the analysis for a month of days. */
const LOOKS = "*/10 * * * *";

/** Briefings wait for data that come at any hour. */
const HOURLY = "5 * * * *";

export type JobParts = {
  readonly sources: readonly SourceConfig[];
  readonly effects: PullEffects;
  readonly config: ServiceConfig;
  /** A simulated city has nothing worth a backup. */
  readonly simulated: boolean;
  /** Makes the briefings that are due; undefined where none are made by themselves. */
  readonly drafts: (() => Promise<string>) | undefined;
};

/** @param watch asked when a job runs, since it needs the context that needs these jobs */
export function serviceJobs(
  context: Pick<ServerContext, "store" | "change" | "alone" | "now">,
  watch: () => Promise<AlertWatch>,
  { sources, effects, config, simulated, drafts }: JobParts,
): ScheduledJob[] {
  const { schedule } = config.backup;
  return [
    ...sources.map((source) => sourceJob(context, source, effects)),
    { name: "alerts", zh: "检查提醒", cron: LOOKS, eager: true, run: async () => await (await watch()).look() },
    { name: "digest", zh: "每日提醒汇总", cron: config.alerts.digest, run: async () => await (await watch()).digest() },
    ...(drafts === undefined ? [] : [{ name: "briefings", zh: "到期的简报", cron: HOURLY, run: drafts }]),
    ...(simulated
      ? []
      : [
          {
            name: "backup",
            zh: "夜间备份",
            cron: schedule === "never" ? undefined : schedule,
            run: () => nightlyBackup(context, config),
          },
        ]),
  ];
}

/** Pulling or watching one source. */
export function sourceJob(
  context: Pick<ServerContext, "store" | "change">,
  source: SourceConfig,
  effects: PullEffects,
): ScheduledJob {
  return {
    name: `source:${source.name}`,
    zh: `来源 ${source.name}`,
    cron: source.schedule,
    eager: true,
    run: () => takeSource(context, source, effects),
  };
}

async function takeSource(
  { store, change }: Pick<ServerContext, "store" | "change">,
  source: SourceConfig,
  effects: PullEffects,
): Promise<string> {
  const run = await change(() => runSource(store, source, effects));
  if (run === undefined) return "";
  const { outcome, detail, read, inserted, corrected, rejected } = run;
  if (outcome === "failed") throw fault("schedule.source", { name: source.name, reason: detail });
  return outcome === "unchanged" ? "没有新数据" : `读取 ${read}，新增 ${inserted}，更正 ${corrected}，拒收 ${rejected}`;
}
