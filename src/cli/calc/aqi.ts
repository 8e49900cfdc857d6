/** `duibiao calc aqi`: the HJ 633 index of each row, daily or real-time, in either edition; CSV in and CSV out. */
import { parsePolicies } from "../../standards/policy.ts";
import { command } from "../command.ts";
import { aqiRows } from "./aqi-row.ts";
import { appendColumns } from "./csv-stream.ts";

export const calcAqi = command({
  name: "calc aqi",
  zh: "逐行计算 AQI、首要污染物和级别（标准输入 CSV → 标准输出 CSV）",
  words: [],
  options: {
    map: { type: "string", value: "原列名=标准列名", zh: "改列名，例如 co=co_mgm3；可重复", multiple: true },
    policy: { type: "string", value: "NAME=V", zh: "口径，例如 aqiMissing=available；可重复", multiple: true },
  },
  examples: [
    "duibiao calc aqi < days.csv > days-aqi.csv",
    "duibiao calc aqi --policy aqiMissing=available --map co=co_mgm3 < days.csv",
  ],

  async run(_words, { map, policy }, effects) {
    const policies = parsePolicies(policy ?? []);
    await appendColumns(effects, map ?? [], (columns) => aqiRows(columns, policies));
    return 0;
  },
});
