/** Where a running server tells commands on this machine how to reach it: readable by its owner only. */
import { randomBytes } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Its name in the store's folder. */
export const SERVER_FILE = "serve.json";

const OWNER_ONLY = 0o600;

export type RunningServer = {
  /** On loopback. */
  readonly url: string;
  readonly token: string;
  readonly pid: number;
};

/** Writes the file with a new token. @returns what stands in it */
export async function announceServer(dir: string, url: string): Promise<RunningServer> {
  const server = { url, token: randomBytes(32).toString("base64url"), pid: process.pid };
  const file = join(dir, SERVER_FILE);
  // Made anew, so that the rights are ours whatever was there.
  await rm(file, { force: true });
  await writeFile(file, JSON.stringify(server), { mode: OWNER_ONLY, flag: "wx" });
  return server;
}

export async function withdrawServer(dir: string): Promise<void> {
  await rm(join(dir, SERVER_FILE), { force: true });
}

/** The server of a store, if one announced itself; it may have died since. */
export async function announcedServer(dir: string): Promise<RunningServer | undefined> {
  try {
    const found = JSON.parse(await readFile(join(dir, SERVER_FILE), "utf8")) as Partial<RunningServer>;
    const { url, token, pid } = found;
    if (typeof url !== "string" || typeof token !== "string" || typeof pid !== "number") return undefined;
    return { url, token, pid };
  } catch {
    return undefined;
  }
}
