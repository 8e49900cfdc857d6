/** The generated client against the running server: every question the document has is asked through it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { DuibiaoError, duibiaoClient } from "../../clients/duibiao.ts";
import { cityStore, type Served, serve } from "./city.ts";

type Client = ReturnType<typeof duibiaoClient>;
type Operation = {
  readonly operationId: string;
  readonly responses: {
    readonly 200: {
      readonly content: { readonly "application/json": { readonly schema: z.core.JSONSchema.BaseSchema } };
    };
  };
};

let served: Served;
let client: Client;
let operations: readonly Operation[];

beforeAll(async () => {
  served = await serve(await cityStore());
  client = duibiaoClient({ url: served.url });
  const { paths } = JSON.parse(await served.text("/api/v1/openapi.json")) as {
    paths: Record<string, Record<string, Operation>>;
  };
  operations = Object.values(paths).flatMap((verbs) => (verbs["get"] === undefined ? [] : [verbs["get"]]));
}, 480_000);

afterAll(() => served?.close());

const TARGET = "2024-air-1.1-pm25";

const CALLS: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  getPlaces: (one) => one.getPlaces({ kind: "station", size: 3 }),
  getIndicators: (one) => one.getIndicators(),
  getMethods: (one) => one.getMethods(),
  getMethodsIndicator: (one) => one.getMethodsIndicator({ indicator: "pm25" }),
  getReadings: (one) => one.getReadings({ indicator: "pm25", place: "bj-dongsi", period: "2024-09-01", size: 5 }),
  getStatistics: (one) =>
    one.getStatistics({
      indicator: "pm25",
      period: "2024-09",
      place: ["110105", "110105026"],
      policy: ["classOn=raw"],
    }),
  getRanks: (one) => one.getRanks({ indicator: "tsp", period: "2024-09", worst: 10 }),
  getExplain: (one) => one.getExplain({ indicator: "pm25", place: "110105", period: "2024-09" }),
  getTargets: (one) => one.getTargets({ plan: "2024", at: "2024-10-11", area: "air" }),
  getTargetsId: (one) => one.getTargetsId({ id: TARGET }),
  getStandings: (one) => one.getStandings({ plan: "2024" }),
  getOutlookId: (one) => one.getOutlookId({ id: TARGET, at: "2024-10-11" }),
  getTallies: (one) => one.getTallies(),
  getBatches: (one) => one.getBatches({ size: 2 }),
  getBatchesId: (one) => one.getBatchesId({ id: 1 }),
  getChanges: (one) => one.getChanges({ from: 0, size: 5 }),
  getBriefings: (one) => one.getBriefings(),
};

describe("the generated client", () => {
  it("has a method for every question of the document", () => {
    expect(Object.keys(CALLS).sort()).toEqual(operations.map((one) => one.operationId).sort());
    for (const { operationId } of operations) expect(Object.keys(client)).toContain(operationId);
  });

  it.each(Object.keys(CALLS))("asks %s and is answered as the document says", async (name) => {
    const operation = operations.find((one) => one.operationId === name);
    const schema = z.fromJSONSchema(operation?.responses[200].content["application/json"].schema ?? {});
    const answer = await CALLS[name]?.(client);
    expect(schema.safeParse(answer).error?.issues ?? []).toEqual([]);
  });

  it("hands a refusal over with its code, in both languages", async () => {
    const refused = client.getRanks({ indicator: "nothing", period: "2024-09" });
    const error = await refused.catch((one: unknown) => one);
    expect(error).toBeInstanceOf(DuibiaoError);
    expect(error).toMatchObject({ status: 400, problem: { code: "indicator.unknown" } });
    expect((error as DuibiaoError).problem?.titleEn).toMatch(/nothing/);
  });

  it("is not let in by a token that is none", async () => {
    const stranger = duibiaoClient({ url: served.url, token: "dbt_wrong" });
    await expect(stranger.getIndicators()).rejects.toMatchObject({ status: 401, problem: { code: "access.token" } });
  });
});
