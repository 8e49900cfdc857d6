/** Rankings: stations, townships, with moves and the published list beside; months in a row among the worst. */
import { cell, daysZh, heading, NONE, note, numbers, paragraph, sameReason, table, words } from "../blocks.ts";
import type { DistrictBriefing, RankRow, RankTable, RunTable } from "../district-data.ts";
import { slopeFigure } from "../drawings/slope.ts";
import type { Block, Cell, Column } from "../outline.ts";

/** Millimetres a long table's head wants under it. */
const ROOM = 60;
/** What readers of lists write where the list names nobody. */
const UNNAMED = "未注明";
/** Differences from the published list that are told. */
const TOLD = 5;

const SLOPE_NOTE = "每线一个街乡；蓝色实线为前进最多的，红色虚线为后退最多的，两侧数字为倒数名次（第1名最差）。";

export function rankings({ rankings: tables, runs = [] }: DistrictBriefing): readonly Block[] {
  if (tables.length === 0 && runs.length === 0) return [heading(1, "排名"), paragraph("本期没有排名。")];
  return [heading(1, "排名", ROOM), ...tables.flatMap(ranking), ...runs.flatMap(runBlocks)];
}

function ranking(one: RankTable): readonly Block[] {
  const head = heading(2, `${one.zh}（${one.amongZh}）`, ROOM);
  const body =
    one.rows.length === 0
      ? [paragraph("没有达到有效天数的地点，不作排名。")]
      : [rankingTable(one), ...publishedNotes(one)];
  const slope = slopeFigure(one);
  return [head, ...body, ...missing(one), ...(slope === undefined ? [] : [slope, note(SLOPE_NOTE)])];
}

function rankingTable(one: RankTable): Block {
  const { rows, ownOnly, published, beforeZh, cut } = one;
  const known = one.n > 0;
  // A monthly figure of a source stands on one day: a column of ones would say the month was measured once.
  const counted = known && rows.some(({ validDays }) => validDays > 1);
  const moves = known && beforeZh !== undefined;
  const top = Math.max(...rows.map(({ value }) => Number(value)));
  const bars: Column = { head: barHead(one), align: "left", width: 4, bars: true };
  const columns: Column[] = [
    numbers(known ? "排名" : "公布名次", 1.5),
    words("地点", 3),
    ...(known ? [numbers(one.unit, 1.2)] : []),
    ...(published !== undefined && known ? [numbers("公布名次", 1.3)] : []),
    ...(moves ? [numbers(`比${beforeZh}`, beforeZh.length > 2 ? 1.8 : 1.3)] : []),
    ...(counted ? [numbers(one.countedIn === "months" ? "有值月数" : "有效天数", 1.3)] : []),
    ...(known ? [bars] : []),
  ];
  const cells = (row: RankRow): readonly Cell[] => {
    // In a list of our own places all would stand out, so only those inside the cut do.
    const strong = ownOnly ? cut !== undefined && row.rank <= cut : row.own;
    const say = (text: string | number): Cell => ({ text: String(text), strong });
    return [
      { ...say(row.rank), ...(row.tied ? { lead: "并列 " } : {}) },
      say(row.place),
      ...(known ? [say(row.value)] : []),
      ...(published !== undefined && known ? [say(row.published ?? NONE)] : []),
      ...(moves ? [cell(moveZh(row.move))] : []),
      ...(counted ? [cell(row.validDays)] : []),
      ...(known ? [{ text: "", bar: { share: top > 0 ? (Number(row.value) / top) * 100 : 0, own: strong } }] : []),
    ];
  };
  const listed = known ? `，参加排名${one.n}个` : `，公布名单后${published?.length ?? 0}名`;
  const own = ownOnly ? `，只列本区${rows.length}个` : "";
  return table(`${one.zh}排名，第1名最差${listed}${own}`, columns, rows.map(cells));
}

function barHead({ ownOnly, cut }: RankTable): string {
  if (!ownOnly) return "加粗为本区";
  return cut === undefined ? "" : `加粗为全市后${cut}名以内`;
}

function publishedNotes({ published, n }: RankTable): readonly Block[] {
  if (published === undefined) return [];
  const { issuer, length, differences } = published;
  const by = issuer === "" || issuer === UNNAMED ? "公布的名单（未注明发布单位）" : issuer;
  const source = `公布名次出自${by}，名单印出后${length}名`;
  if (n === 0) return [note(`${source}；没有浓度数据，不作推算。`)];
  const told = differences.slice(0, TOLD).map(({ place, reason }) => `${place}：${reason}`);
  const more = differences.length > TOLD ? `；另有${differences.length - TOLD}个街乡不同` : "";
  return [
    note(`${source}，${NONE}为未上榜。以公布名次为准，排名一列为推算。`),
    ...(told.length === 0 ? [] : [note(`推算与公布不同：${told.join("；")}${more}。`)]),
  ];
}

function missing(one: RankTable): readonly Block[] {
  if (one.missing.length === 0) return [];
  if (one.ownOnly) return [note(`未参加排名${one.missing.length}个，见“缺数情况”。`)];
  return [
    table(
      `未参加排名${one.missing.length}个`,
      [words("地点", 6), numbers("有效天数", 1.3), words("原因", 4)],
      sameReason(one.missing).map((row) => [cell(row.place), cell(daysZh(row)), cell(row.reason)]),
    ),
  ];
}

function runBlocks({ zh, cut, limit, computed, rows }: RunTable): readonly Block[] {
  const head = heading(2, `${zh}：连续进入后${cut}名`, ROOM);
  if (rows.length === 0) return [head, paragraph(`本年没有进入全市后${cut}名的。`)];
  const [first] = rows;
  return [
    head,
    table(
      `逐月名次，加粗为后${cut}名以内；不得连续${limit}个月`,
      [
        words("地点", 3),
        ...(first?.months ?? []).map(({ month }) => numbers(month, 0.9)),
        numbers("目前连续", 1.6),
        numbers("最长", 1),
      ],
      rows.map((row) => [
        { text: row.place, strong: row.longest >= limit },
        ...row.months.map(({ rank, inside }) => ({ text: rank === undefined ? NONE : String(rank), strong: inside })),
        cell(row.current),
        { text: String(row.longest), strong: row.longest >= limit },
      ]),
    ),
    note(`名次出自公布名单${computed ? "，没有名单的月份为推算" : ""}；—为没有上榜或没有名单。`),
  ];
}

function moveZh(move: number | undefined): string {
  if (move === undefined) return NONE;
  if (move === 0) return "持平";
  return move > 0 ? `进${move}` : `退${-move}`;
}
