/**
 * Faults at the edge of the server: the same three things (what, where, what to do) as a page or as problem+json
 * (RFC 9457), with the status that fits. What nobody expected is shown by its id only.
 */
import { Fault, type FaultCode, fault, hintOf, messageOf, placeOf } from "../domain/faults.ts";

/** Statuses of codes that are not plainly a bad question (400). */
const STATUS: Readonly<Partial<Record<FaultCode, number>>> = {
  "access.code": 401,
  "access.denied": 403,
  "access.foreign-form": 403,
  "access.login-failed": 401,
  "access.login-needed": 401,
  "access.rate": 429,
  "access.reset": 403,
  "access.setup": 403,
  "access.throttled": 429,
  "access.token": 401,
  "alert.unknown": 404,
  "batch.unknown": 404,
  "briefing.draft-gone": 404,
  "briefing.overtaken": 409,
  "body.too-large": 413,
  "body.unreadable": 400,
  "job.unknown": 404,
  "method.not-allowed": 405,
  "page.unknown": 404,
  "place.unknown": 404,
  "plan.unknown": 404,
  "schedule.running": 409,
  "schedule.unknown": 404,
  "server.internal": 500,
  "simulated.read-only": 403,
  "tally.changed-meanwhile": 409,
};

/** The HTTP status of a fault. */
export function statusOf({ code }: Fault): number {
  return STATUS[code] ?? (code.startsWith("store.") ? 503 : 400);
}

/** Any error as a fault: an unexpected one becomes `server.internal` with an id, and is told to `log`. */
export function asFault(error: unknown, log: (id: string, error: unknown) => void, id: string): Fault {
  if (error instanceof Fault) return error;
  const type = (error as { type?: unknown } | undefined)?.type;
  if (type === "entity.too.large") return fault("body.too-large", { most: "100 KB" });
  if (typeof type === "string" && /^(entity|encoding|charset|request|parameters)\./.test(type))
    return fault("body.unreadable", { reason: type });
  if (error instanceof URIError) return fault("page.unknown", { given: "（地址编码有误）" });
  log(id, error);
  return fault("server.internal", { id });
}

/** problem+json, in both languages. */
export function problemJson(problem: Fault): Readonly<Record<string, unknown>> {
  const where = placeOf(problem, "zh");
  return {
    type: `urn:duibiao:fault:${problem.code}`,
    status: statusOf(problem),
    code: problem.code,
    title: messageOf(problem, "zh"),
    detail: hintOf(problem, "zh"),
    titleEn: messageOf(problem, "en"),
    detailEn: hintOf(problem, "en"),
    ...(where === "" ? {} : { where: problem.where, whereZh: where }),
  };
}
