/** The four kinds of rounds: a store alone, a store that moves up from an earlier schema, one on InfluxDB, one being served. */
import type { Step } from "./model.ts";

export type LaneName = "store" | "migrate" | "influx" | "serve";

export type Lane = {
  readonly name: LaneName;
  readonly steps: readonly Step[];
  /** Of so many rounds, how many are of this lane. */
  readonly share: number;
};

const CHANGES = ["ingest", "undo", "daily", "publish", "account"] as const satisfies readonly Step[];

export const LANES: readonly Lane[] = [
  { name: "store", steps: [...CHANGES, "ingest", "undo", "backup", "reopen"], share: 0.45 },
  { name: "migrate", steps: ["migrate"], share: 0.3 },
  { name: "influx", steps: ["ingest", "undo", "ingest", "undo", "daily", "copy"], share: 0.17 },
  { name: "serve", steps: ["ingest", "undo", "ingest", "undo", "daily", "publish"], share: 0.08 },
];
