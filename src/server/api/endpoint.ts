/**
 * An endpoint of the interface: its question as a zod schema, its answer as another. The same schemas validate what
 * comes in and make the OpenAPI document, so the two cannot differ.
 */
import { z } from "zod";
import { fault } from "../../domain/faults.ts";
import type { Action } from "../access/permission.ts";
import { csvText } from "../csv.ts";
import { type Ask, fileReply, type Query, type Reply, type Route } from "../route.ts";

export const FORMATS = ["json", "csv", "xlsx"] as const;

export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/** A sheet's name has no more characters. */
const LONGEST_SHEET = 31;

/** An answer as a table, for CSV and XLSX: a head and cells. */
export type Rows = {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number | boolean)[])[];
};

export type Endpoint = {
  readonly method: "get" | "post";
  /** `/statistics`, `/targets/{id}`; below `/api/v1`. */
  readonly path: string;
  readonly zh: string;
  readonly en: string;
  readonly needs: Action;
  readonly some?: boolean;
  readonly cached: boolean;
  readonly query: z.ZodObject | undefined;
  readonly params: z.ZodObject | undefined;
  readonly body: z.ZodObject | undefined;
  readonly answer: z.ZodType;
  readonly csv: boolean;
  /** Takes a file beside its fields, as a form. */
  readonly upload: boolean;
  readonly route: Route;
};

type Asked<Q, P, B> = { readonly query: Q; readonly params: P; readonly body: B };

const NOTHING = z.object({});

/** Declares an endpoint; the types of its question follow from the schemas. */
export function endpoint<
  Q extends z.ZodObject,
  P extends z.ZodObject,
  B extends z.ZodObject,
  A extends z.ZodType,
>(spec: {
  readonly method?: "get" | "post";
  readonly path: string;
  readonly zh: string;
  readonly en: string;
  readonly needs: Action;
  readonly some?: boolean;
  readonly cached?: boolean;
  /** Takes a file named `file`; the most bytes of the request. */
  readonly upload?: number;
  readonly query?: Q;
  readonly params?: P;
  readonly body?: B;
  readonly answer: A;
  readonly ask: (ask: Ask, asked: Asked<z.infer<Q>, z.infer<P>, z.infer<B>>) => Promise<z.input<A>>;
  /** The answer as a table, for CSV and XLSX; without it there is JSON only. */
  readonly csv?: (answer: z.input<A>) => Rows;
}): Endpoint {
  const { method = "get", path, needs, some, cached = method === "get", query, params, body, csv } = spec;
  const handle = async (ask: Ask): Promise<Reply> => {
    const asked = {
      query: parsed(query ?? NOTHING, queryObject(ask.query, query)) as z.infer<Q>,
      params: parsed(params ?? NOTHING, ask.params) as z.infer<P>,
      body: parsed(body ?? NOTHING, ask.body) as z.infer<B>,
    };
    const format = formatOf(ask, csv !== undefined);
    const answer = await spec.ask(ask, asked);
    const headers = ask.facts.simulated ? { "x-duibiao-simulated": "yes" } : {};
    if (format !== "json" && csv !== undefined) {
      const { head, rows } = csv(answer);
      const marked = ask.facts.simulated ? [...head, "模拟数据"] : head;
      if (format === "csv") return { type: "text/csv; charset=utf-8", body: csvText(marked, rows), headers };
      const { workbookBytes } = await import("../../../reports/workbooks/xlsx-write.ts");
      const cells = rows.map((row) => row.map((cell) => (typeof cell === "boolean" ? (cell ? "是" : "") : cell)));
      const name = (spec.zh.split("：")[0] ?? "").slice(0, LONGEST_SHEET);
      const file = fileReply(
        XLSX,
        await workbookBytes([{ name, header: marked, rows: cells }], ask.now),
        `${name}.xlsx`,
      );
      return { ...file, headers: { ...file.headers, ...headers } };
    }
    return { type: "application/json; charset=utf-8", body: JSON.stringify(answer), headers };
  };
  const route: Route = {
    method,
    path: `/api/v1${path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
    needs,
    ...(some === undefined ? {} : { some }),
    cached,
    ...(spec.upload === undefined ? {} : { upload: spec.upload }),
    handle,
  };
  return {
    method,
    path,
    zh: spec.zh,
    en: spec.en,
    needs,
    cached,
    query,
    params,
    body,
    answer: spec.answer,
    csv: csv !== undefined,
    upload: spec.upload !== undefined,
    route,
    ...(some === undefined ? {} : { some }),
  };
}

/** Only the names the schema knows; a name that may be repeated is a list. @throws Fault `option.unknown` for others */
function queryObject(query: Query, schema: z.ZodObject | undefined): Record<string, unknown> {
  const shape = schema?.shape ?? {};
  const known = new Set([...Object.keys(shape), "format"]);
  for (const name of query.names()) {
    if (!known.has(name))
      throw fault("option.value", { option: name, given: name, expected: [...known].join(" ") }, { parameter: name });
  }
  const values: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(shape)) {
    const list = query.all(name);
    if (isList(one)) {
      if (list.length > 0) values[name] = list;
    } else if (query.get(name) !== undefined) values[name] = query.get(name);
  }
  return values;
}

function isList(schema: unknown): boolean {
  return (
    schema instanceof z.ZodArray ||
    (schema instanceof z.ZodOptional && isList(schema.unwrap())) ||
    (schema instanceof z.ZodDefault && isList(schema.unwrap()))
  );
}

/** @throws Fault `option.value` naming the first field that does not fit */
function parsed(schema: z.ZodType, value: unknown): unknown {
  const found = schema.safeParse(value);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  const name = issue?.path.join(".") ?? "";
  const given =
    issue === undefined
      ? undefined
      : issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
  throw fault("option.value", { option: name, given: shown(given), expected: issue?.message }, { parameter: name });
}

/** What was given, for people: a list or an object is named only, since a nested one may be deeper than any stack. */
function shown(given: unknown): string {
  if (given === undefined) return "（没有）";
  return typeof given === "object" && given !== null ? "（列表或对象）" : String(given).slice(0, 100);
}

/** By `format`, else by Accept. @throws Fault `option.value` */
function formatOf({ query, request }: Ask, csv: boolean): (typeof FORMATS)[number] {
  const known = csv ? FORMATS : (["json"] as const);
  const given = query.get("format");
  if (given !== undefined) {
    const found = known.find((one) => one === given);
    if (found === undefined)
      throw fault("option.value", { option: "format", given, expected: known.join(" | ") }, { parameter: "format" });
    return found;
  }
  const accept = request.headers.accept ?? "";
  if (!csv || /application\/json/.test(accept)) return "json";
  return accept.includes(XLSX) ? "xlsx" : /\btext\/csv\b/.test(accept) ? "csv" : "json";
}
