/** Water sections: class against target, what decides it, what is missing to the target; dry and unsampled apart. */
import { cell, daysZh, heading, NONE, note, numbers, paragraph, sameReason, table, words } from "../blocks.ts";
import type { DistrictBriefing, Figure } from "../district-data.ts";
import type { WaterPart } from "../district-parts.ts";
import { stripFigure } from "../drawings/section-strip.ts";
import type { Block } from "../outline.ts";

const STRIP_NOTE = "白底为达到目标类别（或未设目标），灰底差一类，深底差两类以上；短横为没有类别。";

export function waterSection({ water, periodZh, toDateZh }: DistrictBriefing): readonly Block[] {
  if (water === undefined) return [];
  const whole = periodZh === toDateZh;
  const strip = stripFigure(water, toDateZh);
  const before = water.rows.some((row) => row.before !== undefined);
  return [
    heading(1, "水环境"),
    paragraph(waterSentence(water, periodZh, whole ? undefined : toDateZh)),
    ...(water.rows.length === 0
      ? []
      : [
          table(
            "断面水质类别",
            [
              words("断面", 2.2),
              words("考核", 0.9),
              words("目标", 0.8),
              words("类别", 0.9),
              ...(before ? [words("上年同期", 1.5)] : []),
              ...(whole ? [] : [words("年累计", 1.2)]),
              words("达标", 1.2),
              words("定类项目", 2.4),
              words("距目标", 3.6),
            ],
            water.rows.map((row) => [
              cell(row.place),
              cell(row.level ?? NONE),
              cell(row.target ?? NONE),
              { text: row.class, strong: row.reached === false },
              ...(before ? [cell(row.before ?? NONE)] : []),
              ...(whole ? [] : [cell(row.toDate ?? NONE)]),
              { text: reachedZh(row.reached), strong: row.reached === false },
              cell(row.deciding || NONE),
              cell(row.distance),
            ]),
          ),
          note(
            "先平均、后定类；定类项目为类别最差的项目，Ⅰ、Ⅱ类不列。降、升为本期均值与目标类别限值之差占本期均值的比例。",
          ),
        ]),
    ...(strip === undefined ? [] : [strip, note(STRIP_NOTE)]),
    ...(water.apart.length === 0
      ? []
      : [
          table(
            `没有类别的断面${water.apart.length}个，不计入达标率`,
            [words("断面", 4), numbers("有值天数", 1.2), words("原因", 5)],
            sameReason(water.apart).map((row) => [cell(row.place), cell(daysZh(row)), cell(row.reason)]),
          ),
        ]),
  ];
}

/** Assessed, reached, the rate of both spans; sections without a class are part of the sentence. */
export function waterSentence(water: WaterPart, periodZh: string, toDateZh: string | undefined): string {
  const { sections, assessed, judged, reached, rate, rateToDate, status } = water;
  const left = sections - assessed;
  const apart = left === 0 ? "" : `，${left}个没有类别`;
  const said = status === undefined ? "" : `，水质状况${status}`;
  const soFar = toDateZh === undefined ? "" : `；${toDateZh}达标率${percentZh(rateToDate)}`;
  return `${periodZh}，${sections}个断面中${assessed}个可评价${apart}${said}；设目标的${judged}个中${reached}个达到目标类别，达标率${percentZh(rate)}${soFar}。`;
}

function percentZh(figure: Figure): string {
  return "value" in figure ? `${figure.value}%` : `不作评价（${figure.reason}）`;
}

function reachedZh(reached: boolean | undefined): string {
  if (reached === undefined) return NONE;
  return reached ? "达标" : "未达标";
}
