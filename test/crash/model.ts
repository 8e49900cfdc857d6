/** What a store under the crash harness should hold: moved on by each step that is done. */

import type { BatchSizes } from "../../ingest/pipeline.ts";

export const STEPS = ["ingest", "undo", "daily", "publish", "account", "backup", "reopen", "copy", "migrate"] as const;
export type Step = (typeof STEPS)[number];

/** How many of the two batches are taken in, how many briefings are out, how many accounts there are, who keeps the readings. */
export type Model = {
  readonly level: number;
  /** Ids of the batches that stand, in order. */
  readonly batches: readonly number[];
  readonly published: number;
  readonly accounts: number;
  readonly engine: "duckdb" | "influxdb";
};

/** What stands once a step is done; `batch` is the id an ingest reported. */
export function moved(model: Model, step: Step, batch = 0): Model {
  switch (step) {
    case "ingest":
      return { ...model, level: model.level + 1, batches: [...model.batches, batch] };
    case "undo":
      return { ...model, level: model.level - 1, batches: model.batches.slice(0, -1) };
    case "publish":
      return { ...model, published: model.published + 1 };
    case "account":
      return { ...model, accounts: model.accounts + 1 };
    case "copy":
      return { ...model, engine: model.engine === "duckdb" ? "influxdb" : "duckdb" };
    default:
      return model;
  }
}

/** What the process that will be killed is told, on one line of its standard input. */
export type Orders = {
  readonly dir: string;
  /** Two folders: the second corrects some of the first. */
  readonly sources: readonly [string, string];
  readonly backups: string;
  readonly steps: readonly Step[];
  readonly model: Model;
  /** Serves pages and the API while it goes on. */
  readonly serve: boolean;
  /** How much of a batch is taken at once. */
  readonly sizes?: BatchSizes | undefined;
  /** Draws the steps. */
  readonly seed: number;
};

/** What it says, one JSON a line. */
export type Said =
  | { readonly what: "ready" }
  | { readonly what: "serving"; readonly url: string }
  | { readonly what: "begin"; readonly step: Step; readonly file?: string }
  | { readonly what: "end"; readonly step: Step; readonly batch?: number }
  | { readonly what: "failed"; readonly step: Step; readonly reason: string };
