/** `sources.yaml`: where data are fetched from, how often, and what is late. Secrets are named, never written in it. */
import { parseDocument } from "yaml";
import { z } from "zod";
import { fault } from "../../src/domain/faults.ts";
import { plainOf } from "../../src/domain/yaml-plain.ts";

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, "名称只用小写字母、数字和连字符");

/** A value from the environment or a file, read when it is used and never kept. */
const secret = z.union([z.strictObject({ env: z.string() }), z.strictObject({ file: z.string() })]);

const common = {
  name,
  format: z.string(),
  /** Cron in Asia/Shanghai. */
  schedule: z.string().optional(),
  /** Without new data for this many hours it is late. */
  lateHours: z.number().positive().default(26),
  options: z.record(z.string(), z.string()).default({}),
};

const pull = z.strictObject({
  ...common,
  kind: z.literal("http"),
  /** `{date}` (2024-03-05) and `{yyyymmdd}` stand for the day asked for, `{next}` for the day after, `{page}` for the page. */
  url: z
    .url({ protocol: /^https?$/, error: "地址以 http:// 或 https:// 开头" })
    .refine((text) => !/^https?:\/\/[^/?#\\]*@/i.test(text), "地址里不写账号密码，放在 headers 里"),
  method: z.enum(["GET", "POST"]).default("GET"),
  form: z.record(z.string(), z.string()).default({}),
  headers: z.record(z.string(), z.union([z.string(), secret])).default({}),
  timeoutSeconds: z.number().positive().max(600).default(30),
  retries: z.number().int().min(0).max(10).default(4),
  mostMegabytes: z.number().positive().max(2000).default(200),
  pages: z.number().int().min(1).max(10_000).default(1),
  /** Of JSON bodies: the list whose rows are counted, and how many a full page has. A page with fewer is the last. */
  fullPage: z.strictObject({ list: z.string(), rows: z.number().int().min(1) }).optional(),
  /** Days before the last success that are asked for again, so that late data are caught. */
  overlapDays: z.number().int().min(0).max(60).default(2),
});

const folder = z.strictObject({
  ...common,
  kind: z.literal("folder"),
  path: z.string(),
  /** A file is complete when its size has not changed for this long. */
  quietSeconds: z.number().positive().max(3600).default(5),
});

const schema = z.strictObject({ sources: z.array(z.discriminatedUnion("kind", [pull, folder])) });

export type PullSource = z.infer<typeof pull>;
export type FolderSource = z.infer<typeof folder>;
export type SourceConfig = PullSource | FolderSource;

/** @throws Fault `sources.config` naming the line or key that is wrong */
export function parseSources(text: string, file: string): readonly SourceConfig[] {
  const document = parseDocument(text);
  const [problem] = document.errors;
  if (problem !== undefined) {
    const line = problem.linePos?.[0].line;
    throw fault("sources.config", { reason: problem.message.split("\n")[0] ?? "" }, { file, line });
  }
  const plain = plainOf(document);
  if ("problem" in plain) throw fault("sources.config", { reason: plain.problem }, { file });
  const read = schema.safeParse(plain.value ?? { sources: [] });
  if (!read.success) {
    const reason = read.error.issues.map((issue) => `${issue.path.join(".")}：${issue.message}`).join("；");
    throw fault("sources.config", { reason }, { file });
  }
  const { sources } = read.data;
  const twice = sources.find((one, at) => sources.findIndex((other) => other.name === one.name) !== at);
  if (twice !== undefined) throw fault("sources.config", { reason: `名称 ${twice.name} 写了两次` }, { file });
  return sources;
}
