/**
 * Alerts from the analysis to people: settled against what is found now, then told once an episode on each channel.
 * What could not be sent is tried again at the next look, as long as the episode stands.
 */
import { Fault, messageOf } from "../../domain/faults.ts";
import { dayOf, dayText, HOUR_MS } from "../../domain/time.ts";
import {
  type Alert,
  type AlertMessage,
  alertKey,
  alertMessages,
  alertMutes,
  listAlerts,
  recordMessage,
  settleAlerts,
} from "../../store/alerts.ts";
import type { Sql } from "../../store/port.ts";
import type { ServerContext } from "../context.ts";
import type { Channel } from "./channel.ts";
import { findingsOf } from "./find.ts";
import { digestMessage, type Message, messageOfAlert, type Sender, standingMessage } from "./message.ts";

export type AlertWatch = {
  /** Looks, settles, tells. @returns what came of it, empty when nothing moved */
  readonly look: () => Promise<string>;
  readonly digest: () => Promise<string>;
};

const A_DAY = 24 * HOUR_MS;

export function alertWatch(
  context: ServerContext,
  channels: readonly Channel[],
  jobZh: (name: string) => string | undefined,
): AlertWatch {
  const senderOf = async (): Promise<Sender> =>
    await context.pool.read(async (sql) => {
      const { home, simulated } = await context.factsOf(sql);
      return { bureau: `${home.name}生态环境局`, simulated };
    });

  /** @param alerts those the message tells of; none for a digest */
  const tell = async (channel: Channel, message: Message, alerts: readonly Alert[]): Promise<boolean> => {
    const [outcome, detail] = await channel.send(message).then(
      () => ["sent", message.subject] as const,
      (error: unknown) => ["failed", error instanceof Fault ? messageOf(error, "zh") : String(error)] as const,
    );
    const at = context.now().getTime();
    await context.write(async (sql) => {
      for (const alert of alerts.length === 0 ? [undefined] : alerts.map(({ id }) => id))
        await recordMessage(sql, { alert, channel: channel.name, outcome, detail, at });
    });
    return outcome === "sent";
  };

  return {
    look: async () => {
      const found = await findingsOf(context, jobZh);
      const at = context.now().getTime();
      const { opened, ended } = await context.write((sql) => settleAlerts(sql, found, at));
      const { open, sent, speakers } = await context.pool.read(standing(context));
      const sender = await senderOf();
      let [told, failed] = [0, 0];
      for (const channel of channels) {
        const untold = open.filter(({ id }) => !sent.has(`${id} ${channel.name}`));
        const together = untold.length > 1 && !speakers.has(channel.name);
        const messages = together
          ? [{ message: standingMessage(untold, sender), alerts: untold }]
          : untold.map((alert) => ({ message: messageOfAlert(alert, sender), alerts: [alert] }));
        for (const { message, alerts } of messages) {
          if (await tell(channel, message, alerts)) told += 1;
          else failed += 1;
        }
      }
      if (opened + ended + told + failed === 0) return "";
      return `新 ${opened} 件，解除 ${ended} 件，发出 ${told} 条${failed === 0 ? "" : `，没有发出 ${failed} 条`}`;
    },
    digest: async () => {
      const { open, muted, all } = await context.pool.read(standing(context));
      const now = context.now().getTime();
      const ended = all.filter((one) => one.state === "ended" && one.at > now - A_DAY);
      const message = digestMessage({ day: dayText(dayOf(now)), open, muted, ended }, await senderOf());
      let told = 0;
      for (const channel of channels) told += Number(await tell(channel, message, []));
      if (channels.length === 0) return "没有设置发送的去处";
      return `${message.subject}，发出 ${told} 条${told < channels.length ? `，没有发出 ${channels.length - told} 条` : ""}`;
    },
  };
}

/** Open alerts that may be told of, those muted, and what was told already. */
function standing({ now }: Pick<ServerContext, "now">) {
  return async (
    sql: Sql,
  ): Promise<{
    readonly all: readonly Alert[];
    readonly open: readonly Alert[];
    readonly muted: readonly Alert[];
    readonly sent: ReadonlySet<string>;
    /** Channels that have told of an alert before. */
    readonly speakers: ReadonlySet<string>;
  }> => {
    const all = await listAlerts(sql);
    const mutes = await alertMutes(sql);
    const today = dayOf(now().getTime());
    const isMuted = (one: Alert): boolean => (mutes.get(alertKey(one))?.until ?? Number.NEGATIVE_INFINITY) >= today;
    const open = all.filter((one) => one.state === "open");
    const messages: readonly AlertMessage[] = await alertMessages(sql);
    const sent = messages.filter(({ outcome, alert }) => outcome === "sent" && alert !== undefined);
    return {
      all,
      open: open.filter((one) => !isMuted(one)),
      muted: open.filter(isMuted),
      sent: new Set(sent.map(({ alert, channel }) => `${alert} ${channel}`)),
      speakers: new Set(sent.map(({ channel }) => channel)),
    };
  };
}
