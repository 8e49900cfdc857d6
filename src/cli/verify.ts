/** `duibiao verify`: whether a file is a briefing as published, was altered, or was superseded by a later version. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fault } from "../domain/faults.ts";
import { minuteText } from "../domain/time.ts";
import { type PublishedBriefing, publishedBriefings } from "../store/published-briefings.ts";
import { command } from "./command.ts";

type Verdict = {
  readonly state: "published" | "superseded" | "altered" | "unknown";
  /** The published briefing the file is, or claims to be by its name. */
  readonly published?: PublishedBriefing;
  readonly by?: PublishedBriefing;
};

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
    const verdict = verdictOf(await publishedBriefings(await openStore()), sha256, basename(file));
    if (json) out(JSON.stringify({ file, sha256, ...keysOf(verdict) }));
    else for (const line of linesOf(verdict, sha256)) out(line);
    return verdict.state === "published" ? 0 : 1;
  },
});

/** @param all published briefings, the newest first */
export function verdictOf(all: readonly PublishedBriefing[], sha256: string, name: string): Verdict {
  const published = all.find((one) => one.sha256 === sha256);
  if (published === undefined) {
    const claimed = all.find((one) => one.name === name);
    return claimed === undefined ? { state: "unknown" } : { state: "altered", published: claimed };
  }
  const { kind, place, period, version } = published;
  const newest = all.find((one) => one.kind === kind && one.place === place && one.period === period);
  if (newest === undefined || newest.version === version) return { state: "published", published };
  return { state: "superseded", published, by: newest };
}

function linesOf({ state, published, by }: Verdict, sha256: string): readonly string[] {
  if (state === "unknown" || published === undefined) return [`未公布：库中没有与它一致的简报  SHA-256 ${sha256}`];
  switch (state) {
    case "published":
      return [`公布一致：${saidOf(published)}`];
    case "altered":
      return [
        `已改动：与公布的“${published.name}”（${saidOf(published)}）不一致`,
        `  公布件 SHA-256 ${published.sha256}`,
        `  本文件 SHA-256 ${sha256}`,
      ];
    case "superseded":
      return [
        `已被第 ${by?.version} 版取代：本文件是公布过的${saidOf(published)}`,
        `  现行版本：${by?.name}${by?.reason ? `，更正原因：${by.reason}` : ""}`,
      ];
  }
}

function saidOf({ issue, version, at, publishedBy }: PublishedBriefing): string {
  return `${issue} 第 ${version} 版，${minuteText(at)} 公布${publishedBy === "" ? "" : `，公布人 ${publishedBy}`}`;
}

function keysOf({ state, published, by }: Verdict): Readonly<Record<string, unknown>> {
  const short = ({ name, version, sha256, period, place, at }: PublishedBriefing) => ({
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
