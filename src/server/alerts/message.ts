/** What is sent: one message an episode, one of what stood before the first, and the daily digest. */
import { RULES, type RuleName } from "../../analysis/warning/rules.ts";
import { dayText } from "../../domain/time.ts";
import type { Alert } from "../../store/alerts.ts";

export type Message = {
  /** The same message handed over twice has the same id. */
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  /** For programs. */
  readonly body: Readonly<Record<string, unknown>>;
};

export const KIND_ZH: Readonly<Record<Alert["kind"], string>> = {
  warning: "预警",
  no_data: "缺数",
  operation: "运行",
};

export function ruleZh(rule: string): string {
  return Object.hasOwn(RULES, rule) ? RULES[rule as RuleName].zh : "定时任务没有成功";
}

export type Sender = { readonly bureau: string; readonly simulated: boolean };

export function messageOfAlert(alert: Alert, { bureau, simulated }: Sender): Message {
  const head = `【${simulated ? "模拟数据·" : ""}${KIND_ZH[alert.kind]}】${alert.subject}：${ruleZh(alert.rule)}`;
  return {
    id: `alert-${alert.id}`,
    subject: head,
    text: [
      head,
      alert.words,
      `自 ${dayText(alert.firstDay)} 起`,
      ...(alert.kind === "no_data" ? ["没有读到不等于没有污染：请先查来源。"] : []),
      `${bureau} · 对标。同一次过程只发这一封。`,
    ].join("\n"),
    body: { type: "alert", simulated, bureau, alert: bodyOf(alert) },
  };
}

export type DigestParts = {
  readonly day: string;
  readonly open: readonly Alert[];
  readonly ended: readonly Alert[];
  readonly muted: readonly Alert[];
};

/**
 * What stood already when a channel had never told of anything: on a store that begins with years of data every standing
 * episode would else be a message of its own, all at once.
 */
export function standingMessage(open: readonly Alert[], { bureau, simulated }: Sender): Message {
  const subject = `【${simulated ? "模拟数据·" : ""}开始提醒】已有 ${open.length} 件未结`;
  return {
    id: `standing-${Math.max(...open.map(({ id }) => id))}`,
    subject,
    text: [subject, ...sections(open), "以上各件不再单独发送；新的过程每次一封。", `${bureau} · 对标`].join("\n"),
    body: { type: "standing", simulated, bureau, open: open.map(bodyOf) },
  };
}

/** A line each, by kind. */
function sections(open: readonly Alert[]): readonly string[] {
  const of = (kind: Alert["kind"]) => open.filter((one) => one.kind === kind);
  return [
    ...section("预警", of("warning")),
    ...section("缺数（没有读到不等于没有污染）", of("no_data")),
    ...section("运行", of("operation")),
  ];
}

function section(zh: string, list: readonly Alert[]): readonly string[] {
  const line = (one: Alert) => `  ${one.subject}：${ruleZh(one.rule)}（自 ${dayText(one.firstDay)}）${one.words}`;
  return list.length === 0 ? [] : [`${zh} ${list.length} 件`, ...list.map(line)];
}

export function digestMessage({ day, open, ended, muted }: DigestParts, { bureau, simulated }: Sender): Message {
  const lines = [
    ...sections(open),
    ...section("一天内解除", ended),
    ...(muted.length === 0 ? [] : [`另有 ${muted.length} 件已设静默`]),
  ];
  const subject = `【${simulated ? "模拟数据·" : ""}日报】${day} 未结 ${open.length} 件，解除 ${ended.length} 件`;
  return {
    id: `digest-${day}`,
    subject,
    text: [subject, ...(lines.length === 0 ? ["没有要处理的事。"] : lines), `${bureau} · 对标`].join("\n"),
    body: {
      type: "digest",
      simulated,
      bureau,
      day,
      open: open.map(bodyOf),
      ended: ended.map(bodyOf),
      muted: muted.length,
    },
  };
}

function bodyOf({ id, kind, rule, code, indicator, subject, words, firstDay, state }: Alert) {
  return { id, kind, rule, code, indicator, subject, words, since: dayText(firstDay), state };
}
