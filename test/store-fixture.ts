/** A real store in a temporary folder, seeded as a new one is. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seedPlaces } from "../src/cli/seeds.ts";
import { openStore } from "../src/store/open.ts";
import type { PlaceSeeds, Store } from "../src/store/port.ts";

export type TemporaryStore = { readonly store: Store; readonly dir: string; readonly remove: () => Promise<void> };

/**
 * @param seeds what it starts from: all places of Beijing unless a test needs few and wants to be quick
 * @param yaml the text of its `store.yaml`; without it the readings are in DuckDB
 */
export async function temporaryStore(seeds: PlaceSeeds = seedPlaces(), yaml?: string): Promise<TemporaryStore> {
  const dir = await mkdtemp(join(tmpdir(), "duibiao-"));
  await mkdir(join(dir, "store"));
  if (yaml !== undefined) await writeFile(join(dir, "store", "store.yaml"), yaml);
  const store = await openStore(join(dir, "store"), { create: true, seeds });
  return {
    store,
    dir,
    remove: async () => {
      await store.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
