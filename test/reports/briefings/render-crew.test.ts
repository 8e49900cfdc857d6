/** Threads that typeset: what comes back is each job's own, and they end with the work. */
import { describe, expect, it } from "vitest";
import { withRenderCrew } from "../../../reports/briefings/render-crew.ts";
import { renderJob } from "../../../reports/briefings/render-job.ts";
import { renderTownships } from "../../../reports/briefings/township-files.ts";
import { township } from "./township-cases.ts";

describe("a crew of typesetting threads", () => {
  it("gives each township its own document in the order asked for, the same as without threads", async () => {
    const briefings = ["甲街道", "乙街道", "丙街道", "丁街道", "戊街道"].map((name) => ({
      ...township(),
      township: name,
    }));
    const told: string[] = [];
    const made = await withRenderCrew(
      briefings.length,
      async (render) => await renderTownships(render, briefings, "html", (done, of) => told.push(`${done}/${of}`)),
    );
    expect(made.map(({ briefing }) => briefing.township)).toEqual(briefings.map((one) => one.township));
    for (const { briefing, bytes } of made) {
      const alone = await renderJob({ kind: "township", briefing, format: "html" });
      expect(Buffer.compare(bytes, alone)).toBe(0);
    }
    expect(told).toEqual(["4/5", "5/5"]);
  });

  it("fails with the document's own fault, whatever the others do", async () => {
    const wrong = { ...township(), township: "\u{F0000}街道" };
    const work = withRenderCrew(3, async (render) =>
      renderTownships(render, [township(), wrong, township()], "pdf", () => {}),
    );
    await expect(work).rejects.toMatchObject({ code: "briefing.glyph-missing" });
  });
});
