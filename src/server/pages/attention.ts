/** What needs somebody now: targets missed, sources late, targets at risk; the most urgent first. */
import { reasonOf } from "../../analysis/target-board.ts";
import type { TargetRow } from "../../analysis/target-rows.ts";
import { KIND_ZH, ruleZh } from "../alerts/message.ts";
import type { SeenAlert } from "./alerts-data.ts";
import { shortDay } from "./dates.ts";
import type { Mark } from "./marks.ts";
import type { SourceState } from "./sources.ts";
import { responsible, soFar, wanted } from "./target-words.ts";

export type Attention = {
  readonly mark: Mark;
  readonly kind: string;
  readonly what: string;
  readonly why: string;
  readonly who: string;
  readonly href: string;
};

const MOST = 20;
const MOST_ALERTS = 8;
const MOST_NAMES = 5;

/** Open alerts nobody muted: warnings, then what did not come, then the service itself. */
export function alertAttention(alerts: readonly SeenAlert[]): readonly Attention[] {
  const order = { warning: 0, no_data: 1, operation: 2 } as const;
  return alerts
    .filter((one) => one.state === "open" && one.mute === undefined)
    .sort((a, b) => order[a.kind] - order[b.kind])
    .slice(0, MOST_ALERTS)
    .map(
      (one): Attention => ({
        mark: one.kind === "warning" ? "risk" : one.kind === "no_data" ? "unknown" : "missed",
        kind: KIND_ZH[one.kind],
        what: `${one.subject}：${ruleZh(one.rule)}`,
        why: `自 ${shortDay(one.firstDay)} 起；${one.words}`,
        who: one.kind === "warning" ? "分析员" : "运维",
        href: `/alerts#alert-${one.id}`,
      }),
    );
}

export function attentionOf(rows: readonly TargetRow[], sources: readonly SourceState[]): readonly Attention[] {
  const binding = rows.filter(
    ({ target }) => target.kind === "criterion" && target.firmness !== "strive" && target.restates === undefined,
  );
  const missed = binding.filter((row) => row.verdict.standing === "missed").map((row) => ofTarget(row, "未达标"));
  const late = sources
    .filter((one) => one.late > 0)
    .map(
      (one): Attention => ({
        mark: "unknown",
        kind: "缺数",
        what: `${one.zh}已 ${one.late} 天没有数据`,
        why: `最近到 ${one.last === undefined ? "—" : shortDay(one.last)}；没有读到不等于没有污染`,
        who: "运维",
        href: "/data/coverage",
      }),
    );
  const gone = sources
    .filter((one) => one.missing > 0)
    .map(
      (one): Attention => ({
        mark: "unknown",
        kind: "缺数",
        what: `${one.zh} 有 ${one.missing} 个地点近日停报`,
        why: `${one.missingNames.slice(0, MOST_NAMES).join("、")}${one.missing > MOST_NAMES ? " 等" : ""}：一周内报过数、最近一天没有；缺测过多将不参加排名`,
        who: "运维",
        href: "/data/coverage",
      }),
    );
  const risk = binding.filter((row) => row.verdict.standing === "at_risk").map((row) => ofTarget(row, "有风险"));
  return [...missed, ...late, ...gone, ...risk].slice(0, MOST);
}

function ofTarget(row: TargetRow, kind: string): Attention {
  const { target } = row;
  return {
    mark: kind === "未达标" ? "missed" : "risk",
    kind,
    what: `${target.metric}：${row.evidence?.value === undefined ? "" : `${soFar(row)}，`}要求 ${wanted(target)}${target.unit === "" ? "" : ` ${target.unit}`}`,
    why: reasonOf(row) ?? `期限 ${target.deadline.text ?? "未写"}`,
    who: responsible(target),
    href: `/targets/${target.id}`,
  };
}
