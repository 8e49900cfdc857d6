/** A small simulated city in a real temporary store, served on a free port of loopback. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ingestPath } from "../../ingest/pipeline.ts";
import { loadSeedPlaces } from "../../seeds/places/load.ts";
import { simulateCity } from "../../seeds/simulate/city.ts";
import { seedPlaces } from "../../src/cli/seeds.ts";
import { type Listening, type ListenOptions, listen } from "../../src/server/listen.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/port.ts";

export type Served = {
  readonly store: Store;
  readonly dir: string;
  readonly url: string;
  readonly setupUrl: string | undefined;
  /** Asks a path and follows nothing. */
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Response>;
  readonly text: (path: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

/** The last simulated day, and an instant after it. */
export const UNTIL = "2024-10-11";
export const NOW = new Date("2024-10-12T10:20:00+08:00");

const HOME = "110105";

/** A temporary store holding the city: the home district with its townships and stations, and a few beyond. */
export async function cityStore(): Promise<{ readonly store: Store; readonly dir: string }> {
  const dir = await mkdtemp(join(tmpdir(), "duibiao-server-"));
  const seeds = loadSeedPlaces();
  const townships = seeds.divisions.filter(
    (place) => place.kind === "township" && (place.parent === HOME || place.parent === "110106"),
  );
  const stations = seeds.stations.filter((place) => place.attributes === undefined).slice(0, 8);
  const city = await simulateCity({ seed: 3, until: UNTIL, dir: join(dir, "files"), townships, stations });
  const store = await openStore(join(dir, "store"), { create: true, seeds: seedPlaces() });
  const folders = new Map(city.files.map((file) => [file.path.slice(0, file.path.lastIndexOf("/")), file.format]));
  for (const [folder, format] of folders) await ingestPath(store, format, folder, { now: NOW });
  return { store, dir };
}

/** Serves a store until closed; the clock stands at `NOW`. */
export async function serve(
  { store, dir }: { readonly store: Store; readonly dir: string },
  options: Partial<ListenOptions> = {},
): Promise<Served> {
  const listening: Listening = await listen(store, { host: "127.0.0.1", port: 0, now: () => NOW, ...options });
  const get: Served["get"] = (path, headers = {}) =>
    fetch(new URL(path, listening.url), { redirect: "manual", headers });
  return {
    store,
    dir,
    url: listening.url,
    setupUrl: listening.setupUrl,
    get,
    text: async (path) => await (await get(path)).text(),
    close: async () => {
      await listening.close();
      await store.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
