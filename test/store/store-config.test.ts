/** `store.yaml`: what may stand in it, and what is said of the rest. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Fault, faultLines } from "../../src/domain/faults.ts";
import { readStoreConfig, type StoreConfig } from "../../src/store/store-config.ts";

describe("store.yaml", () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "config-"));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  const read = (text: string, env: Record<string, string> = {}): StoreConfig => {
    writeFileSync(join(dir, "store.yaml"), text);
    return readStoreConfig(dir, env);
  };
  const faultOf = (text: string): Fault => {
    try {
      read(text);
    } catch (error) {
      expect(error).toBeInstanceOf(Fault);
      return error as Fault;
    }
    throw new Error("no fault");
  };
  const influx = "readings:\n  engine: influxdb\n  url: http://db:8086/\n  database: air\n";

  it("is not needed: then readings are in DuckDB", () => {
    expect(readStoreConfig(dir, {})).toEqual({ engine: "duckdb" });
    expect(read("# nothing yet\n")).toEqual({ engine: "duckdb" });
    expect(read("readings:\n  engine: duckdb\n")).toEqual({ engine: "duckdb" });
  });

  it("names an InfluxDB; 1.x and half a minute unless it says otherwise", () => {
    const expected = { flavour: "v1", url: "http://db:8086", database: "air", timeout: 30_000 };
    expect(read(influx)).toEqual({ engine: "influxdb", influx: { ...expected, org: undefined, token: undefined } });
    expect(read(`${influx}  flavour: v2\n  org: bureau\n  timeout: 5\n`).influx).toMatchObject({
      flavour: "v2",
      org: "bureau",
      timeout: 5000,
    });
  });

  it("takes the token from the environment or from a file beside it", () => {
    expect(read(`${influx}  token: {env: INFLUX}\n`, { INFLUX: "u:p" }).influx?.token).toBe("u:p");
    writeFileSync(join(dir, "secret"), "u:q\n");
    expect(read(`${influx}  token: {file: secret}\n`).influx?.token).toBe("u:q");
  });

  it.each([
    ["readings: [", "YAML", 1],
    ["readings: 7\n", "readings", 1],
    ["readings:\n  engine: influx\n", "readings.engine", 2],
    ["readings:\n  motor: duckdb\n", "readings.motor", 2],
    ["readings:\n  engine: influxdb\n", "readings.url", 2],
    ["readings:\n  engine: influxdb\n  url: db:8086\n  database: a\n", "readings.url", 3],
    ["readings:\n  engine: influxdb\n  url: http://db\n", "readings.database", 2],
    [`${influx}  flavour: v4\n`, "readings.flavour", 5],
    [`${influx}  flavour: v2\n`, "readings.org", 2],
    [`${influx}  timeout: never\n`, "readings.timeout", 5],
    [`${influx}  token: secret\n`, "readings.token", 5],
    [`${influx}  token: {env: UNSET}\n`, "readings.token", 5],
    [`${influx}  token: {file: absent}\n`, "readings.token", 5],
  ])("refuses %j and says that it is %s in line %i", (text, field, line) => {
    const fault = faultOf(text);
    expect(fault.code).toBe("store.config");
    expect(fault.params["field"]).toBe(field);
    expect(fault.where.line).toBe(line);
    expect(faultLines(fault, "zh")).toHaveLength(3);
  });

  it("never repeats a token that was written into it", () => {
    const fault = faultOf(`${influx}  token: hunter2\n`);
    expect(JSON.stringify([fault.params, faultLines(fault, "zh")])).not.toContain("hunter2");
  });
});
