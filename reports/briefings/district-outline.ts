/** The district briefing as an outline. */
import type { Standing } from "../../src/domain/plan.ts";
import { districtFigures } from "./district.ts";
import type { DistrictBriefing, Figure } from "./district-data.ts";
import { type DistrictPage, districtPage } from "./district-page.ts";
import { type Align, type Block, type Cell, numbered, type Outline } from "./outline.ts";

/** Shape beside the word: readable in black and white. */
const MARK: Readonly<Record<Standing, string>> = {
  missed: "■",
  at_risk: "▲",
  on_track: "○",
  met: "●",
  not_due: "△",
  cannot_judge: "◇",
};

/** @throws Fault `briefing.glyph-missing` when a chart has a character the fonts lack */
export function districtOutline(briefing: DistrictBriefing): Outline {
  const page = districtPage(briefing);
  const { digest, schema, program } = briefing.stamp;
  return {
    title: page.title,
    masthead: page.masthead,
    issue: page.issue,
    bureau: page.bureau,
    dateZh: page.dataUntilZh,
    simulated: page.simulated,
    blocks: numbered([
      heading(1, "摘要"),
      ...page.summary.map((text): Block => ({ kind: "paragraph", text })),
      ...standings(page),
      ...air(briefing, page),
      ...rankings(page),
      ...absences(page),
      heading(1, "方法说明"),
      ...page.methods.map(({ zh, text }): Block => ({ kind: "paragraph", lead: zh, text })),
    ]),
    stamp: `数据截至 ${page.dataUntilZh}　·　结构版本 ${schema}　·　程序版本 ${program}　·　校验码 ${digest}`,
  };
}

function standings({ plan, standings: rows, reasons, dataUntilZh }: DistrictPage): readonly Block[] {
  if (rows.length === 0) return [heading(1, "目标达标状态"), paragraph("没有可由站点读数判定的目标。")];
  const trial = plan?.trial === true ? "（试算：计划不是本年度的，只说明口径，不作考核）" : "";
  const restated = rows.flatMap(({ zh, restates }) => (restates === undefined ? [] : [{ zh, restates }]));
  return [
    heading(1, "目标达标状态"),
    ...(plan === null ? [] : [paragraph(`对照《${plan.title}》的空气质量目标${trial}，年累计截至${dataUntilZh}。`)]),
    table(
      "空气质量目标的达标状态",
      ["left", "right", "right", "right", "left", "left", "left"],
      ["目标", "要求", "年累计", "缺数上下限", "后期需要", "状态", "性质"],
      rows.map((row) => [
        cell(`${row.zh}（${row.unit}）`),
        cell(row.target),
        figure(row.toDate),
        cell(row.range),
        cell(row.needed),
        {
          text: `${MARK[row.standing]} ${row.standingZh}`,
          strong: row.standing === "missed" || row.standing === "at_risk",
        },
        cell(row.firmnessZh),
      ]),
    ),
    ...restated.map(({ zh, restates }) => note(`${zh}与${restates}是同一目标的两种写法，只计一次。`)),
    ...reasons.map(({ zh, reason }) => note(`${zh}：${reason}。`)),
  ];
}

function air(briefing: DistrictBriefing, page: DistrictPage): readonly Block[] {
  const svg = districtFigures(briefing);
  const pair = (period: Cell, change: string): readonly Cell[] => (page.compared ? [period, cell(change)] : [period]);
  const spans = page.whole ? [page.periodZh] : [page.periodZh, page.toDateZh];
  const numbers: Align[] = spans.flatMap((): Align[] => (page.compared ? ["right", "right"] : ["right"]));
  return [
    heading(1, "空气质量"),
    heading(2, "主要污染物浓度"),
    table(
      `${page.district}主要污染物浓度`,
      ["left", "left", ...numbers],
      ["项目", "单位", ...spans.flatMap((span) => (page.compared ? [span, "同比"] : [span]))],
      page.items.map((item) => [
        cell(item.zh + item.statisticZh),
        cell(item.unit),
        ...pair(figure(item.period), item.changeZh),
        ...(page.whole ? [] : pair(figure(item.toDate), item.changeToDateZh)),
      ]),
    ),
    note(
      `${page.district}的浓度取${page.stationsZh}的日均值平均。${page.compared ? "" : "没有可比的上年同期数值，不作同比。"}`,
    ),
    heading(2, "空气质量日历"),
    { kind: "figure", caption: `${page.periodZh}逐日AQI`, alt: page.calendarAlt, svg: svg["calendar.svg"] },
    note(page.calendarNote),
    heading(2, "级别分布与首要污染物"),
    table(
      "空气质量级别天数",
      ["left", ...page.classes.map((): Align => "right"), "right", "right", "right"],
      ["时段", ...page.classes.map(({ zh }) => zh), "有效", "优良率", "无评价"],
      page.classRows.map((row) => [
        cell(row.zh),
        ...row.days.map((n) => cell(String(n))),
        cell(String(row.valid)),
        figure(row.ratio),
        cell(String(row.none)),
      ]),
    ),
    ...(page.primary.length === 0
      ? []
      : [
          table(
            "首要污染物天数（优级以外的天）",
            ["left", ...page.primary.map((): Align => "right")],
            ["时段", ...page.primary.map(({ zh }) => zh)],
            [[cell(page.periodZh), ...page.primary.map(({ days }) => cell(String(days)))]],
          ),
        ]),
    heading(2, `${page.cumulativeZh}累计`),
    {
      kind: "figure",
      caption: `${page.cumulativeZh}日均值与年累计平均`,
      alt: page.cumulativeAlt,
      svg: svg["cumulative.svg"],
    },
  ];
}

function rankings({ rankings: tables }: DistrictPage): readonly Block[] {
  if (tables.length === 0) return [heading(1, "排名"), paragraph("本期没有排名。")];
  return [
    heading(1, "排名"),
    ...tables.flatMap((one) => [
      heading(2, `${one.zh}（${one.amongZh}）`),
      one.rows.length === 0
        ? paragraph("没有达到有效天数的地点，不作排名。")
        : table(
            `${one.zh}排名，第1名最差，参加排名${one.n}个${one.ownOnly ? `，只列本区${one.rows.length}个` : ""}`,
            ["right", "left", "right", "right"],
            ["排名", "地点", one.unit, "有效天数"],
            one.rows.map((row) =>
              [`${row.tied ? "并列 " : ""}${row.rank}`, row.place, row.value, String(row.validDays)].map((text) => ({
                text,
                strong: row.own && !one.ownOnly,
              })),
            ),
          ),
      ...(one.missing.length === 0
        ? []
        : [
            table(
              `未参加排名${one.missingCount}个`,
              ["left", "right", "left"],
              ["地点", "有效天数", "原因"],
              one.missing.map((row) => [cell(row.place), cell(row.validDaysZh), cell(row.reason)]),
            ),
          ]),
    ]),
  ];
}

function absences({ absences: rows }: DistrictPage): readonly Block[] {
  if (rows.length === 0) return [heading(1, "缺数情况"), paragraph("本期应有数据全部到位。")];
  return [
    heading(1, "缺数情况"),
    table(
      "缺失或不足的数据",
      ["left", "left", "right", "left"],
      ["地点", "项目", "有效天数", "原因"],
      rows.map((row) => [cell(row.place), cell(row.whatZh), cell(row.validDaysZh), cell(row.reason)]),
    ),
  ];
}

function heading(level: 1 | 2, text: string): Block {
  return { kind: "heading", level, text };
}

function paragraph(text: string): Block {
  return { kind: "paragraph", text };
}

function note(text: string): Block {
  return { kind: "note", text };
}

function table(
  caption: string,
  align: readonly Align[],
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
): Block {
  return { kind: "table", caption, align, head, rows };
}

function cell(text: string): Cell {
  return { text };
}

function figure(value: Figure): Cell {
  return "value" in value ? { text: value.value } : { text: value.reason, small: true };
}
