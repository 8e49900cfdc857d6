/** All endpoints, in the order of the document. */
import { addBatch, addFixes, batches, changes, oneBatch } from "./batches.ts";
import { briefings, indicators, method, methods, places } from "./catalogue.ts";
import type { Endpoint } from "./endpoint.ts";
import { explain, ranks, readings, statistics } from "./figures.ts";
import { addTally, board, outlook, tallies, target, targets } from "./plans.ts";

export const ENDPOINTS: readonly Endpoint[] = [
  places,
  indicators,
  methods,
  method,
  readings,
  statistics,
  ranks,
  explain,
  targets,
  target,
  board,
  outlook,
  tallies,
  addTally,
  batches,
  addBatch,
  oneBatch,
  addFixes,
  changes,
  briefings,
];
