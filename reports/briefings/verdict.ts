/** Whether a file is a briefing as published, was altered, or was superseded by a later version. */
import { minuteText } from "../../src/domain/time.ts";
import { type Briefing, newestOf } from "../../src/store/briefings.ts";

export type FileVerdict = {
  readonly state: "published" | "superseded" | "altered" | "unknown";
  /** The published briefing the file is, or claims to be by its name. */
  readonly published?: Briefing;
  readonly by?: Briefing;
};

/** @param all published briefings, the newest first */
export function verdictOf(all: readonly Briefing[], sha256: string, name: string): FileVerdict {
  const published = all.find((one) => one.sha256 === sha256);
  if (published === undefined) {
    const claimed = all.find((one) => one.name === name);
    return claimed === undefined ? { state: "unknown" } : { state: "altered", published: claimed };
  }
  const newest = newestOf(all, published);
  if (newest === undefined || newest.version === published.version) return { state: "published", published };
  return { state: "superseded", published, by: newest };
}

/** In Chinese, the verdict first, then what it rests on. */
export function verdictLines({ state, published, by }: FileVerdict, sha256: string): readonly string[] {
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

function saidOf({ issue, version, at, publishedBy }: Briefing): string {
  const head = issue === "" ? "" : `${issue} `;
  return `${head}第 ${version} 版，${minuteText(at)} 公布${publishedBy === "" ? "" : `，公布人 ${publishedBy}`}`;
}
