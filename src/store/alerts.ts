/** Alerts in the catalogue: episodes that are open or ended, who muted them and why, what was sent. Rows are only ever added. */
import type { DayNumber } from "../domain/time.ts";
import type { Sql } from "./port.ts";

/** What is the matter; without its times. Rule, code and indicator together tell two apart. */
export type Finding = {
  /** `no_data`: nothing came, which says nothing about the air. `operation`: the service itself. */
  readonly kind: "warning" | "no_data" | "operation";
  readonly rule: string;
  /** Code of the place, or name of the job; may be empty. */
  readonly code: string;
  readonly indicator: string;
  readonly subject: string;
  readonly words: string;
  readonly firstDay: DayNumber;
};

export type Alert = Finding & {
  readonly id: number;
  readonly state: "open" | "ended";
  /** UTC milliseconds of this state. */
  readonly at: number;
};

type AlertRow = {
  readonly id: number;
  readonly kind: Finding["kind"];
  readonly rule: string;
  readonly code: string;
  readonly indicator: string;
  readonly subject: string;
  readonly words: string;
  readonly first_day: number;
  readonly state: Alert["state"];
  readonly at: bigint;
};

/** The current state of every alert, the newest first. */
export async function listAlerts(sql: Sql): Promise<readonly Alert[]> {
  const rows = await sql.rows<AlertRow>(
    "SELECT * EXCLUDE (seq) FROM alert QUALIFY seq = max(seq) OVER (PARTITION BY id) ORDER BY id DESC",
  );
  return rows.map(({ first_day, at, ...row }) => ({ ...row, firstDay: first_day, at: Number(at) }));
}

export function alertKey({ rule, code, indicator }: Pick<Finding, "rule" | "code" | "indicator">): string {
  return JSON.stringify([rule, code, indicator]);
}

/**
 * Brings the alerts up to what was found: what is new opens, what is gone ends, what stands stays as it is.
 * Inside a transaction.
 * @returns how many opened and ended
 */
export async function settleAlerts(
  sql: Sql,
  found: readonly Finding[],
  at: number,
): Promise<{ readonly opened: number; readonly ended: number }> {
  const all = await listAlerts(sql);
  const open = new Map(all.filter((one) => one.state === "open").map((one) => [alertKey(one), one]));
  const now = new Map(found.map((one) => [alertKey(one), one]));
  let next = (all[0]?.id ?? 0) + 1;
  let [opened, ended] = [0, 0];
  for (const [key, one] of now) {
    if (open.has(key)) continue;
    await addAlert(sql, { ...one, id: next++, state: "open", at });
    opened += 1;
  }
  for (const [key, one] of open) {
    if (now.has(key)) continue;
    await addAlert(sql, { ...one, state: "ended", at });
    ended += 1;
  }
  return { opened, ended };
}

async function addAlert(sql: Sql, one: Alert): Promise<void> {
  await sql.run(
    "INSERT INTO alert SELECT (coalesce(max(seq), 0) + 1)::INTEGER, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM alert",
    [one.id, one.kind, one.rule, one.code, one.indicator, one.subject, one.words, one.firstDay, one.state, one.at],
  );
}

export type AlertMute = Pick<Finding, "rule" | "code" | "indicator"> & {
  /** The last silent day; one in the past is none. */
  readonly until: DayNumber;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
};

/** The mute that holds for each key that has one. */
export async function alertMutes(sql: Sql): Promise<ReadonlyMap<string, AlertMute>> {
  const rows = await sql.rows<{
    rule: string;
    code: string;
    indicator: string;
    until_day: number;
    reason: string;
    who: string;
    at: bigint;
  }>("SELECT * EXCLUDE (seq) FROM alert_mute QUALIFY seq = max(seq) OVER (PARTITION BY rule, code, indicator)");
  return new Map(
    rows.map(({ until_day, who, at, ...row }) => [
      alertKey(row),
      { ...row, until: until_day, by: who, at: Number(at) },
    ]),
  );
}

export async function saveMute(sql: Sql, mute: AlertMute): Promise<void> {
  await sql.run(
    "INSERT INTO alert_mute SELECT (coalesce(max(seq), 0) + 1)::INTEGER, ?, ?, ?, ?, ?, ?, ? FROM alert_mute",
    [mute.rule, mute.code, mute.indicator, mute.until, mute.reason, mute.by, mute.at],
  );
}

export type AlertMessage = {
  /** The alert it tells of; undefined for a digest. */
  readonly alert: number | undefined;
  readonly channel: string;
  readonly outcome: "sent" | "failed";
  readonly detail: string;
  readonly at: number;
};

/** The messages, the newest first. */
export async function alertMessages(sql: Sql): Promise<readonly AlertMessage[]> {
  const rows = await sql.rows<{
    alert: number | null;
    channel: string;
    outcome: AlertMessage["outcome"];
    detail: string;
    at: bigint;
  }>("SELECT * EXCLUDE (seq) FROM alert_message ORDER BY seq DESC");
  return rows.map((row) => ({ ...row, alert: row.alert ?? undefined, at: Number(row.at) }));
}

export async function recordMessage(sql: Sql, message: AlertMessage): Promise<void> {
  await sql.run(
    "INSERT INTO alert_message SELECT (coalesce(max(seq), 0) + 1)::INTEGER, ?, ?, ?, ?, ? FROM alert_message",
    [message.alert ?? null, message.channel, message.outcome, message.detail, message.at],
  );
}
