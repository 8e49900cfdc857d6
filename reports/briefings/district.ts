/** The district briefing as PDF: data in, bytes out. */
import type { DistrictBriefing } from "./district-data.ts";
import { districtBlocks, districtTitle } from "./district-outline.ts";
import type { Block } from "./outline.ts";
import { typeset } from "./typst.ts";
import { dayZh } from "./words.ts";

/** Blocks that stay on one page together: a table or figure with the notes under it. */
type Group = { readonly whole: boolean; readonly blocks: readonly PaperBlock[] };

type PaperBlock = Exclude<Block, { kind: "figure" }> | Omit<Figure, "svg">;

type Figure = Extract<Block, { kind: "figure" }> & { readonly file: string };

/**
 * The briefing as a tagged A4 PDF; equal data give equal bytes on any machine.
 * @throws Fault `briefing.glyph-missing`, `briefing.cell-overflow`, `briefing.not-typeset`
 */
export async function renderDistrict(briefing: DistrictBriefing): Promise<Uint8Array> {
  const figures: Record<string, string> = {};
  const blocks = districtBlocks(briefing).map((block, at): PaperBlock => {
    if (block.kind !== "figure") return block;
    const { svg, ...rest } = block;
    const file = `figure-${at}.svg`;
    figures[file] = svg;
    return { ...rest, file };
  });
  const { bureau, masthead, issue, dataUntil, stamp, simulated, contact = "" } = briefing;
  const data = {
    bureau,
    masthead,
    issue,
    stamp,
    simulated,
    contact,
    title: districtTitle(briefing),
    date: dataUntil.split("-").map(Number),
    dataUntilZh: dayZh(dataUntil),
    groups: groupsOf(blocks),
  };
  return typeset({ template: "district.typ", data, figures, date: dataUntil });
}

function groupsOf(blocks: readonly PaperBlock[]): readonly Group[] {
  const groups: { whole: boolean; blocks: PaperBlock[] }[] = [];
  for (const block of blocks) {
    const open = groups.at(-1);
    if (block.kind === "note" && open?.whole === true) open.blocks.push(block);
    else
      groups.push({
        whole: block.kind === "figure" || (block.kind === "table" && block.whole === true),
        blocks: [block],
      });
  }
  return groups;
}
