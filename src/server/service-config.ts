/** `service.yaml` in the store's folder: where alerts go, when the digest and the backup run. Secrets are named, never written in it. */
import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { ENOUGH_TOWNSHIPS } from "../../reports/briefings/schedule/rule.ts";
import { parseCron } from "../domain/cron.ts";
import { Fault, fault, messageOf } from "../domain/faults.ts";
import { plainOf } from "../domain/yaml-plain.ts";
import { ROLES } from "./access/actor.ts";

const secret = z.union([z.strictObject({ env: z.string() }), z.strictObject({ file: z.string() })]);

export type SecretPlace = z.infer<typeof secret>;

const cron = z.string().superRefine((text, context) => {
  try {
    parseCron(text);
  } catch (error) {
    context.addIssue({ code: "custom", message: error instanceof Fault ? messageOf(error, "zh") : String(error) });
  }
});

const webhook = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  /** Key of the signature. */
  secret,
  timeoutSeconds: z.number().positive().max(120).default(10),
  retries: z.number().int().min(0).max(10).default(3),
});

const mail = z.strictObject({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535).default(465),
  /** TLS from the first byte; else STARTTLS, which is insisted on unless `plain`. */
  secure: z.boolean().default(true),
  /** Without TLS at all: only inside one's own network. */
  plain: z.boolean().default(false),
  user: z.string().optional(),
  password: secret.optional(),
  from: z.email(),
  to: z.array(z.email()).min(1).max(50),
  timeoutSeconds: z.number().positive().max(120).default(20),
});

/** Days after the span's end, and the hour in Beijing. */
const made = z.strictObject({
  day: z.number().int().min(1).max(28).default(3),
  hour: z.number().int().min(0).max(23).default(9),
});

const schema = z.strictObject({
  /** Megabytes of the database that are kept in memory; half of what the process may use unless told. */
  databaseMemoryMb: z.number().int().min(128).optional(),
  /** Who must have a second factor; everybody may. */
  secondFactor: z.strictObject({ requiredFor: z.array(z.enum(ROLES)).default([]) }).prefault({}),
  /** Which briefings are made by themselves, as drafts; none without this. */
  briefings: z
    .strictObject({
      monthly: made.optional(),
      /** TSP of half-months. */
      halfMonthly: made.optional(),
      /** Percent of the townships that must have their value before a briefing is made. */
      coverage: z.number().int().min(1).max(100).default(ENOUGH_TOWNSHIPS),
      /** On this day after the span's end it is made of what there is, marked 初步. */
      lastDay: z.number().int().min(1).max(28).default(5),
    })
    .optional(),
  alerts: z
    .strictObject({
      webhook: webhook.optional(),
      mail: mail.optional(),
      /** Beijing time. */
      digest: cron.default("0 8 * * *"),
    })
    .prefault({}),
  backup: z
    .strictObject({
      schedule: z.union([cron, z.literal("never")]).default("30 2 * * *"),
      /** Backups kept; older ones are removed. */
      keep: z.number().int().min(1).max(1000).default(7),
      /** Beside the store, or anywhere by an absolute path: another disk is better. */
      folder: z.string().default("backups"),
    })
    .prefault({}),
});

export type ServiceConfig = z.infer<typeof schema>;
export type WebhookConfig = z.infer<typeof webhook>;
export type MailConfig = z.infer<typeof mail>;

const FILE = "service.yaml";

/** @throws Fault `service.config` naming the line or key that is wrong */
export function readServiceConfig(dir: string): ServiceConfig {
  const file = join(dir, FILE);
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const document = parseDocument(text);
  const [problem] = document.errors;
  if (problem !== undefined) {
    const line = problem.linePos?.[0].line;
    throw fault("service.config", { reason: problem.message.split("\n")[0] ?? "" }, { file, line });
  }
  const plain = plainOf(document);
  if ("problem" in plain) throw fault("service.config", { reason: plain.problem }, { file });
  const read = schema.safeParse(plain.value ?? {});
  if (!read.success) {
    const reason = read.error.issues.map((issue) => `${issue.path.join(".")}：${issue.message}`).join("；");
    throw fault("service.config", { reason }, { file });
  }
  return read.data;
}

/** Reads a secret when it is used. @param dir a relative file is looked for there. @throws Fault `service.secret` */
export function secretAt(place: SecretPlace, dir: string): string {
  if ("env" in place) {
    const value = process.env[place.env];
    if (value === undefined || value === "") throw fault("service.secret", { where: `环境变量 ${place.env}` });
    return value;
  }
  try {
    const value = readFileSync(isAbsolute(place.file) ? place.file : join(dir, place.file), "utf8").trim();
    if (value !== "") return value;
  } catch {
    // Not there is as good as empty.
  }
  throw fault("service.secret", { where: `文件 ${place.file}` });
}
