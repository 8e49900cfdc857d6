/** `duibiao store copy`: moves the readings between the built-in DuckDB and an InfluxDB, and switches over when equal. */
import { fault } from "../domain/faults.ts";
import { command } from "./command.ts";

export const storeCopy = command({
  name: "store copy",
  zh: "把读数搬到 InfluxDB 或搬回 DuckDB：可续传，按摘要核对一致后才切换",
  words: [],
  options: {
    to: { type: "string", value: "influxdb|duckdb", zh: "搬到哪里；InfluxDB 的地址写在 store.yaml", required: true },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: ["duibiao store copy --to influxdb", "duibiao store copy --to duckdb"],
  async run(_words, { to, json }, { openStore, out, progress, storeDir }) {
    const [{ ENGINES, readStoreConfig }, { configured }, { connectInflux }, { copyReadings, switchEngine }] =
      await Promise.all([
        import("../store/store-config.ts"),
        import("../store/engine.ts"),
        import("../store/influx/connection.ts"),
        import("../store/influx/copy.ts"),
      ]);
    const target = ENGINES.find((engine) => engine === to);
    if (target === undefined) {
      throw fault("option.value", { option: "to", given: to, expected: ENGINES.join(" | ") }, { parameter: "--to" });
    }
    const config = readStoreConfig(storeDir, process.env);
    const store = await openStore({ asHeld: true });
    if (store.readings.engine === target) {
      if (config.engine !== target) await switchEngine(store, target);
      out(json ? JSON.stringify({ to: target, rows: 0, changed: 0, already: true }) : `读数已经在 ${target}，没有改动`);
      return 0;
    }
    const result = await copyReadings(store, target, connectInflux(configured(config.influx)), ({ rows, of }) =>
      progress(`已复制 ${rows} / ${of}`),
    );
    if ("differs" in result) {
      const what = `原库 ${result.differs[0]}，目标 ${result.differs[1]}`;
      throw fault("store.copy-differs", { what }, { parameter: `--to ${target}` });
    }
    await switchEngine(store, target);
    out(
      json
        ? JSON.stringify({ to: target, ...result })
        : `已切换到 ${target}：读数 ${result.rows} 个，写入或改动 ${result.changed} 个，两边摘要一致（${result.digest}）`,
    );
    return 0;
  },
});
