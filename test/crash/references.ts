/** What an undisturbed run makes of each level: the digests a killed one is held to. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ingestPath } from "../../ingest/pipeline.ts";
import { digestOf } from "../../src/store/digest.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/port.ts";
import { oldStores } from "../store/old-stores.ts";
import { askReference } from "./reader.ts";
import { STATION_SEEDS, sourceFolder } from "./source-files.ts";

export type References = {
  /** Folder of a store with nothing in it. */
  readonly empty: string;
  readonly sources: readonly [string, string];
  /** By level. */
  readonly digests: readonly string[];
  /** What readers may be told: the answer of each level. */
  readonly answers: readonly string[];
  /** Digests of readings, daily values and places of every old store once it moved up. */
  readonly migrated: string;
};

export async function references(dir: string): Promise<References> {
  mkdirSync(dir, { recursive: true });
  const sources = [
    sourceFolder(join(dir, "first"), { first: 1, days: 3, shift: 0 }),
    sourceFolder(join(dir, "second"), { first: 3, days: 3, shift: 1 }),
  ] as const;
  const empty = join(dir, "empty");
  await (await openStore(empty, { create: true, seeds: STATION_SEEDS })).close();
  const digests: string[] = [];
  const answers: string[] = [];
  const note = async (store: Store): Promise<void> => {
    digests.push(JSON.stringify(await digestOf(store)));
    answers.push(await askReference(store));
  };
  const store = await openStore(join(dir, "reference"), { create: true, seeds: STATION_SEEDS });
  await note(store);
  for (const path of sources) {
    await ingestPath(store, "quotsoft", path, { now: new Date("2026-01-01T00:00:00Z") });
    await note(store);
  }
  await store.close();
  if (new Set(digests).size !== digests.length) throw new Error("a batch changes nothing: the crash proves nothing");
  const newest = oldStores().at(-1);
  await newest?.into(join(dir, "old"));
  const old = await openStore(join(dir, "old"), { seeds: STATION_SEEDS });
  const { beside: _, ...core } = await digestOf(old);
  await old.close();
  return { empty, sources, digests, answers, migrated: JSON.stringify(core) };
}
