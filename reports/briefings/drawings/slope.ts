/** The chart of rank moves since the span before. */
import { chartSvg } from "../../charts/render.ts";
import { greatestMoves, type SlopeData, slopeChart } from "../../charts/slope.ts";
import { PAPER } from "../../charts/theme.ts";
import type { RankTable } from "../district-data.ts";
import type { FigureBlock } from "../outline.ts";

const HEIGHT = 170;
/** Fewer are read faster in the table. */
const ENOUGH = 5;

/** Of places with a rank in both spans; `undefined` where fewer than five moved, or nobody knows from where. */
export function slopeFigure(table: RankTable): FigureBlock | undefined {
  const { zh, amongZh, n, rows, beforeZh, cut } = table;
  const lines = rows.flatMap(({ place, rank, move }) =>
    move === undefined ? [] : [{ place, before: rank - move, now: rank }],
  );
  if (beforeZh === undefined || lines.filter(({ before, now }) => before !== now).length < ENOUGH) return undefined;
  const data: SlopeData = {
    beforeZh,
    nowZh: "本期",
    n: Math.max(n, ...lines.map(({ before }) => before)),
    lines,
    ...(cut === undefined ? {} : { cut: { worst: cut, zh: `全市后${cut}名` } }),
  };
  const { up, down } = greatestMoves(lines);
  const said = (some: typeof up): string =>
    some.map(({ place, before, now }) => `${place}${before}到${now}`).join("、");
  return {
    kind: "figure",
    caption: `${zh}名次变化（${amongZh}，越高越好）`,
    alt: `斜线图：${zh}名次从${beforeZh}到本期；前进最多${said(up) || "无"}；后退最多${said(down) || "无"}`,
    svg: chartSvg(slopeChart(data), { width: PAPER.width, height: HEIGHT }),
  };
}
