/** Every fault's texts: what happened (zh, en) and what to do. Codes are `thing.problem`, kept in the order of the alphabet. */

type FaultText = { readonly zh: string; readonly en: string; readonly hintZh: string; readonly hintEn: string };

export const FAULT_TEXTS = {
  "batch.unknown": {
    zh: "没有批次“{given}”",
    en: "there is no batch “{given}”",
    hintZh: "用 duibiao batch list 查看批次号",
    hintEn: "list the batches with: duibiao batch list",
  },
  "batch.not-undoable": {
    zh: "批次 {batch} 不能撤销：{reason}",
    en: "batch {batch} cannot be undone: {reason}",
    hintZh: "先撤销之后的批次 {later}，再撤销本批次",
    hintEn: "undo the later batches {later} first",
  },
  "briefing.cell-overflow": {
    zh: "简报中有文字放不进表格：{text}",
    en: "a text does not fit its table cell: {text}",
    hintZh: "缩短这个名称，或为该地点登记一个简称；文件没有写出",
    hintEn: "shorten the name, or register a short alias; no file was written",
  },
  "briefing.glyph-missing": {
    zh: "字体里没有这些字符：{characters}",
    en: "the fonts lack these characters: {characters}",
    hintZh: "检查名称里的乱码、表情或私用区字符，改正后重新生成；文件没有写出",
    hintEn: "look for mojibake, emoji or private-use characters in names; no file was written",
  },
  "briefing.not-typeset": {
    zh: "简报排版失败：{reason}",
    en: "the briefing could not be typeset: {reason}",
    hintZh: "文件没有写出；这是程序或模板的问题，请附上这条信息反馈",
    hintEn: "no file was written; report this message, it is a fault of the program or the template",
  },
  "command.unknown": {
    zh: "没有命令“{given}”",
    en: "there is no command “{given}”",
    hintZh: "运行 duibiao --help 查看全部命令",
    hintEn: "run duibiao --help for all commands",
  },
  "command.word-missing": {
    zh: "缺少参数 {word}",
    en: "the argument {word} is missing",
    hintZh: "用法：{usage}",
    hintEn: "usage: {usage}",
  },
  "command.word-extra": {
    zh: "多出参数“{given}”",
    en: "unexpected argument “{given}”",
    hintZh: "用法：{usage}",
    hintEn: "usage: {usage}",
  },
  "csv.column-missing": {
    zh: "缺少列：{columns}",
    en: "missing columns: {columns}",
    hintZh: "表头里有：{known}。补上缺少的列（没有数据可留空），列名不同时用 --map 原列名=标准列名",
    hintEn: "the header has: {known}; add the missing columns (cells may be empty), or rename with --map input=known",
  },
  "csv.column-twice": {
    zh: "列“{column}”出现了两次",
    en: "the column “{column}” appears twice",
    hintZh: "只留一列，或用 --map 指明用哪一列",
    hintEn: "keep one of them, or say which with --map",
  },
  "csv.empty": {
    zh: "没有输入：一行也没有",
    en: "no input: not a single line",
    hintZh: "从标准输入给出带表头的 CSV，例如 duibiao calc aqi < 数据.csv",
    hintEn: "give a CSV with a header on standard input, e.g. duibiao calc aqi < data.csv",
  },
  "csv.nothing-computed": {
    zh: "{rows} 行数据中没有一行可以计算；{reason}",
    en: "none of the {rows} rows could be computed; {reason}",
    hintZh: "按 error 列逐行改正后再算",
    hintEn: "correct the rows as the error column says",
  },
  "option.missing": {
    zh: "缺少选项 --{option}",
    en: "the option --{option} is missing",
    hintZh: "用法：{usage}",
    hintEn: "usage: {usage}",
  },
  "option.unknown": {
    zh: "没有选项“{given}”",
    en: "there is no option “{given}”",
    hintZh: "可用选项：{known}",
    hintEn: "options: {known}",
  },
  "option.value": {
    zh: "选项 --{option} 的值“{given}”不可用",
    en: "the value “{given}” of --{option} cannot be used",
    hintZh: "可写：{expected}",
    hintEn: "write: {expected}",
  },
  "format.unknown": {
    zh: "没有数据格式“{given}”",
    en: "there is no format “{given}”",
    hintZh: "可用格式：{known}；或用 auto 自动识别",
    hintEn: "formats: {known}; or auto",
  },
  "indicator.unknown": {
    zh: "没有指标“{given}”",
    en: "there is no indicator “{given}”",
    hintZh: "可用指标：{known}",
    hintEn: "indicators: {known}",
  },
  "ingest.nothing-usable": {
    zh: "没有可用的数据：{reason}",
    en: "nothing usable: {reason}",
    hintZh: "数据库未改动。检查文件内容后重新导入；逐条原因见上",
    hintEn: "the store is unchanged; check the file and ingest it again",
  },
  "ingest.path-missing": {
    zh: "没有这个文件或文件夹：{path}",
    en: "no such file or folder: {path}",
    hintZh: "检查路径；数据库未改动",
    hintEn: "check the path; the store is unchanged",
  },
  "period.unknown": {
    zh: "看不懂时段“{given}”：{reason}",
    en: "cannot read the period “{given}”: {reason}",
    hintZh:
      "写成 2015、2015-Q1、2015-H1（上半年）、2015-03、2015-03-H1（上半月）、2015-03-14 或 2015-01..2015-03（累计）",
    hintEn: "write 2015, 2015-Q1, 2015-H1, 2015-03, 2015-03-H1, 2015-03-14 or 2015-01..2015-03",
  },
  "place.ambiguous": {
    zh: "“{given}”不止一个地点：{candidates}",
    en: "“{given}” fits several places: {candidates}",
    hintZh: "写明类别，例如 --place {example}",
    hintEn: "say which, e.g. --place {example}",
  },
  "place.unknown": {
    zh: "没有地点“{given}”{near}",
    en: "there is no place “{given}”{near}",
    hintZh: "写代码或全称，例如 110105001、建外街道、station:东四",
    hintEn: "write a code or full name, e.g. 110105001, 建外街道, station:东四",
  },
  "plan.duplicate": {
    zh: "计划里“{id}”出现了两次",
    en: "“{id}” stands twice in the plan",
    hintZh: "改掉或删去其中一个；编号一经使用不要换给别的目标",
    hintEn: "rename or remove one of them",
  },
  "plan.reference": {
    zh: "计划条目“{id}”不成立：{what}",
    en: "the plan entry “{id}” does not hold: {what}",
    hintZh: "在计划文件的这一处改正；改好之前整份计划不生效",
    hintEn: "correct the plan file there; until then the plan is not in force",
  },
  "plan.schema": {
    zh: "计划文件的“{field}”不合要求：{reason}",
    en: "“{field}” of the plan file is not as it must be: {reason}",
    hintZh: "按字段说明改正这一处；改好之前整份计划不生效",
    hintEn: "correct the plan file there; until then the plan is not in force",
  },
  "plan.unknown": {
    zh: "没有 {given} 年的计划",
    en: "there is no plan of {given}",
    hintZh: "已有计划的年份：{known}；新一年的计划用 duibiao plan import 导入",
    hintEn: "years with plans: {known}; import another with: duibiao plan import",
  },
  "plan.yaml": {
    zh: "计划文件不是正确的 YAML：{reason}",
    en: "the plan file is not correct YAML: {reason}",
    hintZh: "检查这一行的缩进、冒号和引号",
    hintEn: "check indentation, colons and quotes on that line",
  },
  "policy.unknown": {
    zh: "没有口径“{given}”",
    en: "there is no policy “{given}”",
    hintZh: "可用口径：{known}",
    hintEn: "policies: {known}",
  },
  "policy.value": {
    zh: "口径 {policy} 不能取“{given}”",
    en: "policy {policy} cannot be “{given}”",
    hintZh: "可取：{expected}",
    hintEn: "it can be: {expected}",
  },
  "statistic.unknown": {
    zh: "指标 {indicator} 没有统计量“{given}”",
    en: "indicator {indicator} has no statistic “{given}”",
    hintZh: "可用统计量：{known}",
    hintEn: "statistics: {known}",
  },
  "store.in-use": {
    zh: "数据库正在被另一个进程使用（{owner}）",
    en: "the store is in use by another process ({owner})",
    hintZh: "等它结束，或关闭该进程后重试；正在运行的服务请用网页或 API",
    hintEn: "wait for it to end, or stop it and try again",
  },
  "store.missing": {
    zh: "没有数据库：{path}",
    en: "there is no store at {path}",
    hintZh: "先用 duibiao ingest 导入数据，或用 --store 指定文件夹",
    hintEn: "ingest data first, or name the folder with --store",
  },
  "store.broken": {
    zh: "数据库打不开：{reason}",
    en: "the store cannot be opened: {reason}",
    hintZh: "不要删除文件；用备份恢复（duibiao restore），并保留损坏的文件供检查",
    hintEn: "keep the files; restore a backup (duibiao restore)",
  },
  "store.newer": {
    zh: "数据库结构版本 {found} 比本程序支持的 {known} 新",
    en: "the store's schema {found} is newer than the {known} this program knows",
    hintZh: "升级 duibiao 后再打开；数据库未改动",
    hintEn: "upgrade duibiao; the store is unchanged",
  },
  "simulated.mixed": {
    zh: "{what}",
    en: "simulated and real data cannot share a store: {what}",
    hintZh: "换一个 --store 文件夹；模拟数据与真实数据不能放在同一个库",
    hintEn: "use another --store folder",
  },
  "tsp.not-comparable": {
    zh: "光散射法的街乡 TSP 不能与 200/300 µg/m³ 比较（{method}）",
    en: "street TSP by light scattering cannot be compared with 200/300 µg/m³ ({method})",
    hintZh: "GB 3095 的限值只用于重量法（HJ 1263）；街乡 TSP 只排名，不判达标",
    hintEn: "the limits of GB 3095 are for the gravimetric method (HJ 1263); street TSP is ranked, not judged",
  },
  "value.negative": {
    zh: "{what} 为负数（{given}）",
    en: "{what} is negative ({given})",
    hintZh: "改成零或正数，没有数据就留空",
    hintEn: "write zero or a positive number; leave it empty when there is no value",
  },
  "value.not-positive": {
    zh: "{what} 必须大于零，现为 {given}",
    en: "{what} must be greater than zero, it is {given}",
    hintZh: "核对原始数据；没有数据就留空",
    hintEn: "check the source; leave it empty when there is no value",
  },
  "value.not-number": {
    zh: "{what}“{given}”不是数字",
    en: "{what} “{given}” is not a number",
    hintZh: "写成数字，例如 35 或 0.025；没有数据就留空",
    hintEn: "write a number such as 35 or 0.025; leave it empty when there is no value",
  },
} as const satisfies Record<string, FaultText>;

export type FaultCode = keyof typeof FAULT_TEXTS;
