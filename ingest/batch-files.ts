/** The files of a batch once more, as its format reads them: from the kept originals, lines put right included. */
import { basename, join } from "node:path";
import { fault } from "../src/domain/faults.ts";
import { placeFinder } from "../src/domain/place-finder.ts";
import { batchById, batchFiles, type HeldBatch, type HeldFile } from "../src/store/batches.ts";
import type { Store } from "../src/store/port.ts";
import type { Format, ReadContext } from "./format.ts";
import { formatNamed } from "./formats.ts";
import { membersOf } from "./members.ts";
import { readFixes } from "./mend/fixes.ts";
import { type BatchContent, type Mend, mend } from "./mend/mend-of.ts";
import { batchOptions } from "./pipeline.ts";
import { openMember, type Readable } from "./readable.ts";

/** Files whose original is gone are left out. Paths are those of the batch's account. */
export async function contentOf(store: Store, batch: HeldBatch): Promise<BatchContent> {
  const mends = (await batchOptions(store, batch.id))["mends"];
  if (mends !== undefined) return await mendOf(store, batch, Number(mends));
  const format = formatNamed(batch.format);
  const held = (await batchFiles(store.sql, batch.id)).filter(
    (file) => file.outcome === "read" && file.original !== "",
  );
  const opened = new Map<string, readonly Readable[]>();
  const files: Readable[] = [];
  for (const file of held) {
    const key = `${file.original} ${handedIn(file.name)}`;
    if (!opened.has(key)) opened.set(key, await readablesOf(store, batch, file, format));
    const readables = opened.get(key) ?? [];
    // What was kept in a scrubbed form is one file, whatever held it.
    const found =
      readables.find(({ file: { path } }) => path === file.name || file.name.endsWith(`/${path}`)) ??
      (readables.length === 1 ? readables[0] : undefined);
    if (found !== undefined) files.push({ ...found, file: { ...found.file, path: file.name } });
  }
  return { format, files };
}

/** What a batch that mends another was made from. @throws Fault `store.broken` when what was handed back is gone */
export async function mendOf(store: Store, batch: HeldBatch, mends: number): Promise<Mend> {
  const mended = await batchById(store.sql, mends);
  const [file] = await batchFiles(store.sql, batch.id);
  if (mended === undefined || file === undefined || !(await store.originals.has(file.original))) {
    throw fault("store.broken", { reason: `批次 ${batch.id} 的原件不在` }, { file: batch.source });
  }
  const returned = await readFixes(await store.originals.get(file.original), batch.source);
  return await mend(store, mended, await contentOf(store, mended), await contextOf(store, mended), returned);
}

async function readablesOf(
  store: Store,
  batch: HeldBatch,
  { original, name }: HeldFile,
  format: Format,
): Promise<readonly Readable[]> {
  if (!(await store.originals.has(original))) return [];
  const bytes = await store.originals.get(original);
  const shown = handedIn(name);
  // A batch of one file has that file for its source, one of a folder the folder: its name may say the month.
  const path = basename(batch.source) === basename(shown) ? batch.source : join(batch.source, shown);
  const readables: Readable[] = [];
  for (const member of await membersOf({ path, bytes, sha256: original }, basename(shown))) {
    for (const read of await openMember(member, format)) if (!("refusal" in read)) readables.push(read);
  }
  return readables;
}

/** What a format is told when it reads files of a batch once more: nothing is registered. */
export async function contextOf(store: Store, batch: HeldBatch): Promise<ReadContext> {
  const places = placeFinder(await store.places());
  return {
    places,
    register: (place) => places.byCode(place.code)?.id ?? 0,
    now: batch.at,
    options: await batchOptions(store, batch.id),
  };
}

/** The file on disk behind a path: `a.tar.gz/inner/b.csv` was handed in as `a.tar.gz`, `a.xlsx#Sheet2` as `a.xlsx`. */
export function handedIn(path: string): string {
  const file = path.replace(/#[^/]*$/, "");
  return /^(.*?\.(tar\.gz|tgz|tar|zip))(\/|$)/i.exec(file)?.[1] ?? file;
}
