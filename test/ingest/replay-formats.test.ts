/** A replay asks each original again, with what its batch was told: scrubbed, mapped and many-sheeted ones too. */
import { join } from "node:path";
import { writeXlsx } from "hucre";
import { expect, it } from "vitest";
import { replayInto } from "../../ingest/replay.ts";
import { seedPlaces } from "../../src/cli/seeds.ts";
import { digestOf } from "../../src/store/digest.ts";
import { openStore } from "../../src/store/open.ts";
import { publishedRanks } from "../../src/store/published-ranks.ts";
import { temporaryStore } from "../store-fixture.ts";
import { take } from "./take.ts";

it("A store made again from its originals holds the same readings, ranks and complaints", async () => {
  const fixture = await temporaryStore();
  const sheet = (month: string) => ({
    name: month,
    rows: [[`2024年${month}街道（乡镇）TSP浓度`], ["街道（乡镇）", "TSP浓度"], ["将台乡", 100]],
  });
  await take(fixture, "two.xlsx", new Uint8Array(await writeXlsx({ sheets: [sheet("1月"), sheet("2月")] })));
  await take(
    fixture,
    "c.csv",
    "工单编号,问题分类,来电人,被反映区,被反映街乡镇,来电时间\nA1,噪声,某某,朝阳区,将台乡,2024-03-05 08:00\n",
  );
  const map = "place: s\ntime: t\nkind: station\nspan: hourEnd\nvalues:\n  v:\n    indicator: pm25\n";
  await take(fixture, "g.csv", "s,t,v\n东四,2024-03-05 8:00,35\n", { format: "generic", options: { map } });
  await take(
    fixture,
    "n.txt",
    "3月全市街道(乡镇)TSP浓度排名\n排序(倒序) | 所属区 | 街道(乡镇)\n1 | 朝阳区 | 将台乡\n",
    { format: "notice", options: { year: "2024" } },
  );
  const again = await openStore(join(fixture.dir, "again"), { create: true, seeds: seedPlaces() });
  await replayInto(fixture.store, again, () => undefined);
  expect(await digestOf(again)).toEqual(await digestOf(fixture.store));
  expect(await publishedRanks(again.sql)).toEqual(await publishedRanks(fixture.store.sql));
  expect(await again.sql.rows("SELECT * FROM complaint")).toEqual(
    await fixture.store.sql.rows("SELECT * FROM complaint"),
  );
  await again.close();
  await fixture.remove();
});
