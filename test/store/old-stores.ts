/** Stores of earlier schemas, made by the programs of their time (`scripts/make-fixtures.ts`). */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { extract } from "tar";
import type { TableContent } from "./content.ts";

const FIXTURES = join(import.meta.dirname, "fixtures");

export type OldStore = {
  readonly schema: number;
  /** Of every table it had, by name. */
  readonly tables: Readonly<Record<string, TableContent>>;
  /** Unpacks it into a folder. */
  readonly into: (dir: string) => Promise<void>;
};

/** Every kept one, the oldest first. */
export function oldStores(): readonly OldStore[] {
  return readdirSync(FIXTURES)
    .filter((name) => name.endsWith(".json"))
    .map((name): OldStore => {
      const { schema, tables } = JSON.parse(readFileSync(join(FIXTURES, name), "utf8")) as OldStore;
      return {
        schema,
        tables,
        into: async (dir) => {
          mkdirSync(dir, { recursive: true });
          await extract({ cwd: dir, file: join(FIXTURES, name.replace(/json$/, "tar.gz")) });
        },
      };
    })
    .sort((a, b) => a.schema - b.schema);
}
