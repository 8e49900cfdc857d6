/** A township's ranks: this period and the year to date, month by month, and the places around it. */
import { chartSvg } from "../../charts/render.ts";
import { sparklineChart } from "../../charts/sparkline.ts";
import { cell, figureCell, heading, NONE, note, numbers, paragraph, table, words } from "../blocks.ts";
import type { Block, Cell } from "../outline.ts";
import type { MonthlyRanks, TownshipBriefing, TownshipRank } from "../township-data.ts";

const ROOM = 45;
const SPARK = { width: 100, height: 15 };

export function townshipRanks({ ranks, monthly = [] }: TownshipBriefing): readonly Block[] {
  if (ranks.length === 0) return [heading(1, "名次"), paragraph("本期没有本街乡的排名数据。")];
  return [
    heading(1, "名次", ROOM),
    table(
      "全市排名，倒数第1名最差",
      [
        words("项目", 2.6),
        words("时段", 2.2),
        numbers("数值", 1),
        numbers("倒数名次", 1.5),
        numbers("进退", 0.8),
        words("后列名单", 2.1),
        words("升位", 1.6),
      ],
      ranks.map(rankRow),
    ),
    note("进退：与上一同长时段相比，进为名次改善。后列名单：退出或进入所差的数值。升位：再降多少可上升多少名。"),
    ...byMonth(monthly),
  ];
}

function rankRow(one: TownshipRank): readonly Cell[] {
  const { zh, unit, periodZh, figure, rank, tied, n, move, gap } = one;
  return [
    { text: zh, tail: unit },
    cell(periodZh),
    figureCell(figure),
    rank === undefined ? cell(NONE) : { text: String(rank), tail: `/${n}`, ...(tied ? { lead: "并列 " } : {}) },
    cell(moveZh(move)),
    cell(cutZh(one)),
    cell(gap === undefined ? NONE : `降 ${gap.fall} 升 ${gap.places} 名`),
  ];
}

function moveZh(move: number | undefined): string {
  if (move === undefined) return NONE;
  if (move === 0) return "持平";
  return move > 0 ? `进 ${move}` : `退 ${-move}`;
}

function cutZh({ cut }: TownshipRank): string {
  if (cut === undefined) return NONE;
  return cut.inside ? `后 ${cut.worst} 名内，降 ${cut.distance} 退出` : `未进后 ${cut.worst} 名，余 ${cut.distance}`;
}

/** Of one month the table above already says all. */
function byMonth(monthly: readonly MonthlyRanks[]): readonly Block[] {
  // An indicator without a rank in any month would be a row of dashes.
  const told = monthly.filter(({ months }) => months.length > 1 && months.some(({ rank }) => rank !== undefined));
  const [first] = told;
  if (first === undefined) return [];
  return [
    table(
      "本年逐月倒数名次，加粗为在后列名单以内",
      [
        words("项目", 1.7),
        ...first.months.map(({ month }) => numbers(month, 0.75)),
        { head: "走势（越高越好）", align: "left", width: 2.6, bars: true },
      ],
      told.map(({ zh, n, worst, months }) => [
        cell(zh),
        ...months.map(({ rank }) => ({
          text: rank === undefined ? NONE : String(rank),
          strong: rank !== undefined && worst !== undefined && rank <= worst,
        })),
        {
          text: "",
          spark: {
            alt: `折线：${zh}逐月名次`,
            svg: chartSvg(
              sparklineChart({
                ranks: months.map(({ rank }) => rank),
                n,
                ...(worst === undefined ? {} : { worst }),
              }),
              SPARK,
            ),
          },
        },
      ]),
    ),
    note("走势各按本街乡的名次范围画出；红色虚线为后列名单线，跨线时才画；—为当月没有名次。"),
  ];
}

/** Of the period only: the year to date moves slowly, and six lists of neighbours fill two pages. */
export function townshipNeighbours({ ranks, periodZh }: TownshipBriefing): readonly Block[] {
  const told = ranks.filter((one) => one.periodZh === periodZh && one.neighbours.length > 0);
  if (told.length === 0) return [];
  return [heading(1, "前后街乡", ROOM), ...told.map(neighboursTable)];
}

function neighboursTable({ periodZh, zh, unit, neighbours }: TownshipRank): Block {
  const top = Math.max(0, ...neighbours.map(({ value }) => Number(value)));
  return table(
    `${periodZh}${zh}的前后街乡`,
    [
      numbers("倒数名次", 1.3),
      words("街乡", 3),
      numbers(unit, 1.3),
      { head: "加粗为本街乡", align: "left", width: 5, bars: true },
    ],
    neighbours.map(({ rank, tied, place, value, own }) => [
      { text: String(rank), strong: own, ...(tied ? { lead: "并列 " } : {}) },
      { text: place, strong: own },
      { text: value, strong: own },
      { text: "", bar: { share: top > 0 ? (Number(value) / top) * 100 : 0, own } },
    ]),
  );
}
