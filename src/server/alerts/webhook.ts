/**
 * A signed webhook. The signature covers the time and the body, so that an old message cannot be sent again unseen:
 * `X-Duibiao-Signature: sha256=HMAC-SHA256(secret, "<X-Duibiao-Time>.<body>")` in hex, the time in seconds.
 */
import { createHmac } from "node:crypto";
import { fault } from "../../domain/faults.ts";
import { secretAt, type WebhookConfig } from "../service-config.ts";
import type { Channel, ChannelEffects } from "./channel.ts";

const FIRST_WAIT_MS = 1000;
const TOO_MANY = 429;
const SERVER_ERROR = 500;

export function signatureOf(secret: string, time: string, body: string): string {
  return `sha256=${createHmac("sha256", secret).update(`${time}.${body}`).digest("hex")}`;
}

export function webhookChannel(config: WebhookConfig, dir: string, { now, sleep }: ChannelEffects): Channel {
  const { url, secret, timeoutSeconds, retries } = config;
  return {
    name: "webhook",
    send: async ({ id, subject, text, body }) => {
      const key = secretAt(secret, dir);
      const content = JSON.stringify({ id, subject, text, ...body });
      for (let attempt = 0; ; attempt++) {
        const time = String(Math.floor(now().getTime() / 1000));
        const answer = await fetch(url, {
          method: "POST",
          redirect: "error",
          signal: AbortSignal.timeout(timeoutSeconds * 1000),
          headers: {
            "content-type": "application/json; charset=utf-8",
            "x-duibiao-id": id,
            "x-duibiao-time": time,
            "x-duibiao-signature": signatureOf(key, time, content),
          },
          body: content,
        }).then(
          async (response) => {
            await response.body?.cancel();
            return response.status;
          },
          (error: unknown) => (error instanceof Error ? error.message : String(error)),
        );
        if (typeof answer === "number" && answer >= 200 && answer < 300) return;
        // What the other side refuses for good is not asked again.
        const again = typeof answer === "string" || answer === TOO_MANY || answer >= SERVER_ERROR;
        if (!again || attempt >= retries)
          throw fault("alert.not-sent", {
            channel: "webhook",
            reason: typeof answer === "number" ? `HTTP ${answer}` : answer,
          });
        await sleep(FIRST_WAIT_MS * 2 ** attempt);
      }
    },
  };
}
