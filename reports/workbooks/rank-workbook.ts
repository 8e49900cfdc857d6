/** A ranking as a workbook: the ranked places, and apart from them those without valid data and why. */
import { higherIsWorse, type Ranking } from "../../src/analysis/rank.ts";
import { toNumber } from "../../src/domain/exact.ts";
import { periodZh } from "../../src/domain/period.ts";
import { RANK_CHECK, rankCheck } from "./rank-check.ts";
import { workbookBytes } from "./xlsx-write.ts";

/** The bytes of the workbook. */
export async function rankWorkbook({ question, rows, missing, unit }: Ranking): Promise<Uint8Array> {
  const descending = higherIsWorse(question.indicator.code) === (question.order === "worst");
  // Only over the whole list can a formula give the ranks again.
  const whole = question.worst === undefined;
  const check = rankCheck(whole ? rows.map(({ rank }) => rank) : [], { rank: 0, value: 3, check: 10 }, descending);
  const order = question.order === "worst" ? "倒序" : "正序";
  const value = `${question.indicator.zh}${unit === "" ? "" : `（${unit}）`}`;
  return await workbookBytes([
    {
      name: `${periodZh(question.period)}${order}`,
      header: [
        "名次",
        "地点",
        "代码",
        value,
        "未修约值",
        "从差到好",
        "从好到差",
        "并列",
        "跨线",
        "有效天数",
        ...(whole ? [RANK_CHECK] : []),
      ],
      rows: rows.map(({ rank, item, rounded, value: exact, fromWorst, fromBest, tied, straddles }) => [
        rank,
        item.place.name,
        item.place.code,
        toNumber(rounded),
        toNumber(exact),
        fromWorst,
        fromBest,
        tied ? "并列" : "",
        straddles ? "跨线" : "",
        item.n,
        ...(whole ? [null] : []),
      ]),
      ...check,
    },
    {
      name: "未参加排名",
      header: ["地点", "代码", "原因", "有效天数"],
      rows: missing.map(({ place, valid, n }) => [place.name, place.code, valid === true ? "" : valid.zh, n]),
    },
  ]);
}
