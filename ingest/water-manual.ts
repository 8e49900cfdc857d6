/**
 * Format `water-manual`: monthly laboratory results of sections, one section and month a row.
 *
 * `0.025L`, `<0.025` and 未检出 (with the limit in brackets or in a row 检出限) are kept as the detection limit with a
 * flag; a section that was dry or frozen has no values, and why is kept beside them. An unknown section is registered, with its river or lake.
 */
import { findIndicator, indicatorOf } from "../src/domain/indicator.ts";
import type { NotAssessed } from "../src/standards/water-target.ts";
import { readColumnTable, type ValueColumn } from "./column-table.ts";
import type { Format, ReadContext } from "./format.ts";
import { bareText, findHead, unitIn } from "./heads.ts";
import type { NamedPlace } from "./place-column.ts";
import { namedPlace } from "./place-column.ts";
import { isTableName, type TextRow, tableOfText } from "./table.ts";
import { unitPower } from "./units.ts";
import { yearIn } from "./when.ts";

const ITEMS: Readonly<Record<string, string>> = {
  水温: "wt",
  pH: "ph",
  pH值: "ph",
  溶解氧: "do",
  高锰酸盐指数: "codmn",
  化学需氧量: "cod",
  化学需氧量CODcr: "cod",
  COD: "cod",
  五日生化需氧量: "bod5",
  生化需氧量: "bod5",
  BOD5: "bod5",
  氨氮: "nh3n",
  总磷: "tp",
  总氮: "tn",
  铜: "cu",
  锌: "zn",
  氟化物: "f",
  硒: "se",
  砷: "as",
  汞: "hg",
  镉: "cd",
  六价铬: "cr6",
  铬六价: "cr6",
  铅: "pb",
  氰化物: "cn",
  挥发酚: "vp",
  石油类: "oil",
  阴离子表面活性剂: "las",
  硫化物: "s2",
  粪大肠菌群: "fc",
  电导率: "ec",
  浊度: "turb",
  叶绿素a: "chla",
  透明度: "sd",
};

const SECTION_HEAD = /^(断面|断面名称|监测断面|点位名称|监测点位)$/;
const TIME_HEAD = /^(监测时间|采样时间|采样日期|监测日期|监测月份|年月|月份|时间|日期)$/;
const RIVER_HEAD = /^(河流|河流名称|水体|水体名称|所在河流|所在水体|湖库)$/;
/** Why a section has no values in a month, as tables write it. */
const STATES: readonly (readonly [RegExp, Exclude<NotAssessed, "maintenance" | "insufficient">])[] = [
  [/断流|干涸|无水/, "dry"],
  [/冰封|封冻/, "frozen"],
  [/未采样|无法采样/, "not_sampled"],
];

export const waterManual: Format = {
  name: "water-manual",
  zh: "断面手工监测月报（Excel、CSV）",
  unit: "cell",
  describe:
    "一行一个断面一个月，北京时间；单位按表头，缺省为指标单位；0.025L、<0.025、未检出（检出限）按检出限保存并标记；没有数值而写明断流、冰封、未采样的，整行为缺测并记下原因；可登记新断面",
  grade: "reviewed",
  placeKinds: ["section"],
  missingMarks: ["-", "--", "—", "/", "*", "NA", "NULL", "无", "未测"],
  takesTables: true,
  takesName: isTableName,
  recognises: (_, head) => findHead(tableOfText(head), isHead) !== undefined,
  read(file, sink, context) {
    const head = findHead(file.table ?? tableOfText(file.text), isHead);
    if (head === undefined) return "file.no-header";
    const { heads, titles, body } = head;
    const at = (pattern: RegExp): number => heads.findIndex((one) => pattern.test(one));
    const [sectionAt, riverAt, timeAt] = [at(SECTION_HEAD), at(RIVER_HEAD), at(TIME_HEAD)];
    const columns = heads.flatMap((name, index): readonly ValueColumn[] => {
      const indicator = findIndicator(itemOf(name) ?? "");
      if (indicator === undefined) return [];
      const unit = unitIn(name) ?? indicator.unit;
      const power = unit === "无量纲" ? 0 : unitPower(unit, indicator.unit);
      const problem =
        power === undefined
          ? ({ problem: "unit.unknown", detail: `${unit}，应为 ${indicator.unit}` } as const)
          : { power };
      return [{ at: index, name, indicator, ...problem }];
    });
    const year = [...titles, file.name].map(yearIn).find((one) => one !== undefined);
    readColumnTable(
      {
        heads,
        body,
        columns,
        placeAt: sectionAt,
        timeAt,
        title: titles.join(" "),
        year,
        timeKind: "month",
        zone: "Asia/Shanghai",
        missingMarks: waterManual.missingMarks,
        censored: true,
        stateOf: (text) => STATES.find(([words]) => words.test(text))?.[1],
        placeOf: (row) => sectionOf(row, sectionAt, riverAt, context),
      },
      sink,
    );
    return undefined;
  },
};

function isHead(heads: readonly string[]): boolean {
  return (
    heads.some((head) => SECTION_HEAD.test(head)) &&
    heads.filter((head) => itemOf(head) !== undefined).length >= 2 &&
    !heads.includes("省份")
  );
}

/** The item of a head without its unit: `氨氮(NH3-N)(mg/L)` is 氨氮. */
function itemOf(head: string): string | undefined {
  const bare = bareText(head)
    .replaceAll(/\([^()]*\)/g, "")
    .replace(/mg\/L$|℃$/i, "");
  return ITEMS[bare] === undefined ? undefined : indicatorOf(ITEMS[bare]).code;
}

function sectionOf(
  { cells }: TextRow,
  sectionAt: number,
  riverAt: number,
  { places, register }: ReadContext,
): NamedPlace {
  const name = bareText(cells[sectionAt] ?? "");
  if (name === "") return { problem: "place.unknown", detail: "没有断面名称" };
  const found = namedPlace(name, places, ["section"]);
  if ("placeId" in found || found.problem === "place.ambiguous") return found;
  const code = `section-${name}`;
  const known = places.byCode(code);
  const river = riverAt < 0 ? "" : bareText(cells[riverAt] ?? "");
  const lake = /湖|水库|库$|海子/.test(river === "" ? name : river);
  const attributes = { waterType: lake ? "lake" : "river", ...(river === "" ? {} : { river }) };
  return { placeId: known?.id ?? register({ code, kind: "section", name, attributes }) };
}
