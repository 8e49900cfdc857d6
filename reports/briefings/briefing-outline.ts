/** A briefing's head, its blocks numbered and its stamp: what Word, HTML and workbook are made of. */
import { type Block, numbered, type Outline } from "./outline.ts";
import type { PaperBriefing } from "./pdf.ts";
import { dayZh } from "./words.ts";

export function outlineOf(briefing: PaperBriefing, title: string, blocks: readonly Block[]): Outline {
  const { digest, schema, program } = briefing.stamp;
  const { masthead, issue, bureau, simulated, contact } = briefing;
  const dateZh = dayZh(briefing.dataUntil);
  return {
    title,
    masthead,
    issue,
    bureau,
    dateZh,
    simulated,
    blocks: numbered(blocks),
    stamp: `数据截至 ${dateZh}　·　结构版本 ${schema}　·　程序版本 ${program}　·　校验码 ${digest}`,
    ...(contact === undefined ? {} : { contact }),
  };
}
