/** Mail over SMTP. Without TLS only where the configuration says `plain`. */
import { createTransport } from "nodemailer";
import { fault } from "../../domain/faults.ts";
import { type MailConfig, secretAt } from "../service-config.ts";
import type { Channel } from "./channel.ts";

export function mailChannel(config: MailConfig, dir: string): Channel {
  const { host, port, secure, plain, user, password, from, to, timeoutSeconds } = config;
  return {
    name: "mail",
    send: async ({ id, subject, text }) => {
      const pass = password === undefined ? undefined : secretAt(password, dir);
      const timeout = timeoutSeconds * 1000;
      const transport = createTransport({
        ...{ host, port },
        secure: secure && !plain,
        ignoreTLS: plain,
        requireTLS: !plain && !secure,
        connectionTimeout: timeout,
        greetingTimeout: timeout,
        socketTimeout: timeout,
        ...(user === undefined ? {} : { auth: { user, pass: pass ?? "" } }),
      });
      try {
        // One envelope for all: they are colleagues, and one message means one message.
        await transport.sendMail({ from, to: [...to], subject, text, headers: { "X-Duibiao-Id": id } });
      } catch (error) {
        throw fault("alert.not-sent", {
          channel: "mail",
          reason: error instanceof Error ? error.message : String(error),
        });
      } finally {
        transport.close();
      }
    },
  };
}
