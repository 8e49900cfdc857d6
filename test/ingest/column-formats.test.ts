/** Laboratory results, noise points, weather, dust periods, mapped tables. Spans: 1 hour, 4 month, 8 sample. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ingestPath } from "../../ingest/pipeline.ts";
import { Fault } from "../../src/domain/faults.ts";
import { type TemporaryStore, temporaryStore } from "../store-fixture.ts";
import { held, take } from "./take.ts";

let fixture: TemporaryStore;
beforeEach(async () => {
  fixture = await temporaryStore();
});
afterEach(() => fixture.remove());

describe("Monthly results of sections", () => {
  const HEAD = "断面名称,河流,监测时间,溶解氧(mg/L),氨氮(mg/L),总磷（mg/L）,挥发酚(mg/L)";

  it("keep values below the detection limit as the limit with a flag; dry sections have no values", async () => {
    const text = [
      "2024年朝阳区断面水质监测结果",
      HEAD,
      "检出限,,,,,0.01,0.0003",
      "沙窝甲,坝河,2024年3月,8.5,0.025L,<0.01,未检出",
      "通惠甲,通惠河,2024/3/5,-,0.5,0.1,0.001",
      "北小河甲,北小河,2024年3月,断流,,,",
    ];
    const batch = await take(fixture, "w.csv", text.join("\n"));
    expect(batch).toMatchObject({ format: "water-manual", read: 7, inserted: 7, rejected: 0, missing: 5 });
    expect(await held(fixture)).toEqual([
      "沙窝甲 22 2024-03-01 00:00 4 8.5",
      "沙窝甲 26 2024-03-01 00:00 4 0.025 f1",
      "沙窝甲 27 2024-03-01 00:00 4 0.01 f1",
      "沙窝甲 39 2024-03-01 00:00 4 0.0003 f1",
      "通惠甲 26 2024-03-01 00:00 4 0.5",
      "通惠甲 27 2024-03-01 00:00 4 0.1",
      "通惠甲 39 2024-03-01 00:00 4 0.001",
    ]);
  });

  it("reject 未检出 where no limit is written anywhere, and a unit that does not fit", async () => {
    const text = ["断面名称,监测时间,氨氮(μg/L),总磷(mg/L),溶解氧(mg/L)", "沙窝甲,2024年3月,5,未检出,8"];
    const batch = await take(fixture, "w.csv", text.join("\n"));
    expect(batch).toMatchObject({ read: 3, inserted: 1, rejected: 2 });
    expect(batch.rejects.map((one) => one.reason).sort()).toEqual(["row.no-value", "unit.unknown"]);
  });
});

describe("Other tables of one place and time a row", () => {
  it("are noise points, registered with their zone", async () => {
    const batch = await take(
      fixture,
      "n.csv",
      "测点名称,功能区类别,监测时间,Leq dB(A)\n望京西园,1类,2024-03-05 10:00,52.3\n望京西园,1类,2024-03-05 24:00,44.1\n",
    );
    expect(batch).toMatchObject({ format: "noise-points", inserted: 2, registered: ["noise-望京西园"] });
    expect(await held(fixture)).toEqual(["望京西园 60 2024-03-05 10:00 8 52.3", "望京西园 60 2024-03-06 00:00 8 44.1"]);
  });

  it("are weather, labelled by the end of the hour", async () => {
    const text =
      "时间,站点,风速(m/s),降水量(mm),气温(K)\n2024-03-05 08:00,奥体中心,2.1,0,280\n2024-03-05 24:00,奥体中心,999999,0.4,\n";
    const batch = await take(fixture, "q.csv", text);
    expect(batch).toMatchObject({ format: "weather", read: 4, inserted: 3, rejected: 1, missing: 2 });
    expect(await held(fixture)).toEqual([
      "奥体中心 81 2024-03-05 07:00 1 0",
      "奥体中心 81 2024-03-05 23:00 1 0.4",
      "奥体中心 82 2024-03-05 07:00 1 2.1",
    ]);
  });

  it("are dust periods, kept beside the readings", async () => {
    const text =
      "沙尘影响时段\n开始时间,结束时间,地区,类型\n2024-03-09 12:00,2024-03-10 06:30,北京市,扬沙\n2024-03-12 12:00,2024-03-11 12:00,,浮尘\n";
    expect(await take(fixture, "d.csv", text)).toMatchObject({
      format: "dust-periods",
      read: 2,
      inserted: 1,
      rejected: 1,
    });
    const [row] = await fixture.store.sql.rows("SELECT first_hour, last_hour, kind FROM dust_period");
    expect(row).toEqual({
      first_hour: BigInt(Date.parse("2024-03-09T04:00Z")),
      last_hour: BigInt(Date.parse("2024-03-09T22:00Z")),
      kind: "扬沙",
    });
  });
});

describe("A mapped table", () => {
  const WIDE =
    "place: 站\ntime: 时间\nkind: station\nspan: hourEnd\nvalues:\n  臭氧:\n    indicator: o3\n    unit: ppb\n  细颗粒:\n    indicator: pm25\n";

  it("is read wide, with units converted", async () => {
    const text = "设备导出\n站;时间;臭氧;细颗粒\n奥体中心;2024/3/5 7:00;10;35\n奥体中心;2024/3/5 8:00;;NULL\n";
    const batch = await take(fixture, "g.csv", text, { format: "generic", options: { map: WIDE } });
    expect(batch).toMatchObject({ read: 2, inserted: 2, missing: 2 });
    // 10 ppb × 47.9982 ÷ 24.4654.
    expect(await held(fixture)).toEqual(["奥体中心 1 2024-03-05 06:00 1 35", "奥体中心 6 2024-03-05 06:00 1 19.619"]);
  });

  it("is read long, each row with its own indicator and unit", async () => {
    const map = "place: p\ntime: t\nkind: township\nspan: period\nindicator: i\nvalue: v\nunit: u\n";
    const text = "p,t,i,v,u\n将台乡,2024年3月,TSP,120,微克/立方米\n将台乡,2024年3月,尘,120,\n";
    const batch = await take(fixture, "g.csv", text, { format: "generic", options: { map } });
    expect(batch).toMatchObject({
      read: 2,
      inserted: 1,
      rejected: 1,
      rejects: [{ reason: "indicator.unknown", count: 1 }],
    });
    expect(await held(fixture)).toEqual(["将台地区 7 2024-03-01 00:00 4 120"]);
  });

  it("says what is wrong with its mapping, and that it needs one", async () => {
    const wrong = take(fixture, "g.csv", "a,b\n1,2\n", {
      format: "generic",
      options: { map: "place: a\ntime: b\nkind: planet\nspan: day" },
    });
    await expect(wrong).rejects.toThrow(Fault);
    const [batch] = await ingestPath(fixture.store, "generic", `${fixture.dir}/g.csv`, { now: new Date() });
    expect(batch?.files[0]?.reason).toBe("file.needs-mapping");
  });
});
