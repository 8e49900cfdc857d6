/**
 * Format `noise-points`: levels measured at points of the regional, road and functional-zone networks, one point and
 * time a row. The time is when it was measured; day and night are told by its hour. A new point is registered, with its
 * zone where the table has one.
 */
import { indicatorOf } from "../src/domain/indicator.ts";
import { readColumnTable, type ValueColumn } from "./column-table.ts";
import type { Format, ReadContext } from "./format.ts";
import { bareText, findHead } from "./heads.ts";
import { isNoiseSummary } from "./noise-summary.ts";
import { type NamedPlace, namedPlace } from "./place-column.ts";
import { headOfTable, isTableName, type TextRow, tableOfText } from "./table.ts";

const POINT_HEAD = /^(测点|测点名称|点位|点位名称|监测点|监测点位|测点编号|点位编号|网格编号)$/;
const TIME_HEAD = /^(监测时间|测量时间|测量时段|监测日期|时间|开始时间|采样时间)$/;
const ZONE_HEAD = /^(功能区|功能区类别|声功能区|声环境功能区|区类|类别|功能区类型)$/;
const LEQ_HEAD = /^(Leq|LAeq|等效声级|等效声级Leq|测量值|监测值|声级)(dB|\(dB.*\)|\(A\))*$/i;
const LMAX_HEAD = /^(Lmax|最大声级)(dB|\(dB.*\)|\(A\))*$/i;

export const noisePoints: Format = {
  name: "noise-points",
  zh: "噪声点位手工监测结果（Excel、CSV）",
  unit: "cell",
  describe: "一行一个点位一次测量，时间为测量时刻，北京时间；dB(A)；可登记新点位（带声环境功能区类别）",
  grade: "reviewed",
  placeKinds: ["noise_point"],
  missingMarks: ["-", "--", "—", "/", "NA", "NULL", "无", "未测"],
  takesTables: true,
  takesName: isTableName,
  recognises: (_, head) => findHead(tableOfText(head), isHead) !== undefined,
  read(file, sink, context) {
    const table = file.table ?? tableOfText(file.text);
    const head = findHead(table, isHead);
    if (head === undefined) return isNoiseSummary(headOfTable(table)) ? "file.noise-summary" : "file.no-header";
    const { heads, body, titles } = head;
    const at = (pattern: RegExp): number => heads.findIndex((one) => pattern.test(one));
    const [placeAt, zoneAt] = [at(POINT_HEAD), at(ZONE_HEAD)];
    const columns: readonly ValueColumn[] = [
      { at: at(LEQ_HEAD), name: heads[at(LEQ_HEAD)] ?? "", indicator: indicatorOf("leq") },
      { at: at(LMAX_HEAD), name: heads[at(LMAX_HEAD)] ?? "", indicator: indicatorOf("lmax") },
    ].filter((column) => column.at >= 0);
    readColumnTable(
      {
        heads,
        body,
        columns,
        placeAt,
        timeAt: at(TIME_HEAD),
        title: titles.join(" "),
        year: undefined,
        timeKind: "sample",
        zone: "Asia/Shanghai",
        missingMarks: noisePoints.missingMarks,
        placeOf: (row) => pointOf(row, placeAt, zoneAt, context),
      },
      sink,
    );
    return undefined;
  },
};

function isHead(heads: readonly string[]): boolean {
  return [POINT_HEAD, TIME_HEAD, LEQ_HEAD].every((pattern) => heads.some((head) => pattern.test(head)));
}

function pointOf({ cells }: TextRow, placeAt: number, zoneAt: number, { places, register }: ReadContext): NamedPlace {
  const name = bareText(cells[placeAt] ?? "");
  if (name === "") return { problem: "place.unknown", detail: "没有点位名称" };
  const found = namedPlace(name, places, ["noise_point"]);
  if ("placeId" in found || found.problem === "place.ambiguous") return found;
  const zone = /[0-4][ab]?/.exec(zoneAt < 0 ? "" : bareText(cells[zoneAt] ?? ""))?.[0];
  const code = `noise-${name}`;
  const attributes = zone === undefined ? {} : { zone };
  return { placeId: places.byCode(code)?.id ?? register({ code, kind: "noise_point", name, attributes }) };
}
