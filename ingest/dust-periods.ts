/**
 * Format `dust-periods`: hours an office declared as dust weather, one period a row: start, end, area, kind.
 *
 * They are no readings: the pipeline keeps them beside, and statistics without dust ask for them. The end is the end of
 * the last hour; without an area the whole city is meant.
 */
import { HOUR_MS } from "../src/domain/time.ts";
import type { Format } from "./format.ts";
import { findHead } from "./heads.ts";
import { namedPlace } from "./place-column.ts";
import { isTableName, tableOfText } from "./table.ts";
import { readInstant } from "./when.ts";

const START_HEAD = /^(沙尘)?(开始|起始)(时间|时刻)?$|^起$/;
const END_HEAD = /^(沙尘)?(结束|终止)(时间|时刻)?$|^止$/;
const AREA_HEAD = /^(影响)?(地区|区域|范围|城市|区)$/;
const KIND_HEAD = /^(沙尘)?(类型|类别|强度)$/;
const ISSUER_HEAD = /^(发布|认定)?(单位|机构|部门)$/;
const CITY = "110000";

export const dustPeriods: Format = {
  name: "dust-periods",
  zh: "沙尘影响时段（Excel、CSV）",
  unit: "row",
  describe: "一行一段：开始时间、结束时间（该小时末），北京时间；没有地区列时为全市",
  grade: "reviewed",
  placeKinds: ["city", "district"],
  missingMarks: [],
  takesTables: true,
  takesName: isTableName,
  recognises: (_, head) => /沙尘|扬沙|浮尘/.test(head) && findHead(tableOfText(head), isHead) !== undefined,
  read(file, sink, context) {
    const head = findHead(file.table ?? tableOfText(file.text), isHead);
    if (head === undefined) return "file.no-header";
    const at = (pattern: RegExp): number => head.heads.findIndex((one) => pattern.test(one));
    const [startAt, endAt, areaAt, kindAt, issuerAt] = [START_HEAD, END_HEAD, AREA_HEAD, KIND_HEAD, ISSUER_HEAD].map(
      at,
    ) as [number, number, number, number, number];
    for (const { line, cells } of head.body) {
      const text = (index: number): string => (index < 0 ? "" : (cells[index] ?? "").trim());
      const [start, end] = [readInstant(text(startAt)), readInstant(text(endAt))];
      if (start === undefined || end === undefined || end <= start) {
        const raw = [text(startAt), text(endAt)].join(" 至 ");
        sink.reject({
          line,
          column: "时间",
          raw,
          reason: raw === " 至 " ? "row.no-time" : "row.bad-time",
          detail: "结束须在开始之后",
        });
        continue;
      }
      const where = namedPlace(text(areaAt) === "" ? CITY : text(areaAt), context.places, dustPeriods.placeKinds);
      if ("problem" in where) {
        sink.reject({ line, column: "地区", raw: text(areaAt), reason: where.problem, detail: where.detail });
        continue;
      }
      const hours = {
        first_hour: BigInt(Math.floor(start / HOUR_MS) * HOUR_MS),
        last_hour: BigInt(Math.ceil(end / HOUR_MS) * HOUR_MS - HOUR_MS),
      };
      sink.record({
        table: "dust_period",
        line,
        values: { place: where.placeId, ...hours, kind: text(kindAt), issuer: text(issuerAt) },
      });
    }
    return undefined;
  },
};

function isHead(heads: readonly string[]): boolean {
  return heads.some((head) => START_HEAD.test(head)) && heads.some((head) => END_HEAD.test(head));
}
