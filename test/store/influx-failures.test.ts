/** What a server can do wrong, and what becomes of it: tried again where that helps, else one fault with a way out. */
import type { ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Fault, type FaultCode, faultLines } from "../../src/domain/faults.ts";
import { connectInflux } from "../../src/store/influx/connection.ts";
import { influxReadings } from "../../src/store/influx/readings.ts";
import type { PlaceSeeds, Store } from "../../src/store/port.ts";
import type { InfluxConfig } from "../../src/store/store-config.ts";
import { type Asked, chunks, type Misbehaving, misbehaving } from "../influx/misbehaving.ts";
import { hasInfluxd, type InfluxServer, influxServer } from "../influx/server.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { FEW_PLACES } from "./engines.ts";
import { heldRows, type Row, relationOf } from "./rows.ts";

const T0 = Date.UTC(2015, 2, 1);
const ROW: Row = { place: 1, indicator: "pm25", start: T0, span: "hour", exact: 5n, flag: 0, grade: 0, batch: 1 };
const POINT = [T0, "1001A", "pm25", "hour", 5, 0, 0, 1, 0];
const SHORT_TIMEOUT = 300;

const config = (url: string, change: Partial<InfluxConfig> = {}): InfluxConfig => ({
  flavour: "v1",
  url,
  database: "d",
  timeout: 5000,
  ...change,
});

describe("An InfluxDB that misbehaves", () => {
  let temporary: TemporaryStore;
  const servers: Misbehaving[] = [];
  const pauses: number[] = [];

  beforeAll(async () => {
    temporary = await temporaryStore(FEW_PLACES as PlaceSeeds);
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
    await temporary.store.sql.run("DELETE FROM influx_intent_row");
    await temporary.store.sql.run("DELETE FROM influx_intent");
    pauses.length = 0;
  });
  afterAll(() => temporary.remove());

  const storeAt = async (settings: InfluxConfig): Promise<Store> => {
    const { store } = temporary;
    const connection = connectInflux(settings, async (ms) => {
      pauses.push(ms);
    });
    return { ...store, ...(await influxReadings(store.sql, await store.connect(), connection, store.dir)) };
  };
  const behind = async (
    answer: (response: ServerResponse, asked: Asked, turn: number) => void,
    change: Partial<InfluxConfig> = {},
    version?: string,
  ): Promise<{ readonly store: Store; readonly server: Misbehaving }> => {
    const server = await misbehaving(answer, version);
    servers.push(server);
    return { store: await storeAt(config(server.url, change)), server };
  };
  const faultOf = async (work: Promise<unknown>, code: FaultCode): Promise<Fault> => {
    const error: unknown = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Fault);
    const found = error as Fault;
    expect(found.code).toBe(code);
    const lines = faultLines(found, "zh");
    expect(lines).toHaveLength(3);
    expect(lines.join("")).not.toMatch(/\{|undefined/);
    return found;
  };
  const insert = async (store: Store): Promise<void> => store.readings.insert(await relationOf(store, [ROW]));
  const isWrite = ({ path }: Asked): boolean => path.startsWith("/write");
  const answerRead = (response: ServerResponse): void => {
    response.end(chunks(0));
  };

  it("is asked again after 500, 503, 429 and 408, and the write counts once it says 204", async () => {
    const { store, server } = await behind((response, _, turn) => {
      response.writeHead([500, 503, 429, 408, 204][turn] ?? 204).end();
    });
    await insert(store);
    expect(server.asked.map(({ body }) => body)).toEqual(new Array(5).fill(server.asked[0]?.body));
    expect(server.asked[0]?.body).toBe(
      `reading,indicator=pm25,place=1001A,span=hour batch=1i,exact=5i,flag=0i,grade=0i,value=5e-08,void=0i ${T0}`,
    );
    expect(pauses).toHaveLength(4);
  });

  it("is given the seconds it asks for with Retry-After", async () => {
    const { store } = await behind((response, _, turn) => {
      response.writeHead(turn === 0 ? 429 : 204, { "retry-after": "7" }).end();
    });
    await insert(store);
    expect(pauses).toEqual([7000]);
  });

  it.each<[string, number, string, FaultCode]>([
    ["stays at 503", 503, "timeout", "store.influx-busy"],
    ["refuses a token", 401, "authorization failed", "store.influx-token"],
    ["forbids the database", 403, "not authorized to write", "store.influx-token"],
    ["lacks the database", 404, 'database not found: "d"', "store.influx-database"],
    ["holds a field of another type", 400, "partial write: field type conflict: input field", "store.influx-type"],
    ["cannot parse a line", 400, "unable to parse", "store.influx-refused"],
    ["finds the body too large", 413, "Request Entity Too Large", "store.influx-refused"],
    ["answers a write with 200", 200, "welcome to the proxy", "store.influx-refused"],
  ])("that %s fails the batch whole", async (_, status, error, code) => {
    const { store } = await behind((response, asked) => {
      if (!isWrite(asked)) return answerRead(response);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ error }));
    });
    const found = await faultOf(insert(store), code);
    if (status !== 200) expect(JSON.stringify(found.params)).toContain(error.replaceAll('"', '\\"'));
    expect(await heldRows(store)).toEqual([]);
  });

  it("that never answers counts as unreachable after the time allowed", async () => {
    const { store } = await behind(
      (response, asked) => {
        if (!isWrite(asked)) answerRead(response);
      },
      { timeout: SHORT_TIMEOUT },
    );
    expect((await faultOf(insert(store), "store.influx-unreachable")).params["reason"]).toContain("0.3 秒");
  });

  it("that is not there is unreachable, and nothing is kept of the batch", async () => {
    const { server } = await behind(answerRead);
    await server.stop();
    const store = await storeAt(config(server.url));
    expect((await faultOf(insert(store), "store.influx-unreachable")).params["reason"]).toContain("ECONNREFUSED");
  });

  it.each<[string, string, FaultCode]>([
    [
      "an error in the first result",
      '{"results":[{"statement_id":0,"error":"database not found: d"}]}\n',
      "store.influx-database",
    ],
    [
      "an error after good rows",
      `${chunks(2, { rows: [POINT], partial: true })}{"results":[{"statement_id":1,"error":"query interrupted"}]}\n`,
      "store.influx-answer",
    ],
    ["an error beside the results", '{"error":"timeout"}\n', "store.influx-answer"],
    ["a last chunk that says there is more", chunks(1, { rows: [POINT], partial: true }), "store.influx-answer"],
    ["fewer rows than it counted", chunks(2, { rows: [POINT] }), "store.influx-answer"],
    ["half a document", chunks(1, { rows: [POINT] }).slice(0, -20), "store.influx-answer"],
    ["nothing at all", "", "store.influx-answer"],
    ["points without our fields", chunks(1, { rows: [[...POINT.slice(0, 5), null, 0, 1, 0]] }), "store.influx-answer"],
    ["points of a place nobody knows", chunks(1, { rows: [[T0, "999Z", ...POINT.slice(2)]] }), "store.influx-foreign"],
  ])("that answers a read with %s under status 200 is not believed", async (_, body, code) => {
    const { store } = await behind((response) => {
      response.end(body);
    });
    await faultOf(heldRows(store), code);
  });

  it("that cuts the stream in the middle, or stalls there, is not believed", async () => {
    const half = chunks(2, { rows: [POINT], partial: true });
    const cut = await behind((response) => {
      response.writeHead(200, { "transfer-encoding": "chunked" });
      response.write(half, () => response.destroy());
    });
    await faultOf(heldRows(cut.store), "store.influx-answer");
    const stalled = await behind((response) => void response.write(half), { timeout: SHORT_TIMEOUT });
    await faultOf(heldRows(stalled.store), "store.influx-answer");
  });

  it("is asked a read again only before its first byte", async () => {
    const { store, server } = await behind((response, _, turn) => {
      if (turn === 0) response.writeHead(500).end();
      else response.end(chunks(1, { rows: [POINT] }));
    });
    expect(await heldRows(store)).toEqual([ROW]);
    expect(server.asked).toHaveLength(2);
  });

  it.each<[string, InfluxConfig["flavour"]]>([
    ["1.5.2", "v1"],
    ["0.9.6", "v1"],
    ["v2.7.1", "v1"],
    ["1.8.10", "v2"],
    ["", "v1"],
  ])("of version “%s” is refused for flavour %s", async (version, flavour) => {
    const { store, server } = await behind(answerRead, { flavour }, version);
    await faultOf(insert(store), "store.influx-version");
    expect(server.asked).toEqual([]);
  });

  it("that comes back has the lost batch taken back before anything else, and says so while it is away", async () => {
    let state: "dies" | "away" | "back" = "dies";
    const written: string[] = [];
    const { store } = await behind((response, asked) => {
      if (state === "away") response.writeHead(503).end();
      else if (!isWrite(asked)) {
        const [last] = written;
        response.end(last === undefined || written.length > 1 ? chunks(0) : chunks(1, { rows: [POINT] }));
      } else if (state === "dies") {
        // Written, but the acknowledgement is lost: the worst a time-out can mean.
        written.push(asked.body);
        state = "away";
        response.destroy();
      } else {
        written.push(asked.body);
        response.writeHead(204).end();
      }
    });
    await faultOf(insert(store), "store.influx-busy");
    await faultOf(heldRows(store), "store.influx-unrepaired");
    state = "back";
    expect(await heldRows(store)).toEqual([]);
    expect(written).toHaveLength(2);
    expect(written[1]).toContain("void=1i");
  });

  it("of another flavour is written to by its own path, header and precision (from documentation, not run)", async () => {
    const v2 = await behind(
      (response) => void response.writeHead(204).end(),
      { flavour: "v2", org: "局", token: "t" },
      "v2.7.1",
    );
    await insert(v2.store);
    expect(v2.server.asked[0]?.path).toBe(`/api/v2/write?org=${encodeURIComponent("局")}&bucket=d&precision=ms`);
    expect(v2.server.asked[0]?.headers.authorization).toBe("Token t");
    const v3 = await behind((response) => void response.writeHead(204).end(), { flavour: "v3", token: "t" }, "3.1.0");
    await insert(v3.store);
    expect(v3.server.asked[0]?.path).toBe("/api/v3/write_lp?db=d&precision=millisecond&accept_partial=false");
    expect(v3.server.asked[0]?.headers.authorization).toBe("Bearer t");
  });

  it("is never sent a place code that would end a tag early", async () => {
    const { store, server } = await behind(answerRead);
    const [place] = await store.addPlaces([{ code: "z\\", kind: "station", name: "丙站" }]);
    const rows = await relationOf(store, [{ ...ROW, place: place ?? 0 }]);
    await faultOf(store.readings.insert(rows), "store.influx-refused");
    expect(server.asked).toEqual([]);
  });
});

describe.skipIf(!hasInfluxd)("A real InfluxDB 1.x with users", () => {
  let server: InfluxServer;
  let temporary: TemporaryStore;
  beforeAll(async () => {
    server = await influxServer({ auth: true });
    await server.command("CREATE DATABASE d");
    temporary = await temporaryStore(FEW_PLACES as PlaceSeeds);
  });
  afterAll(async () => {
    await temporary?.remove();
    await server?.stop();
  });
  const storeAt = async (change: Partial<InfluxConfig>): Promise<Store> => {
    const { store } = temporary;
    const connection = connectInflux(config(server.url, change), async () => undefined);
    return { ...store, ...(await influxReadings(store.sql, await store.connect(), connection, store.dir)) };
  };
  const codeOf = async (work: Promise<unknown>): Promise<string> =>
    await work.then(
      () => "done",
      (error: unknown) => (error instanceof Fault ? error.code : String(error)),
    );
  const insert = async (store: Store): Promise<void> => store.readings.insert(await relationOf(store, [ROW]));
  /** The next store finds a clean catalogue, as after a repair by hand. */
  const forget = async (): Promise<void> => {
    for (const table of ["influx_intent", "influx_intent_row"]) await temporary.store.sql.run(`DELETE FROM ${table}`);
  };

  it("takes the right password, and refuses a wrong one for writes and reads", async () => {
    const right = await storeAt({ token: server.admin });
    await insert(right);
    expect(await heldRows(right)).toEqual([ROW]);
    const wrong = await storeAt({ token: "admin:no" });
    expect(await codeOf(heldRows(wrong))).toBe("store.influx-token");
    expect(await codeOf(insert(wrong))).toBe("store.influx-token");
    await forget();
  });

  it("without the database says so for writes and reads", async () => {
    const store = await storeAt({ token: server.admin, database: "nowhere" });
    expect(await codeOf(heldRows(store))).toBe("store.influx-database");
    expect(await codeOf(insert(store))).toBe("store.influx-database");
    await forget();
  });

  it("whose field has another type keeps nothing of the batch", async () => {
    await server.command("CREATE DATABASE typed");
    const address = `${server.url}/write?db=typed`;
    const headers = { authorization: `Basic ${Buffer.from(server.admin).toString("base64")}` };
    const line = `reading,place=other flag="text" ${T0}000000`;
    expect((await fetch(address, { method: "POST", headers, body: line })).status).toBe(204);
    const store = await storeAt({ token: server.admin, database: "typed" });
    expect(await codeOf(insert(store))).toBe("store.influx-type");
    await forget();
  });
});
