/** The OpenAPI 3.1 document, from the schemas that validate. */
import { OpenAPIRegistry, OpenApiGeneratorV31 } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import { version } from "../version.ts";
import { FORMATS, XLSX } from "./endpoint.ts";
import { ENDPOINTS } from "./endpoints.ts";
import { problem } from "./schemas.ts";

const PROBLEMS = {
  400: "问题写得不对",
  401: "要登录或令牌无效",
  403: "没有权限",
  404: "没有",
  429: "问得太多",
  503: "数据库不可用",
} as const;

/** The whole document, ready to be printed. */
export function openApiDocument(): object {
  const registry = new OpenAPIRegistry();
  const bearer = registry.registerComponent("securitySchemes", "token", { type: "http", scheme: "bearer" });
  const { $schema: _, ...shape } = z.toJSONSchema(problem);
  const { ref } = registry.registerComponent(
    "schemas",
    "Problem",
    shape as Parameters<typeof registry.registerComponent<"schemas">>[2],
  );
  const failure = { "application/problem+json": { schema: ref } };
  for (const { method, path, zh, en, query, params, body, answer, csv, upload } of ENDPOINTS) {
    const format = csv ? { format: z.enum(FORMATS).optional().describe("也可用 Accept") } : {};
    registry.registerPath({
      method,
      path: `/api/v1${path}`,
      summary: zh,
      description: en,
      operationId: `${method}${path.replaceAll(/[/{}]+(\w)/g, (_, letter: string) => letter.toUpperCase()).replaceAll(/[/{}]/g, "")}`,
      security: [{ [bearer.name]: [] }],
      request: {
        ...(query === undefined && !csv ? {} : { query: (query ?? z.object({})).extend(format) }),
        ...(params === undefined ? {} : { params }),
        ...(body === undefined
          ? {}
          : { body: { content: upload ? asForm(body) : { "application/json": { schema: body } } } }),
      },
      responses: {
        200: {
          description: "答案",
          content: {
            "application/json": { schema: answer },
            ...(csv
              ? { "text/csv": { schema: z.string() }, [XLSX]: { schema: z.string().describe("工作簿的字节") } }
              : {}),
          },
        },
        ...Object.fromEntries(
          Object.entries(PROBLEMS).map(([status, description]) => [status, { description, content: failure }]),
        ),
      },
    });
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: "3.1.0",
    info: {
      title: "对标 duibiao",
      version: version(),
      description: "读数、统计、排名、目标、展望、依据。所有数字都能说出来处。",
    },
  });
}

function asForm(body: z.ZodObject) {
  return { "multipart/form-data": { schema: body.extend({ file: z.string().describe("文件的字节") }) } };
}
