/** The ready sources: well-formed, and told apart from one another by a server that replays real bodies. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openSource } from "../../../ingest/members.ts";
import { type PullSource, parseSources } from "../../../ingest/sources/config.ts";
import { pullSource } from "../../../ingest/sources/pull.ts";
import { hasShared, shared } from "../../shared.ts";
import { temporaryStore } from "../../store-fixture.ts";
import { localServer } from "./server.ts";

const templates = parseSources(
  readFileSync(new URL("../../../seeds/sources/sources.yaml", import.meta.url), "utf8"),
  "sources.yaml",
);
const at = (name: string, url: string): PullSource => {
  const found = templates.find((one) => one.name === name) as PullSource;
  const { pathname, origin } = new URL(found.url);
  return { ...found, url: found.url.replace(origin, url).replace(pathname, pathname) };
};
const effects = (now: string) => ({ now: () => new Date(now), sleep: async () => undefined, random: () => 0 });

describe.skipIf(!hasShared)("The ready sources against replayed bodies", () => {
  it("take a day of the air archive", async () => {
    const { members } = await openSource(shared("data/quotsoft-beijing-2015.tar.gz"));
    const member = members.find((one) => one.name === "beijing_all_20150310.csv");
    const server = await localServer((path) =>
      path.endsWith("/beijing_all_20150310.csv") ? (_, response) => void response.end(member?.bytes) : undefined,
    );
    const fixture = await temporaryStore();
    const run = await pullSource(fixture.store, at("air-archive", server.url), effects("2015-03-10T12:00:00Z"));
    expect(run).toMatchObject({ outcome: "done", rejected: 0 });
    expect(run.inserted).toBe(run.read);
    await fixture.remove();
    await server.close();
  });

  it("post the form of the water release and take its body", async () => {
    const { members } = await openSource(shared("data/cnemc-water/raw-json-2020-05_2020-11.tar.gz"));
    const member = members.find((one) => one.name.endsWith(".json") && /5|05/.test(one.path));
    const forms: string[] = [];
    const server = await localServer(() => (request, response) => {
      request.on("data", (part: Buffer) => forms.push(part.toString()));
      request.on("end", () => response.end(member?.bytes));
    });
    const fixture = await temporaryStore();
    const run = await pullSource(fixture.store, at("water-release", server.url), effects("2020-05-10T12:00:00Z"));
    expect(run.read).toBeGreaterThan(0);
    expect(forms.join("")).toContain("action=getRealDatas");
    expect(forms.join("")).toContain("PageIndex=1");
    await fixture.remove();
    await server.close();
  });
});
