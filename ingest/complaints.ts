/**
 * Format `complaints`: exports of the 12345 hotline, one work order a row, counted by day and township.
 *
 * Such an export names callers, their phones and what they said. None of it is taken: a row becomes a digest of its
 * number, its day, its township, a category out of a closed list and whether it was solved. What is kept of the file is
 * just these columns, and a rejected row shows nothing but texts that cannot be a person's.
 */
import { createHash } from "node:crypto";
import type { RejectReason } from "../src/domain/reject.ts";
import { DAY_MS } from "../src/domain/time.ts";
import type { Format, SourceFile } from "./format.ts";
import { bareText, findHead, type Head } from "./heads.ts";
import { placeWithin } from "./place-within.ts";
import { delimiterOf, isTableName, type TextRow, type TextTable, tableOfText } from "./table.ts";
import { readClock } from "./when.ts";

const HEADS = {
  hash: /^工单摘要$/,
  id: /^(工单编号|工单号|诉求编号|受理编号|编号)$/,
  category: /^(问题分类|诉求分类|问题类型|诉求类型|分类|三级分类|问题类别)$/,
  time: /^(来电时间|受理时间|来电\/受理时间|创建时间|派单时间|诉求时间)$/,
  district: /^(被反映区|所属区|区)$/,
  township: /^(被反映街乡镇|被反映街道|街乡镇|街道|所属街乡镇|街道\(乡镇\)|属地)$/,
  solved: /^是否解决$/,
  satisfied: /^是否满意$/,
} as const;

type Column = keyof typeof HEADS;

/** What a noise is about, told by words of its category; never the category's own text. */
const CATEGORIES: readonly (readonly [RegExp, string])[] = [
  [/施工|工地|装修/, "建筑施工"],
  [/交通|道路|车辆|铁路|轨道|航空|鸣笛/, "交通运输"],
  [/工业|工厂|企业|厂界/, "工业"],
  [/社会|生活|商业|娱乐|餐饮|广场舞|邻里|宠物|经营|设备|空调/, "社会生活"],
];

const NOISE = /噪声|噪音/;
/** Only such a text is shown of a township's cell: a name of a person or a sentence does not end so. */
const TOWNSHIP_LIKE = /^[\u4e00-\u9fff]{2,10}(街道|地区|镇|乡|开发区)$/;
const DISTRICT_LIKE = /^[\u4e00-\u9fff]{2,4}区$|^经开区$/;

type Complaint = {
  readonly line: number;
  readonly hash: string;
  readonly noise: boolean;
  readonly category: string;
  readonly time: string;
  readonly district: string;
  readonly township: string;
  readonly solved: string;
  readonly satisfied: string;
  readonly whole: boolean;
};

export const complaints: Format = {
  name: "complaints",
  zh: "12345 噪声投诉工单（CSV、Excel）",
  unit: "row",
  describe:
    "一行一件；按来电（受理）日期和被反映街乡镇计为每日件数，北京时间；来电人、电话、标题、内容等一律不取、不存，原件也只留脱敏后的列；非噪声工单不取",
  grade: "provisional",
  placeKinds: ["township", "zone"],
  missingMarks: [],
  takesTables: true,
  takesName: isTableName,
  recognises: (_, head) => findHead(tableOfText(head, delimiterOf(head.split(/\r?\n/)[0] ?? "")), isHead) !== undefined,
  read(file, sink, context) {
    const rows = complaintsIn(file);
    if (rows === undefined) return "file.no-header";
    for (const one of rows) {
      const reject = (column: string, raw: string, reason: RejectReason, detail?: string): void =>
        sink.reject({ line: one.line, column, raw, reason, detail });
      if (!one.whole) reject("", "", "row.field-count");
      else if (!one.noise) sink.ignored(1);
      else {
        const clock = readClock(one.time);
        if (clock === undefined) {
          reject("来电时间", "", one.time === "" ? "row.no-time" : "row.bad-time");
          continue;
        }
        const where = placeWithin(one.township, context.places, complaints.placeKinds, one.district);
        if ("problem" in where) {
          reject("被反映街乡镇", one.township, where.problem, one.township === "" ? undefined : where.detail);
          continue;
        }
        sink.record({
          table: "complaint",
          line: one.line,
          values: {
            id_hash: one.hash,
            place: where.placeId,
            day: Math.floor(clock.clock / DAY_MS),
            category: one.category,
            solved: one.solved,
            satisfied: one.satisfied,
          },
        });
      }
    }
    return undefined;
  },
  scrub: scrubbed,
};

function isHead(heads: readonly string[]): boolean {
  const has = (column: Column): boolean => heads.some((head) => HEADS[column].test(head));
  return (has("id") || has("hash")) && has("category") && has("time") && has("township");
}

function complaintsIn(file: SourceFile): readonly Complaint[] | undefined {
  const table = file.table ?? textTable(file.text);
  const head = findHead(table, isHead);
  return head === undefined ? undefined : head.body.map((row) => complaintOf(row, head));
}

/** The delimiter is told by the head alone: free text holds commas of its own. */
function textTable(text: string): TextTable {
  const first = text.split(/\r?\n/, 15).find((line) => HEADS.township.test(line) || /被反映|工单/.test(line)) ?? "";
  return tableOfText(text, delimiterOf(first));
}

function complaintOf({ line, cells }: TextRow, { heads }: Head): Complaint {
  const of = (column: Column): string => {
    const at = heads.findIndex((head) => HEADS[column].test(head));
    return at < 0 ? "" : (cells[at] ?? "").trim();
  };
  const category = bareText(of("category"));
  const noise = NOISE.test(category);
  const township = bareText(of("township"));
  const district = bareText(of("district"));
  return {
    line,
    hash:
      of("hash") === ""
        ? digest(of("id"), line)
        : of("hash")
            .replaceAll(/[^0-9a-f]/g, "")
            .slice(0, 32),
    noise,
    category: noise ? (CATEGORIES.find(([word]) => word.test(category))?.[1] ?? "其他") : "",
    time: readClock(of("time")) === undefined ? "" : of("time"),
    district: DISTRICT_LIKE.test(district) ? district : "",
    township: TOWNSHIP_LIKE.test(township) ? township : "",
    solved: yesOrNo(of("solved")),
    satisfied: yesOrNo(of("satisfied")),
    whole:
      cells.length >= heads.length ||
      of("satisfied") !== "" ||
      cells.length > heads.findIndex((head) => HEADS.township.test(head)),
  };
}

function digest(id: string, line: number): string {
  return createHash("sha256")
    .update(id === "" ? `line ${line}` : `工单 ${id}`)
    .digest("hex")
    .slice(0, 32);
}

function yesOrNo(text: string): string {
  if (/^(是|已解决|解决|满意|非常满意|基本满意|基本解决)$/.test(text)) return "是";
  return /^(否|未解决|不满意|没解决)$/.test(text) ? "否" : "";
}

const KEPT = ["工单摘要", "问题分类", "来电时间", "被反映区", "被反映街乡镇", "是否解决", "是否满意"];

/** The columns that are kept, in a form the format reads again, each row on its line. A row that broke off stays broken. */
function scrubbed(file: SourceFile): string {
  const rows = complaintsIn(file) ?? [];
  const lines: string[] = [];
  const put = (line: number, text: string): void => {
    while (lines.length < line - 1) lines.push("");
    lines.push(text);
  };
  put((rows[0]?.line ?? 2) - 1, KEPT.join(","));
  for (const one of rows) {
    const category = one.noise ? `噪声->${one.category}` : "其他";
    const cells = [one.hash, category, one.time, one.district, one.township, one.solved, one.satisfied];
    put(one.line, one.whole ? cells.join(",") : one.hash);
  }
  return `${lines.join("\n")}\n`;
}
