/** A way out for messages. */
import type { ServiceConfig } from "../service-config.ts";
import type { Message } from "./message.ts";

export type Channel = {
  readonly name: "webhook" | "mail";
  /** @throws Fault `alert.not-sent`, `service.secret` */
  readonly send: (message: Message) => Promise<void>;
};

export type ChannelEffects = { readonly now: () => Date; readonly sleep: (ms: number) => Promise<void> };

/** Those configured; a store without any loads neither. */
export async function channelsOf(
  { alerts: { webhook, mail } }: ServiceConfig,
  dir: string,
  effects: ChannelEffects,
): Promise<readonly Channel[]> {
  const channels: Channel[] = [];
  if (webhook !== undefined) channels.push((await import("./webhook.ts")).webhookChannel(webhook, dir, effects));
  if (mail !== undefined) channels.push((await import("./mail.ts")).mailChannel(mail, dir));
  return channels;
}
