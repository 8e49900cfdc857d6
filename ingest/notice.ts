/**
 * Format `notice`: ranks a city or district published, as text, page, Word or Excel. What it prints is kept as printed,
 * beside and never inside the readings.
 *
 * 倒序 is worst first, 正序 best first; where neither is said, printed values tell, else the words 前 and 后. A period
 * without a year takes it from the notice's text, else from its date of publication.
 */
import type { Indicator } from "../src/domain/indicator.ts";
import { parsePeriod } from "../src/domain/period.ts";
import type { Format, ReadContext, Sink } from "./format.ts";
import { bareText, indicatorIn } from "./heads.ts";
import { type PrintedRank, type RankTable, rankTables } from "./notice-tables.ts";
import { placeWithin } from "./place-within.ts";
import { isTableName, tableOfText } from "./table.ts";
import { roadOf } from "./township-table.ts";
import { type PeriodRead, plainText, readPeriod } from "./when.ts";

const MARKS = ["-", "--", "—", "/", "无"];

export const notice: Format = {
  name: "notice",
  zh: "公布的排名通报（文本、网页、Word、Excel）",
  unit: "cell",
  describe:
    "一个名次为一个单位；倒序第 1 名最差，正序第 1 名最好；时段看标题，缺年份时取正文或发布日期的年份；值照原样保存，不进入读数；道路可登记",
  grade: "reviewed",
  placeKinds: ["district", "zone", "township", "road"],
  missingMarks: MARKS,
  takesTables: true,
  takesName: isTableName,
  recognises: (_, head) => {
    const bare = bareText(head);
    const heads = bare.match(/(排名|排序|名次)(\((正序|倒序)\))?[|,\t]/g) ?? [];
    const tall = /(?:^|\n)[^\S\n]*(?:排名|排序|名次)(?:[^\S\n]*[(（]?(?:正序|倒序)[)）]?)?[^\S\n]*(?:\n|$)/.test(head);
    return indicatorIn(bare) !== undefined && (/\((正序|倒序)\)/.test(bare) || heads.length > 1 || tall);
  },
  read(file, sink, context) {
    const rows = (file.table ?? tableOfText(file.text, /\|/.test(file.text) ? "|" : "\t")).rows.map(withoutEmptyTail);
    const tables = rankTables(rows);
    const text = rows.map((row) => row.cells.join(" ")).join("\n");
    const issuer = context.options["issuer"] ?? issuerIn(text);
    let used = false;
    for (const table of tables) used = readTable(table, text, file.name, issuer, sink, context) || used;
    return used ? undefined : "file.no-table";
  },
};

function withoutEmptyTail<T extends { readonly cells: readonly string[] }>(row: T): T {
  let end = row.cells.length;
  while (end > 1 && row.cells[end - 1] === "") end -= 1;
  return { ...row, cells: row.cells.slice(0, end) };
}

function readTable(
  table: RankTable,
  text: string,
  fileName: string,
  issuer: string,
  sink: Sink,
  context: ReadContext,
): boolean {
  const title = titleOf(table);
  const indicator = indicatorIn(title) ?? indicatorIn(table.head) ?? indicatorIn(text);
  if (indicator === undefined) return false;
  const when = periodOf(title, text, fileName, context);
  const order = orderOf(table, title, indicator);
  const list = listName(title, table.valueHead);
  if (table.cut !== undefined) {
    sink.reject({ line: table.cut.line, column: "排名", raw: table.cut.raw, reason: "row.field-count" });
  }
  for (const one of table.ranks) {
    const { line, rank } = one;
    if (rank === "" || MARKS.includes(rank)) {
      sink.missing(1);
      continue;
    }
    if (!/^\d{1,4}$/.test(plainText(rank))) {
      sink.reject({ line, column: "排名", raw: rank, reason: "cell.not-a-number" });
      continue;
    }
    if (when === undefined) {
      sink.reject({ line, column: "标题", raw: title, reason: "period.unknown", detail: "可用 --year 给出年份" });
      continue;
    }
    const where = placeOf(one, table.roads, context);
    if ("problem" in where) {
      const raw = [one.district, one.place].filter((part) => part !== undefined && part !== "").join(" ");
      sink.reject({ line, column: "地点", raw, reason: where.problem, detail: where.detail });
      continue;
    }
    sink.record({
      table: "published_rank",
      line,
      values: {
        issuer,
        list,
        indicator: indicator.id,
        period: when.period.text,
        rank_order: order,
        place: where.placeId,
        first_day: (when.window ?? when.period).first,
        last_day: (when.window ?? when.period).last,
        rank: Number(plainText(rank)),
        printed: one.value === undefined || one.value === "" ? null : one.value.normalize("NFKC"),
        list_length: table.ranks.length,
      },
    });
  }
  return table.ranks.length > 0;
}

function placeOf({ district, place }: PrintedRank, roads: boolean, context: ReadContext) {
  if (place === undefined || place === "") return placeWithin(district ?? "", context.places, ["district", "zone"]);
  if (roads) return roadOf(place, "", district, context);
  return placeWithin(place, context.places, ["township", "zone"], district);
}

/** The nearest short paragraph above that speaks of ranks or values, with a bracketed line below it. */
function titleOf({ above }: RankTable): string {
  const parts: string[] = [];
  for (const paragraph of [...above].reverse()) {
    const bare = plainText(paragraph);
    if (/^\(.*\)$/.test(bare)) parts.unshift(bare);
    else if (bare.length <= 60 && /排名|统计表|排序|浓度|负荷|情况/.test(bare) && !/^单位/.test(bare))
      return [bare, ...parts].join("");
  }
  return parts.join("");
}

/** The title without its period: equal for the lists of a series. */
function listName(title: string, valueHead: string | undefined): string {
  const bare = title
    .replaceAll(/\s+/g, "")
    .replace(/(\d{4}年)?(\d{1,2}月)?\d{1,2}(日|月)?-(\d{4}年)?(\d{1,2}月)?\d{1,2}(日|月)(累计)?/, "")
    .replace(/(\d{4}年)?\d{1,2}月份?([上下]半月)?(累计)?|\d{4}年(第?[一二三四1-4]季度|[上下]半年|全年|度)?/, "");
  return valueHead === undefined || bare.includes(valueHead) ? bare : `${bare} ${valueHead}`;
}

function orderOf({ head, ranks, valueHead }: RankTable, title: string, { code }: Indicator): "worst" | "best" {
  const said = /倒序|正序/.exec(head)?.[0] ?? /倒序|正序/.exec(title)?.[0];
  if (said !== undefined) return said === "倒序" ? "worst" : "best";
  const values = ranks.flatMap(({ value }) => {
    const number = Number.parseFloat((value ?? "").normalize("NFKC"));
    return Number.isFinite(number) ? [number] : [];
  });
  const [first, last] = [values[0], values.at(-1)];
  if (first !== undefined && last !== undefined && first !== last) {
    // All that is ranked here is better when lower; 改善 counts the other way.
    const lowFirst = first < last;
    return lowFirst !== /改善|下降率|降幅/.test(valueHead ?? "") || code === "good_day_ratio" ? "best" : "worst";
  }
  return /后\d+|最差|最高/.test(title) ? "worst" : "best";
}

function periodOf(title: string, text: string, fileName: string, { options }: ReadContext): PeriodRead | undefined {
  const named = readPeriod(title);
  if (named !== undefined) return named;
  const given = options["year"];
  const year = given === undefined ? yearBeside(title, text) : Number(given);
  return (
    (year === undefined ? undefined : readPeriod(title, year)) ??
    readPeriod(text.split("\n")[0] ?? "", year) ??
    inFileName(fileName)
  );
}

/** The year the text names together with the title's month, else the one its date of publication allows. */
function yearBeside(title: string, text: string): number | undefined {
  const month = /(\d{1,2})月/.exec(title)?.[1];
  const plain = plainText(text);
  const beside = month === undefined ? undefined : new RegExp(`(\\d{4})年${month}月`).exec(plain)?.[1];
  if (beside !== undefined) return Number(beside);
  const published = /(?:发布)?(?:时间|日期)[::]?\s*(\d{4})[-年/.](\d{1,2})/.exec(plain);
  if (published === null) return undefined;
  const [y, m] = [Number(published[1]), Number(published[2])];
  return month !== undefined && Number(month) > m ? y - 1 : y;
}

/** A T in the file's name: `tsp_2024-03-H1.txt`. */
function inFileName(name: string): PeriodRead | undefined {
  const found = /\d{4}-\d{2}(-(H[12]|\d{2}))?/.exec(name)?.[0];
  if (found === undefined) return undefined;
  try {
    return { period: parsePeriod(found) };
  } catch {
    return undefined;
  }
}

function issuerIn(text: string): string {
  const found =
    plainText(text).match(
      /(?<=^|[\s::,。来源由])[\u4e00-\u9fff]{2,6}(?:省|市|区|县)(?:生态环境|环境保护|环保)(?:局|厅)/gm,
    ) ?? [];
  return found[0] ?? "未注明";
}
