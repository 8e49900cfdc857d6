/** A file handed in over the API by the generated client: what it made is told as the document says. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { duibiaoClient } from "../../clients/duibiao.ts";
import { temporaryStore } from "../store-fixture.ts";
import { type Served, serve } from "./city.ts";
import { post, setUp } from "./users.ts";

let served: Served;
let client: ReturnType<typeof duibiaoClient>;
let answers: z.ZodType;

beforeAll(async () => {
  served = await serve(await temporaryStore(), { readOnlyDemo: false });
  const admin = await setUp(served);
  const made = await post(served, admin, "/admin/tokens", { name: "a", account: "1", scope: "write", days: "1" });
  const token = /dbt_[\w-]+/.exec(await made.text())?.[0] ?? "";
  client = duibiaoClient({ url: served.url, token });
  const { paths } = (await (await served.get("/api/v1/openapi.json", { authorization: `Bearer ${token}` })).json()) as {
    paths: Record<
      string,
      { post: { responses: { 200: { content: Record<string, { schema: z.core.JSONSchema.BaseSchema }> } } } }
    >;
  };
  answers = z.fromJSONSchema(paths["/api/v1/batches"]?.post.responses[200].content["application/json"]?.schema ?? {});
}, 120_000);

afterAll(() => served?.close());

const map = (span: string) =>
  `fixedPlace: 东四\nkind: station\ntime: t\nspan: ${span}\nvalues:\n  v: {indicator: so2}\n`;

function form(text: string, span: string, more: Readonly<Record<string, string>> = {}): FormData {
  const made = new FormData();
  made.set("file", new File([text], "a.csv"));
  for (const [name, value] of Object.entries({ format: "generic", map: map(span), ...more })) made.set(name, value);
  return made;
}

/** Minutes of 8 o'clock, and the first ten of 9 o'clock. */
const MINUTES = [
  "t,v",
  ...Array.from({ length: 70 }, (_, k) => `2024-03-05 ${k < 60 ? 8 : 9}:${String(k % 60).padStart(2, "0")},5`),
];

describe("a file handed in over the API", () => {
  it("tells which of its minutes made hours, tried or taken", async () => {
    for (const dryRun of ["yes", "no"]) {
      const taken = await client.postBatches(form(`${MINUTES.join("\n")}\n`, "minuteStart", { dryRun }));
      expect(answers.safeParse(taken).error?.issues ?? []).toEqual([]);
      expect(taken).toMatchObject([
        { read: 70, inserted: 70, minutes: { touched: 2, short: 1 }, registered: [], warnings: [] },
      ]);
      expect(taken[0]?.id === null).toBe(dryRun === "yes");
    }
  });

  it("has no minutes to tell of where hours came in", async () => {
    const [taken] = await client.postBatches(form("t,v\n2024-03-06 08:00,5\n", "hourStart"));
    expect(taken).toMatchObject({ inserted: 1, minutes: null });
  });

  it("refuses a mapping that is none", async () => {
    const refused = client.postBatches(form("t,v\n", "weekly"));
    await expect(refused).rejects.toMatchObject({ status: 400, problem: { code: "ingest.mapping" } });
  });
});
