// A prompt with the store's tables as DataFrames: node repl.mjs --store <folder>
import { start } from "node:repl";
import { parseArgs } from "node:util";
import * as dfd from "danfojs-node";
import * as frames from "./frames.mjs";

const { values } = parseArgs({ options: { store: { type: "string" }, help: { type: "boolean" } } });
const store = values.store ?? process.env.DUIBIAO_STORE;
const HELP = `duibiao 分析台：把算好的表交给 danfojs，不在这里重算
  daily("pm25")                       日值：有效的日均（臭氧为日最大 8 小时）
  statistics("pm25")                  月、年统计值：有效的
  rank("pm25", "2026-09")             排名：街乡；第三个参数可为 station road section district
  standings(2026)                     目标达标状态
每个都给出 { frame, leftOut }：缺数的行不进表，另放在 leftOut（danfojs 会把缺数当 0）。
例：daily("pm25").frame.groupby(["place"]).col(["value"]).mean().print()
退出：.exit`;
if (values.help || store === undefined) {
  console.log(`用法：node repl.mjs --store DIR（或环境变量 DUIBIAO_STORE）\n${HELP}`);
  process.exit(values.help ? 0 : 2);
}
console.log(HELP);
const { context } = start({ prompt: "对标> " });
const bound = Object.entries(frames).filter(([name]) => name !== "wholeFrame");
Object.assign(context, { dfd }, Object.fromEntries(bound.map(([name, table]) => [name, (...words) => table(store, ...words)])));
