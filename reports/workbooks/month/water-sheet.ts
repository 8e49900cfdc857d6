/** Classes of a district's water sections month by month, the month's deciding items and whether its target was reached. */
import { sectionsOf } from "../../../src/analysis/water-answer.ts";
import { type SectionPeriod, sectionsByMonth } from "../../../src/analysis/water-section.ts";
import { dayParts } from "../../../src/domain/time.ts";
import { WATER_CLASS_ZH, waterItemZh } from "../../../src/standards/gb3838.ts";
import { NOT_ASSESSED_ZH } from "../../../src/standards/water-target.ts";
import type { Scene } from "../../briefings/build/question.ts";
import { columnLetter } from "../letters.ts";
import type { WorkbookSheet } from "../xlsx-write.ts";

/** After the section, its level and its target. */
const FIRST_MONTH = 3;

/** Nothing where the district has no section. */
export async function waterSheets({ store, place, toDate, policies }: Scene): Promise<readonly WorkbookSheet[]> {
  const sections = sectionsOf(await store.places(), place);
  if (sections.length === 0) return [];
  const months = await sectionsByMonth(store, { sections, period: toDate, policies });
  const rows = sections.map((section, at) => {
    const own = months.flatMap(({ sections: all }) => all[at] ?? []);
    const last = own.at(-1);
    return [
      section.name,
      section.attributes["level"] ?? "",
      last?.target === undefined ? "" : WATER_CLASS_ZH[last.target],
      ...own.map((one) => (one.class === undefined ? whyNot(one) : WATER_CLASS_ZH[one.class])),
      last === undefined ? "" : decidingZh(last),
      reachedZh(last),
      own.filter((one) => one.class !== undefined).length,
    ];
  });
  const heads = months.map(({ period }) => `${dayParts(period.first).month}月`);
  return [
    {
      name: "水断面类别",
      header: ["断面", "级别", "目标类别", ...heads, "本月定类项目", "本月达到目标", "有类别的月数"],
      rows,
      formulas: rows.map((row, at) => ({
        row: at + 1,
        column: row.length - 1,
        formula: classCount(heads.length, at + 2),
        result: row.at(-1) ?? 0,
      })),
    },
  ];
}

/** Counts the cells of a row that hold one of the classes. */
function classCount(months: number, line: number): string {
  const last = columnLetter(FIRST_MONTH + months - 1);
  const classes = Object.values(WATER_CLASS_ZH).map((zh) => `"${zh}"`);
  return `SUM(COUNTIF(D${line}:${last}${line},{${classes.join(",")}}))`;
}

function whyNot({ notAssessed = "not_sampled" }: SectionPeriod): string {
  return NOT_ASSESSED_ZH[notAssessed];
}

function decidingZh({ class: found, raw, rounded }: SectionPeriod): string {
  if (found === undefined) return "";
  return (raw.rated.class === found ? raw : rounded).rated.deciding.map(waterItemZh).join("、");
}

function reachedZh(one: SectionPeriod | undefined): string {
  if (one?.reached === undefined) return "";
  return one.reached ? "达到" : "未达到";
}
