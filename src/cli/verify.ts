/** `duibiao verify`: whether a file is a briefing as published, was altered, or was superseded by a later version. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { type FileVerdict, verdictLines, verdictOf } from "../../reports/briefings/verdict.ts";
import { fault } from "../domain/faults.ts";
import { type Briefing, publishedBriefings } from "../store/briefings.ts";
import { command } from "./command.ts";

export const verify = command({
  name: "verify",
  zh: "核对简报文件：公布一致、已改动，或已被新版本取代",
  words: [{ name: "file", zh: "简报文件" }],
  options: { json: { type: "boolean", zh: "只输出一份 JSON" } },
  examples: ["duibiao verify 简报/朝阳区-月报-2026-10.pdf"],
  async run([file = ""], { json }, { openStore, out }) {
    const bytes = await readFile(file).catch((error: unknown) => {
      throw fault(
        "briefing.not-read",
        { file, reason: error instanceof Error ? error.message : String(error) },
        { file },
      );
    });
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const verdict = verdictOf(await publishedBriefings((await openStore()).sql), sha256, basename(file));
    if (json) out(JSON.stringify({ file, sha256, ...keysOf(verdict) }));
    else for (const line of verdictLines(verdict, sha256)) out(line);
    return verdict.state === "published" ? 0 : 1;
  },
});

function keysOf({ state, published, by }: FileVerdict): Readonly<Record<string, unknown>> {
  const short = ({ name, version, sha256, period, place, at }: Briefing) => ({
    name,
    version,
    sha256,
    period,
    place,
    at,
  });
  return {
    state,
    ...(published === undefined ? {} : { published: short(published) }),
    ...(by === undefined ? {} : { supersededBy: short(by) }),
  };
}
