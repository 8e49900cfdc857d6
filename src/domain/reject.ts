/** Why an input unit or a file could not be used: closed lists, with the words people read. Codes are `thing.problem`. */

type Text = { readonly zh: string; readonly en: string };

/** Of a cell or row. `fix`: what a person can do about it in the row itself. */
export const REJECT_REASONS = {
  "cell.not-a-number": { zh: "不是数字", en: "not a number", fix: "改成数字；没有值就清空这一格" },
  "cell.negative": { zh: "负数", en: "negative", fix: "核对后改成实际值；没有值就清空这一格" },
  "cell.over-range": {
    zh: "超出合理上限",
    en: "above the plausible maximum",
    fix: "核对数值和单位；没有值就清空这一格",
  },
  "cell.under-range": {
    zh: "低于合理下限",
    en: "below the plausible minimum",
    fix: "核对数值和单位；没有值就清空这一格",
  },
  "cell.too-precise": { zh: "小数超过 8 位", en: "more than 8 decimals", fix: "保留 8 位以内小数" },
  "place.unknown": { zh: "没有这个地点", en: "unknown place", fix: "改成库里有的名称或代码" },
  "place.ambiguous": { zh: "地点名对应多个地点", en: "the name fits several places", fix: "写明所属区，或改写代码" },
  "indicator.unknown": { zh: "没有这个指标", en: "unknown indicator", fix: "改成库里有的指标" },
  "indicator.no-minutes": {
    zh: "这个指标没有由分钟值求小时值的规则",
    en: "no rule makes hours of this indicator's minutes",
    fix: "改交小时值",
  },
  "unit.unknown": {
    zh: "单位与指标不符",
    en: "the unit does not fit the indicator",
    fix: "改成与指标相符的单位（数值一并换算）",
  },
  "period.unknown": {
    zh: "时段写法看不懂",
    en: "unreadable period",
    fix: "写成 2024、2024-03、2024-03-H1、2024-03-14 或 2024-01..2024-03",
  },
  "row.field-count": {
    zh: "列数与表头不符（行不完整或数字错列）",
    en: "field count differs from the header",
    fix: "按表头把各格补齐、移到对应的列",
  },
  "row.bad-date": { zh: "日期不对", en: "bad date", fix: "改成存在的日期，写法同其他行" },
  "row.bad-hour": { zh: "小时不在 0–23", en: "hour outside 0–23", fix: "改成 0–23 的整点" },
  "row.future": { zh: "时间在将来", en: "in the future", fix: "核对时间；确是将来的不要交回" },
  "row.stale": { zh: "时间过旧", en: "stale time", fix: "核对时间；确是旧数据的不要交回" },
  "row.no-time": { zh: "没有时间", en: "no time", fix: "补上时间，写法同其他行" },
  "row.bad-time": { zh: "时间写法看不懂", en: "unreadable time", fix: "改成存在的时间，写法同其他行" },
  "row.no-year": { zh: "推不出年份", en: "the year cannot be told", fix: "补上年份" },
  "row.no-value": { zh: "没有数值", en: "no value", fix: "补上数值；没有值就清空这一格" },
} as const satisfies Record<string, Text & { readonly fix: string }>;

export type RejectReason = keyof typeof REJECT_REASONS;

/** Of a whole file. */
export const REFUSE_REASONS = {
  "file.empty": { zh: "空文件", en: "empty file" },
  "file.html": { zh: "是网页（HTML），不是数据", en: "an HTML page, not data" },
  "file.not-utf8": { zh: "不是 UTF-8 文本", en: "not UTF-8 text" },
  "file.not-text": { zh: "不是文本", en: "not text" },
  "file.no-header": { zh: "表头不对", en: "wrong header" },
  "file.sheet-skipped": { zh: "选了不取这张表", en: "a sheet chosen not to be taken" },
  "file.name": { zh: "文件名不属于这种格式", en: "not a name of this format" },
  "file.unreadable": { zh: "读不出来", en: "unreadable" },
  "file.unpackable": { zh: "压缩包损坏", en: "broken archive" },
  "file.unknown-format": { zh: "认不出格式", en: "unrecognised format" },
  "file.unsupported": { zh: "不支持这种文件", en: "unsupported kind of file" },
  "file.bomb": { zh: "解压后过大（压缩比异常），未解开", en: "unpacks to far too much, not opened" },
  "file.path-trick": {
    zh: "压缩包里的路径指向包外，未解开",
    en: "an archived name leads out of the archive, not opened",
  },
  "file.nested": { zh: "压缩包套得太深，请先解开", en: "archives nested too deep, unpack first" },
  "file.encrypted": { zh: "有密码，请去掉密码再导入", en: "protected by a password, remove it first" },
  "file.xml-entities": {
    zh: "文档里声明了 XML 实体，不打开；请用 Excel 另存为 .xlsx",
    en: "declares XML entities, not opened; save it again as .xlsx",
  },
  "file.xlsb": { zh: "是 .xlsb，请在 Excel 中另存为 .xlsx", en: "an .xlsb workbook, save it as .xlsx" },
  "file.old-xls": {
    zh: "是 Excel 95 或更早的 .xls，请在 Excel 中另存为 .xlsx",
    en: "an .xls of Excel 95 or older, save it as .xlsx",
  },
  "file.no-table": { zh: "里面没有能读的表", en: "holds no table that can be read" },
  "file.noise-summary": {
    zh: "是噪声汇总表（功能区达标率，或昼间、夜间等效声级），没有已确认的版式；请导入小时值（noise-hourly）或点位测量值（noise-points），达标率由系统算出",
    en: "a summary of noise (pass rates of zones, or levels of days and nights) without a confirmed layout; hand in hourly values or point measurements, rates are computed from them",
  },
  "file.needs-mapping": { zh: "没有给出列的对应关系（--map）", en: "no column mapping was given (--map)" },
} as const satisfies Record<string, Text>;

export type RefuseReason = keyof typeof REFUSE_REASONS;

/** One rejected unit: where it stood and what it said. `line` counts from 1 in the unpacked file. */
export type Reject = {
  readonly line: number;
  readonly column: string;
  readonly raw: string;
  readonly reason: RejectReason;
  /** What would help: near names, the limit that was passed. */
  readonly detail?: string | undefined;
};
