/**
 * Writes the typed client of the interface, `clients/duibiao.ts`, from the OpenAPI document: one method an operation,
 * with the types of its question and its answer. One file without dependencies, to be copied into a program.
 *
 * `tsx scripts/docs-client.ts` writes; with `--check` nothing is written and the exit code is 1 when the file is older
 * than the code.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { openApiDocument } from "../src/server/api/openapi.ts";

type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
};

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: "query" | "path";
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content: Content }>>;
};

type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

const FILE = fileURLToPath(new URL("../clients/duibiao.ts", import.meta.url));

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.split("/").at(-1) ?? "unknown";
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  const some = schema.anyOf ?? schema.oneOf;
  if (some !== undefined) return some.map(typeOf).join(" | ");
  if (Array.isArray(schema.type)) return schema.type.map((type: string) => typeOf({ ...schema, type })).join(" | ");
  switch (schema.type) {
    case "string":
    case "boolean":
    case "null":
      return schema.type;
    case "number":
    case "integer":
      return "number";
    case "array":
      return `readonly (${typeOf(schema.items ?? {})})[]`;
    case "object":
      return objectOf(schema);
    default:
      return "unknown";
  }
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(
    ([name, one]) => `readonly ${JSON.stringify(name)}${required.includes(name) ? "" : "?"}: ${typeOf(one)};`,
  );
  // Keys that are not promised are there to be looked at, not counted on.
  const rest =
    additionalProperties === undefined || additionalProperties === false
      ? ""
      : `readonly [key: string]: ${fields.length === 0 && typeof additionalProperties === "object" ? typeOf(additionalProperties) : "unknown"};`;
  return `{ ${[...fields, rest].filter((one) => one !== "").join(" ")} }`;
}

function methodOf(path: string, verb: string, operation: Operation): string {
  const { operationId, summary, parameters = [], requestBody, responses } = operation;
  // The client reads JSON; tables are for people.
  const asked = parameters.filter((one) => one.name !== "format");
  const json = requestBody?.content["application/json"]?.schema;
  const form = requestBody?.content["multipart/form-data"]?.schema;
  const question = asked.map(
    (one) => `readonly ${one.name}${one.required === true ? "" : "?"}: ${typeOf(one.schema)};`,
  );
  const body = json === undefined ? (form === undefined ? [] : ["body: FormData"]) : [`body: ${typeOf(json)}`];
  const needed = asked.some((one) => one.required === true);
  const args = [
    ...(question.length === 0 ? [] : [`asked: { ${question.join(" ")} }${needed || body.length > 0 ? "" : " = {}"}`]),
    ...body,
  ];
  const answer = typeOf(responses["200"]?.content["application/json"]?.schema ?? {});
  const inPath = asked.filter((one) => one.in === "path").map((one) => one.name);
  const call = [
    JSON.stringify(verb.toUpperCase()),
    JSON.stringify(path),
    question.length === 0 ? "{}" : "asked",
    JSON.stringify(inPath),
    ...(body.length === 0 ? [] : ["body"]),
  ].join(", ");
  return `    /** ${summary} */\n    ${operationId}: (${args.join(", ")}) => ask<${answer}>(${call}),`;
}

function clientOf({ paths, components }: Document): string {
  const schemas = Object.entries(components.schemas).map(([name, one]) => `export type ${name} = ${typeOf(one)};`);
  const methods = Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => methodOf(path, verb, operation)),
  );
  return `/**
 * The typed client of duibiao's interface. Made from docs/openapi.json by scripts/docs-client.ts: do not edit.
 *
 * @example
 * const duibiao = duibiaoClient({ url: "http://127.0.0.1:8420", token: "dbt_…" });
 * const { rows } = await duibiao.getRanks({ indicator: "tsp", period: "2024-09" });
 */

${schemas.join("\n\n")}

/** What the server refused: \`problem\` says what, where and what to do, in both languages. */
export class DuibiaoError extends Error {
  readonly status: number;
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(problem === undefined ? \`HTTP \${status}\` : \`\${problem.title} [\${problem.code}]\`);
    this.status = status;
    this.problem = problem;
  }
}

export type ClientOptions = {
  readonly url: string;
  /** A token of the interface; none for an open simulated city. */
  readonly token?: string;
  readonly fetch?: typeof fetch;
};

type Asked = Readonly<Record<string, unknown>>;

export function duibiaoClient({ url, token, fetch: get = fetch }: ClientOptions) {
  async function ask<A>(method: string, path: string, asked: Asked, inPath: readonly string[], body?: unknown): Promise<A> {
    const filled = inPath.reduce((text, name) => text.replace(\`{\${name}}\`, encodeURIComponent(String(asked[name]))), path);
    const target = new URL(filled, url);
    for (const [name, value] of Object.entries(asked)) {
      if (value === undefined || inPath.includes(name)) continue;
      for (const one of Array.isArray(value) ? value : [value]) target.searchParams.append(name, String(one));
    }
    const form = body instanceof FormData;
    const response = await get(target, {
      method,
      headers: {
        accept: "application/json",
        ...(token === undefined ? {} : { authorization: \`Bearer \${token}\` }),
        ...(body === undefined || form ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
    const known = (response.headers.get("content-type") ?? "").includes("json");
    const answer: unknown = known ? await response.json() : undefined;
    if (!response.ok) throw new DuibiaoError(response.status, answer as Problem | undefined);
    return answer as A;
  }

  return {
${methods.join("\n")}
  };
}
`;
}

const text = clientOf(openApiDocument() as Document);
if (!process.argv.includes("--check")) await writeFile(FILE, text);
else if ((await readFile(FILE, "utf8").catch(() => "")) !== text) {
  console.error("clients/duibiao.ts is older than the code: run tsx scripts/docs-client.ts");
  process.exitCode = 1;
}
