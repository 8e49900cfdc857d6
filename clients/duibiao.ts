/**
 * The typed client of duibiao's interface. Made from docs/openapi.json by scripts/docs-client.ts: do not edit.
 *
 * @example
 * const duibiao = duibiaoClient({ url: "http://127.0.0.1:8420", token: "dbt_…" });
 * const { rows } = await duibiao.getRanks({ indicator: "tsp", period: "2024-09" });
 */

export type Problem = { readonly "type": string; readonly "status": number; readonly "code": string; readonly "title": string; readonly "detail": string; readonly "titleEn": string; readonly "detailEn": string; readonly "where"?: { readonly [key: string]: unknown; }; readonly "whereZh"?: string; };

/** What the server refused: `problem` says what, where and what to do, in both languages. */
export class DuibiaoError extends Error {
  readonly status: number;
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(problem === undefined ? `HTTP ${status}` : `${problem.title} [${problem.code}]`);
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
    const filled = inPath.reduce((text, name) => text.replace(`{${name}}`, encodeURIComponent(String(asked[name]))), path);
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
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
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
    /** 地点：市、区、街乡、站点、断面、道路、噪声点 */
    getPlaces: (asked: { readonly kind?: "city" | "district" | "township" | "zone" | "station" | "road" | "section" | "noise_point"; readonly q?: string; readonly page?: number; readonly size?: number; } = {}) => ask<{ readonly "page": number; readonly "size": number; readonly "total": number; readonly "items": readonly ({ readonly "code": string; readonly "kind": string; readonly "name": string; readonly "parent": string | null; readonly "timeZone": string; readonly "attributes": { readonly [key: string]: string; }; })[]; }>("GET", "/api/v1/places", asked, []),
    /** 指标：测的和算的 */
    getIndicators: () => ask<readonly ({ readonly "code": string; readonly "zh": string; readonly "unit": string; readonly "kind": string; })[]>("GET", "/api/v1/indicators", {}, []),
    /** 方法页的目录 */
    getMethods: () => ask<readonly ({ readonly "indicator": string; readonly "also": readonly (string)[]; readonly "zh": string; readonly "en": string; })[]>("GET", "/api/v1/methods", {}, []),
    /** 一个指标的方法：定义、公式、表、有效性、修约、版本、口径 */
    getMethodsIndicator: (asked: { readonly indicator: string; }) => ask<{ readonly "indicator": string; readonly [key: string]: unknown; }>("GET", "/api/v1/methods/{indicator}", asked, ["indicator"]),
    /** 读数：一个指标、一个地点、一个时段内的原始值 */
    getReadings: (asked: { readonly indicator: string; readonly place: string; readonly period: string; readonly page?: number; readonly size?: number; }) => ask<{ readonly "page": number; readonly "size": number; readonly "total": number; readonly "items": readonly ({ readonly "place": string; readonly "code": string; readonly "start": string; readonly "span": string; readonly "value": number; readonly "flag": number; readonly "batch": number; })[]; }>("GET", "/api/v1/readings", asked, []),
    /** 统计值：一个指标、一个时段、一个或几个地点，附依据 */
    getStatistics: (asked: { readonly indicator: string; readonly period: string; readonly place: readonly (string)[]; readonly statistic?: "mean" | "p90" | "p95" | "p98" | "max1h" | "mda8" | "count" | "ratio" | "mean_dust_excluded" | "p90_dust_excluded" | "p95_dust_excluded" | "p98_dust_excluded" | "count_dust_excluded"; readonly edition?: "2012" | "2026"; readonly policy?: readonly (string)[]; readonly asOf?: string; }) => ask<readonly ({ readonly "indicator": string; readonly "statistic": string; readonly "place": string; readonly "code": string; readonly "period": string; readonly "value": number | null; readonly "rounded": number | null; readonly "unit": string; readonly "valid": boolean; readonly "reason"?: string; readonly "n": number; readonly "expected": number; readonly "edition": string; readonly "policies": { readonly [key: string]: string; }; readonly "basis": { readonly [key: string]: unknown; }; readonly [key: string]: unknown; })[]>("GET", "/api/v1/statistics", asked, []),
    /** 排名：先修约，并列同名次，缺数据的另列 */
    getRanks: (asked: { readonly indicator: string; readonly period: string; readonly statistic?: "mean" | "p90" | "p95" | "p98" | "max1h" | "mda8" | "count" | "ratio" | "mean_dust_excluded" | "p90_dust_excluded" | "p95_dust_excluded" | "p98_dust_excluded" | "count_dust_excluded"; readonly edition?: "2012" | "2026"; readonly policy?: readonly (string)[]; readonly among?: string; readonly kind?: "township" | "station" | "road" | "section" | "district"; readonly order?: "worst" | "best"; readonly worst?: number; readonly asOf?: string; }) => ask<{ readonly "indicator": string; readonly "statistic": string; readonly "period": string; readonly "order": string; readonly "n": number; readonly "rows": readonly ({ readonly "rank": number; readonly "fromWorst": number; readonly "fromBest": number; readonly "place": string; readonly "code": string; readonly "value": number | null; readonly "rounded": number | null; readonly "tied": boolean; readonly "validDays": number; readonly [key: string]: unknown; })[]; readonly "missing": readonly ({ readonly "place": string; readonly "code": string; readonly "reason": string; readonly "validDays": number; readonly [key: string]: unknown; })[]; readonly [key: string]: unknown; }>("GET", "/api/v1/ranks", asked, []),
    /** 解释一个数：应有、实有、有效、剔除与原因、修约、批次和文件 */
    getExplain: (asked: { readonly indicator: string; readonly place: string; readonly period: string; readonly statistic?: "mean" | "p90" | "p95" | "p98" | "max1h" | "mda8" | "count" | "ratio" | "mean_dust_excluded" | "p90_dust_excluded" | "p95_dust_excluded" | "p98_dust_excluded" | "count_dust_excluded"; readonly edition?: "2012" | "2026"; readonly policy?: readonly (string)[]; }) => ask<{ readonly "answer": { readonly [key: string]: unknown; }; readonly "steps": readonly (string)[]; readonly [key: string]: unknown; }>("GET", "/api/v1/explain", asked, []),
    /** 目标和达标状态 */
    getTargets: (asked: { readonly plan?: string; readonly at?: string; readonly area?: "air" | "water" | "soil" | "climate" | "ecology" | "noise"; readonly unit?: string; readonly standing?: "attention" | "met" | "missed" | "on_track" | "at_risk" | "cannot_judge" | "not_due"; } = {}) => ask<readonly ({ readonly "id": string; readonly "plan": string; readonly "item": string; readonly "metric": string; readonly "comparator": string; readonly "target": number | null; readonly "unit": string; readonly "value": number | null; readonly "standing": "met" | "missed" | "on_track" | "at_risk" | "cannot_judge" | "not_due"; readonly "trial": boolean; readonly "deadline": string | null; readonly "lead": readonly (string)[]; readonly "support": readonly (string)[]; readonly "firmness": string; readonly "decidedBy": string; readonly [key: string]: unknown; })[]>("GET", "/api/v1/targets", asked, []),
    /** 一个目标的达标状态 */
    getTargetsId: (asked: { readonly id: string; readonly at?: string; }) => ask<{ readonly "id": string; readonly "plan": string; readonly "item": string; readonly "metric": string; readonly "comparator": string; readonly "target": number | null; readonly "unit": string; readonly "value": number | null; readonly "standing": "met" | "missed" | "on_track" | "at_risk" | "cannot_judge" | "not_due"; readonly "trial": boolean; readonly "deadline": string | null; readonly "lead": readonly (string)[]; readonly "support": readonly (string)[]; readonly "firmness": string; readonly "decidedBy": string; readonly [key: string]: unknown; }>("GET", "/api/v1/targets/{id}", asked, ["id"]),
    /** 达标状态合计：按计划 */
    getStandings: (asked: { readonly plan?: string; readonly at?: string; } = {}) => ask<{ readonly "year": number; readonly "at": string; readonly "counts": { readonly [key: string]: number; }; }>("GET", "/api/v1/standings", asked, []),
    /** 展望：到期末还须怎样 */
    getOutlookId: (asked: { readonly id: string; readonly at?: string; }) => ask<{ readonly "id": string; readonly "at": string; readonly [key: string]: unknown; }>("GET", "/api/v1/outlook/{id}", asked, ["id"]),
    /** 填报的进展；只给本人能看的 */
    getTallies: (asked: { readonly target?: string; readonly history?: "yes" | "no"; readonly page?: number; readonly size?: number; } = {}) => ask<{ readonly "page": number; readonly "size": number; readonly "total": number; readonly "items": readonly ({ readonly "id": number; readonly "target": string; readonly "part": string; readonly "date": string; readonly "kind": string; readonly "value": number; readonly "unit": string; readonly "numerator": number | null; readonly "denominator": number | null; readonly "reporter": string; readonly "department": string; readonly "note": string; readonly "current": boolean; })[]; }>("GET", "/api/v1/tallies", asked, []),
    /** 填报一个进展数；同一目标、分项和日期再填一次即为更正 */
    postTallies: (body: { readonly "target": string; readonly "part"?: string; readonly "date": string; readonly "value"?: string; readonly "numerator"?: string; readonly "denominator"?: string; readonly "base"?: string; readonly "unit": string; readonly "reporter": string; readonly "note"?: string; readonly "seen"?: number; }) => ask<{ readonly "target": string; readonly "part": string; readonly "date": string; readonly "value": number; }>("POST", "/api/v1/tallies", {}, [], body),
    /** 批次，新的在前 */
    getBatches: (asked: { readonly page?: number; readonly size?: number; } = {}) => ask<{ readonly "page": number; readonly "size": number; readonly "total": number; readonly "items": readonly ({ readonly "id": number; readonly "at": string; readonly "kind": string; readonly "undoes": number | null; readonly "undoneBy": number | null; readonly "format": string; readonly "unit": string; readonly "inputDigest": string; readonly "read": number; readonly "inserted": number; readonly "corrected": number; readonly "unchanged": number; readonly "outranked": number; readonly "rejected": number; readonly "missing": number; readonly "ignored": number; })[]; }>("GET", "/api/v1/batches", asked, []),
    /** 导入一个文件；dryRun=yes 只演算 */
    postBatches: (body: FormData) => ask<readonly ({ readonly "id": number | null; readonly "format": string; readonly "unit": string; readonly "read": number; readonly "inserted": number; readonly "corrected": number; readonly "unchanged": number; readonly "outranked": number; readonly "rejected": number; readonly "missing": number; readonly "ignored": number; readonly "rejects": readonly ({ readonly "reason": string; readonly "count": number; })[]; readonly "files": readonly ({ readonly "name": string; readonly "outcome": string; readonly "reason": string | null; })[]; readonly "registered": readonly (string)[]; readonly "warnings": readonly (string)[]; readonly "minutes": { readonly "touched": number; readonly "short": number; } | null; })[]>("POST", "/api/v1/batches", {}, [], body),
    /** 一个批次和它的文件 */
    getBatchesId: (asked: { readonly id: number; }) => ask<{ readonly "id": number; readonly "at": string; readonly "kind": string; readonly "undoes": number | null; readonly "undoneBy": number | null; readonly "format": string; readonly "unit": string; readonly "inputDigest": string; readonly "read": number; readonly "inserted": number; readonly "corrected": number; readonly "unchanged": number; readonly "outranked": number; readonly "rejected": number; readonly "missing": number; readonly "ignored": number; readonly "mends": number | null; readonly "mendedBy": readonly (number)[]; readonly "files": readonly ({ readonly "name": string; readonly "sha256": string; readonly "outcome": string; readonly "reason": string | null; readonly "read": number; readonly "rejected": number; })[]; }>("GET", "/api/v1/batches/{id}", asked, ["id"]),
    /** 交回改好的拒收行，记为与原批次相连的新批次 */
    postBatchesIdResubmit: (asked: { readonly id: number; }, body: FormData) => ask<{ readonly "id": number | null; readonly "format": string; readonly "unit": string; readonly "read": number; readonly "inserted": number; readonly "corrected": number; readonly "unchanged": number; readonly "outranked": number; readonly "rejected": number; readonly "missing": number; readonly "ignored": number; readonly "rejects": readonly ({ readonly "reason": string; readonly "count": number; })[]; readonly "files": readonly ({ readonly "name": string; readonly "outcome": string; readonly "reason": string | null; })[]; readonly "registered": readonly (string)[]; readonly "warnings": readonly (string)[]; readonly "minutes": { readonly "touched": number; readonly "short": number; } | null; }>("POST", "/api/v1/batches/{id}/resubmit", asked, ["id"], body),
    /** 两个批次之间改了哪些读数 */
    getChanges: (asked: { readonly from?: number | null; readonly to?: number | null; readonly page?: number; readonly size?: number; } = {}) => ask<{ readonly "page": number; readonly "size": number; readonly "items": readonly ({ readonly "place": string; readonly "code": string; readonly "indicator": string; readonly "start": string; readonly "before": number; readonly "after": number | null; readonly "batch": number; })[]; }>("GET", "/api/v1/changes", asked, []),
    /** 简报：公布的（冻结，含各版）和文件夹里未公布的 */
    getBriefings: () => ask<readonly ({ readonly "name": string; readonly "state": "published" | "unpublished"; readonly "kind"?: "district" | "township"; readonly "place"?: string; readonly "period"?: string; readonly "version"?: number; readonly "at": string; readonly "sha256": string; readonly "href": string; })[]>("GET", "/api/v1/briefings", {}, []),
  };
}
