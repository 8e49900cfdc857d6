/**
 * A real InfluxDB 1.x for tests: Debian's `influxd` with its own configuration and data folder, on loopback only.
 *
 * Where the program is not installed, tests that need it are visibly skipped; in CI its absence is a failure.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAM = ["/usr/bin/influxd", "/usr/local/bin/influxd"].find((path) => existsSync(path));

export const hasInfluxd = PROGRAM !== undefined || process.env["CI"] === "true";

export type InfluxServer = {
  readonly url: string;
  /** Sends one InfluxQL statement as the administrator. */
  readonly command: (statement: string, database?: string) => Promise<string>;
  /** SIGKILL, and the same server again on the same data. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** For store.yaml when `auth` is on. */
  readonly admin: string;
};

const READY_TRIES = 200;
const READY_PAUSE_MS = 100;

export async function influxServer({ auth = false }: { readonly auth?: boolean } = {}): Promise<InfluxServer> {
  if (PROGRAM === undefined) throw new Error("influxd is not installed (apt-get install influxdb)");
  const dir = await mkdtemp(join(tmpdir(), "influxd-"));
  const [port, rpc] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const admin = "admin:an admin's secret";
  const config = join(dir, "influxdb.conf");
  await writeFile(config, configuration(dir, port, rpc, auth));
  let child: ChildProcess | undefined;

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise((resolve) => running.once("exit", resolve));
    running.kill(signal);
    await gone;
  };
  const start = async (): Promise<void> => {
    if (child !== undefined) return;
    child = spawn(PROGRAM, ["run", "-config", config], { stdio: "ignore" });
    for (let tries = 0; tries < READY_TRIES; tries++) {
      const answer = await fetch(`${url}/ping`).catch(() => undefined);
      if (answer?.status === 204) return;
      await new Promise((resolve) => setTimeout(resolve, READY_PAUSE_MS));
    }
    throw new Error("influxd does not answer");
  };
  const command = async (statement: string, database = ""): Promise<string> => {
    const answer = await fetch(`${url}/query?${new URLSearchParams({ db: database })}`, {
      method: "POST",
      headers: auth ? { authorization: `Basic ${Buffer.from(admin).toString("base64")}` } : {},
      body: new URLSearchParams({ q: statement }),
    });
    return await answer.text();
  };
  // A run that dies must not leave its server behind.
  process.once("exit", () => child?.kill("SIGKILL"));
  await start();
  if (auth) await command(`CREATE USER admin WITH PASSWORD 'an admin\\'s secret' WITH ALL PRIVILEGES`);
  return {
    url,
    admin,
    command,
    start,
    kill: () => end("SIGKILL"),
    stop: async () => {
      await end("SIGTERM");
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function configuration(dir: string, port: number, rpc: number, auth: boolean): string {
  return `reporting-disabled = true
reporting-enabled = false
bind-address = "127.0.0.1:${rpc}"
[meta]
  dir = "${dir}/meta"
[data]
  dir = "${dir}/data"
  wal-dir = "${dir}/wal"
  index-version = "inmem"
  wal-fsync-delay = "0s"
[monitor]
  store-enabled = false
[subscriber]
  enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  auth-enabled = ${auth}
  log-enabled = false
[logging]
  level = "error"
`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
