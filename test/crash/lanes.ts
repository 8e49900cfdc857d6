/**
 * The five kinds of rounds: a store alone, one that takes large batches in by slices, one that moves up from an earlier
 * schema, one on InfluxDB, one being served.
 */
import type { BatchSizes } from "../../ingest/pipeline.ts";
import type { Step } from "./model.ts";

export type LaneName = "store" | "large" | "migrate" | "influx" | "serve";

export type Lane = {
  readonly name: LaneName;
  readonly steps: readonly Step[];
  /** Of so many rounds, how many are of this lane. */
  readonly share: number;
  /** Set where batches are taken as large ones are. */
  readonly sizes?: BatchSizes;
};

const CHANGES = ["ingest", "undo", "daily", "publish", "account"] as const satisfies readonly Step[];

/** Every batch is large, and each of its days a slice of its own. */
const SLICED: BatchSizes = { long: 0, ordinary: 0, slice: 1 };

export const LANES: readonly Lane[] = [
  { name: "store", steps: [...CHANGES, "ingest", "undo", "backup", "reopen"], share: 0.4 },
  { name: "large", steps: ["ingest", "ingest", "undo"], share: 0.1, sizes: SLICED },
  { name: "migrate", steps: ["migrate"], share: 0.27 },
  { name: "influx", steps: ["ingest", "undo", "ingest", "undo", "daily", "copy"], share: 0.16 },
  { name: "serve", steps: ["ingest", "undo", "ingest", "undo", "daily", "publish"], share: 0.07 },
];
