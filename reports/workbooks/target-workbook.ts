/** The targets as a workbook: one sheet of targets, one of plans and units rolled up, one of places behind a target. */
import { type Board, type BoardRow, boardOf, type RollUp } from "../../src/analysis/board.ts";
import { wantedText } from "../../src/analysis/tally-duty.ts";
import { reasonOf } from "../../src/analysis/target-board.ts";
import type { TargetRow } from "../../src/analysis/target-rows.ts";
import { toNumber } from "../../src/domain/exact.ts";
import { FIRMNESS_ZH, PLAN_AREA_ZH, type PlanArea, STANDING_ZH, STANDINGS } from "../../src/domain/plan.ts";
import { type DayNumber, dayText } from "../../src/domain/time.ts";
import { standingFills } from "./standing-fills.ts";
import { type CellValue, type WorkbookSheet, workbookBytes } from "./xlsx-write.ts";

const TARGET_HEADER = [
  "编号",
  "计划",
  "事项",
  "指标",
  "要求",
  "当前值",
  "单位",
  "状态",
  "试算",
  "理由",
  "时限",
  "牵头",
  "主责",
  "协办",
  "性质",
] as const;

const BOARD_HEADER = [
  "范围",
  "目标数",
  ...STANDINGS.map((one) => STANDING_ZH[one]),
  "达标和正常占可判定",
  "不可判定项数",
  "硬性未达标或有风险",
  "力争未达标或有风险",
] as const;

/** The bytes of the workbook of targets judged on a day. */
export async function targetWorkbook(rows: readonly TargetRow[], at: DayNumber): Promise<Uint8Array> {
  const board = boardOf(rows.map(({ target, verdict }) => ({ target, standing: verdict.standing })));
  const places = rows.filter((row) => row.places.length > 0);
  return await workbookBytes([
    {
      name: `目标 ${dayText(at)}`,
      header: TARGET_HEADER,
      rows: rows.map(targetRow),
      rules: standingFills(TARGET_HEADER.indexOf("状态"), rows.length),
    },
    boardSheet(board),
    ...(places.length === 0 ? [] : [placeSheet(places)]),
  ]);
}

function targetRow(row: TargetRow): readonly CellValue[] {
  const { target, verdict, evidence, trial } = row;
  return [
    target.id,
    PLAN_AREA_ZH[target.area],
    target.item,
    target.metric,
    wantedText(target),
    evidence?.value === undefined ? null : toNumber(evidence.value),
    target.unit,
    STANDING_ZH[verdict.standing],
    trial ? "试算" : "",
    reasonOf(row) ?? "",
    target.deadline.text ?? "",
    target.lead.join("、"),
    target.main.join("、"),
    target.support.join("、"),
    target.kind === "direction" ? "方向" : FIRMNESS_ZH[target.firmness],
  ];
}

function boardSheet({ total, plans, units }: Board): WorkbookSheet {
  const rows = [
    boardRow("合计", total),
    ...plans.map((row) => boardRow(`计划：${PLAN_AREA_ZH[row.key as PlanArea]}`, row)),
    ...units.map((row) => boardRow(`单位：${row.key}`, row)),
  ];
  return { name: "汇总", header: BOARD_HEADER, rows };
}

/** A share never without the number beside it that could not be judged: they are neighbouring columns. */
function boardRow(name: string, { all, byFirmness }: BoardRow): readonly CellValue[] {
  const bad = ({ counts }: RollUp) => counts.missed + counts.at_risk;
  const { percent, good, judged, cannotJudge } = all.share;
  const share = percent === undefined ? "—" : `${good}/${judged}`;
  return [
    name,
    all.targets,
    ...STANDINGS.map((one) => all.counts[one]),
    share,
    cannotJudge,
    bad(byFirmness.binding),
    bad(byFirmness.strive),
  ];
}

function placeSheet(rows: readonly TargetRow[]): WorkbookSheet {
  const cells = rows.flatMap(({ target, places }) =>
    places.map(({ place, verdict }) => [
      target.id,
      target.metric,
      place,
      STANDING_ZH[verdict.standing],
      verdict.reason ?? "",
    ]),
  );
  const header = ["编号", "指标", "地点或分项", "状态", "理由"];
  return { name: "分地点", header, rows: cells, rules: standingFills(header.indexOf("状态"), cells.length) };
}
