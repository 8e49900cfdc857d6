/** The engines the contract is run on: DuckDB always, a real InfluxDB where there is one. */
import { hasInfluxd, type InfluxServer, influxServer } from "../influx/server.ts";

/** Two places suffice for most questions; one code has what the line protocol must escape. */
export const FEW_PLACES = {
  places: [
    { code: "1001A", kind: "station", name: "甲站" },
    { code: "b 2,c=3", kind: "station", name: "乙站" },
  ],
  sets: [],
} as const;

export type EngineCase = {
  readonly engine: "duckdb" | "influxdb";
  readonly available: boolean;
  /** A `store.yaml` for a new, empty database. */
  readonly yaml: () => Promise<string | undefined>;
  readonly stop: () => Promise<void>;
};

export function engineCases(): readonly EngineCase[] {
  let server: Promise<InfluxServer> | undefined;
  let made = 0;
  return [
    { engine: "duckdb", available: true, yaml: async () => undefined, stop: async () => undefined },
    {
      engine: "influxdb",
      available: hasInfluxd,
      yaml: async () => {
        server ??= influxServer();
        made += 1;
        return await emptyDatabase(await server, `d${made}`);
      },
      stop: async () => (await server)?.stop(),
    },
  ];
}

/** Makes a database and returns the `store.yaml` that names it. */
export async function emptyDatabase({ url, command }: InfluxServer, database: string): Promise<string> {
  // Long shards, as docs/influxdb.md advises: with the default of a week, an archive of a year opens 52 of them.
  await command(`CREATE DATABASE ${database} WITH DURATION INF REPLICATION 1 SHARD DURATION 52w`);
  return `readings:\n  engine: influxdb\n  flavour: v1\n  url: ${url}\n  database: ${database}\n`;
}
