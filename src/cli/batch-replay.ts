/** `duibiao batch replay`: rebuilds a store from the kept originals into a new folder, and compares the two. */
import { existsSync } from "node:fs";
import { replayInto } from "../../ingest/replay.ts";
import { fault } from "../domain/faults.ts";
import { digestOf } from "../store/digest.ts";
import { openStore as openFolder } from "../store/open.ts";
import { command } from "./command.ts";
import { seedPlaces } from "./seeds.ts";

export const batchReplay = command({
  name: "batch replay",
  zh: "用留存的原件在新文件夹里重建数据库，并核对两者一致",
  words: [],
  options: {
    into: { type: "string", value: "DIR", zh: "新文件夹（必须还不存在）", required: true },
    json: { type: "boolean", zh: "只输出一份 JSON" },
  },
  examples: ["duibiao batch replay --into rebuilt/"],
  async run(_words, { into, json }, { openStore, out, progress }) {
    if (existsSync(into)) throw fault("option.value", { option: "into", given: into, expected: "还不存在的文件夹" });
    const store = await openStore();
    const rebuilt = await openFolder(into, { create: true, seeds: seedPlaces() });
    try {
      let batches = 0;
      await replayInto(store, rebuilt, ({ batch, files }) => {
        batches += 1;
        progress(`批次 ${batch}：${files} 个文件`);
      });
      const [before, after] = [await digestOf(store), await digestOf(rebuilt)];
      const same = before.readings === after.readings && before.daily === after.daily && before.beside === after.beside;
      if (json) out(JSON.stringify({ batches, same, before, after }));
      else
        out(
          same
            ? `重建完成：${batches} 个批次，与原库一致`
            : `重建完成，但与原库不一致：读数 ${before.readings} / ${after.readings}`,
        );
      return same ? 0 : 3;
    } finally {
      await rebuilt.close();
    }
  },
});
