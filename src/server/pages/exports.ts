/** What pages show, as CSV and XLSX: the same rows, under the same permission. */
import { rankWorkbook } from "../../../reports/workbooks/rank-workbook.ts";
import { targetWorkbook } from "../../../reports/workbooks/target-workbook.ts";
import { reasonOf } from "../../analysis/target-board.ts";
import { FIRMNESS_ZH, PLAN_AREA_ZH, STANDING_ZH } from "../../domain/plan.ts";
import { dayText } from "../../domain/time.ts";
import { decimalText } from "../../standards/gbt8170.ts";
import { csvText } from "../csv.ts";
import { type Ask, fileReply, type Reply } from "../route.ts";
import { rankView } from "./rank-data.ts";
import { soFar, wanted } from "./target-words.ts";
import { targetView } from "./targets-data.ts";

export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
export const CSV = "text/csv; charset=utf-8";

export async function rankCsv(ask: Ask): Promise<Reply> {
  const { ranking, rows, missing, never, indicator, period, ranksBefore, countedOf } = await rankView(ask);
  const sim = ask.facts.simulated ? "模拟数据" : "";
  const text = csvText(
    [
      "名次",
      "并列",
      "街乡",
      "代码",
      `${indicator.zh}（${ranking.unit}）`,
      "上期名次",
      "有效天数",
      "说明",
      ...(sim === "" ? [] : [sim]),
    ],
    [
      ...rows.map((row) => [
        countedOf(row).by === "published" ? countedOf(row).rank : row.fromWorst,
        countedOf(row).tied ? "并列" : "",
        row.item.place.name,
        row.item.place.code,
        decimalText(row.rounded, ranking.decimals),
        ranksBefore.get(row.item.place.id) ?? "",
        row.item.n,
        countedOf(row).by === "published" ? "公布" : "推算",
      ]),
      ...missing.map((one) => [
        "",
        "",
        one.place.name,
        one.place.code,
        "",
        "",
        one.n,
        one.valid === true ? "" : one.valid.zh,
      ]),
      ...never.map((place) => ["", "", place.name, place.code, "", "", 0, "从未有过这项数据"]),
    ],
  );
  return fileReply(CSV, text, `${sim}街乡排名-${indicator.code}-${period.text}.csv`);
}

export async function rankXlsx(ask: Ask): Promise<Reply> {
  const { ranking, rows, missing, indicator, period } = await rankView(ask);
  const sim = ask.facts.simulated ? "模拟数据" : "";
  return fileReply(
    XLSX,
    await rankWorkbook({ ...ranking, rows, missing }),
    `${sim}街乡排名-${indicator.code}-${period.text}.xlsx`,
  );
}

export async function targetsCsv(ask: Ask): Promise<Reply> {
  const { rows, at, year } = await targetView(ask);
  const sim = ask.facts.simulated ? "模拟数据" : "";
  const text = csvText(
    [
      "编号",
      "计划",
      "任务",
      "目标",
      "要求",
      "单位",
      "现值",
      "状态",
      "说明",
      "期限",
      "牵头",
      "主责",
      "协办",
      "性质",
      ...(sim === "" ? [] : [sim]),
    ],
    rows.map((row) => [
      row.target.id,
      PLAN_AREA_ZH[row.target.area],
      row.target.item,
      row.target.metric,
      wanted(row.target),
      row.target.unit,
      soFar(row),
      `${STANDING_ZH[row.verdict.standing]}${row.trial ? "（试算）" : ""}`,
      reasonOf(row) ?? "",
      row.target.deadline.text ?? "",
      row.target.lead.join("、"),
      row.target.main.join("、"),
      row.target.support.join("、"),
      FIRMNESS_ZH[row.target.firmness],
    ]),
  );
  return fileReply(CSV, text, `${sim}目标-${year}-${dayText(at)}.csv`);
}

export async function targetsXlsx(ask: Ask): Promise<Reply> {
  const { rows, at, year } = await targetView(ask);
  const sim = ask.facts.simulated ? "模拟数据" : "";
  return fileReply(XLSX, await targetWorkbook(rows, at), `${sim}目标-${year}-${dayText(at)}.xlsx`);
}
