/** What the service counts about itself, in the text form Prometheus reads. No package: it is a few counters. */
import type { Ask, Reply } from "./route.ts";

/** Upper bounds of the duration histogram, seconds. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

export type Metrics = {
  /** One finished request: its route as declared, never its address, which could be anything. */
  readonly seen: (method: string, route: string, status: number, seconds: number) => void;
  readonly text: () => readonly string[];
};

export function requestMetrics(): Metrics {
  const counts = new Map<string, number>();
  const buckets = BOUNDS.map(() => 0);
  let total = 0;
  let seconds = 0;
  return {
    seen: (method, route, status, took) => {
      const key = `method="${method}",route="${route}",status="${status}"`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      total += 1;
      seconds += took;
      for (const [k, bound] of BOUNDS.entries()) if (took <= bound) buckets[k] = (buckets[k] ?? 0) + 1;
    },
    text: () => [
      "# HELP duibiao_http_requests_total Finished requests.",
      "# TYPE duibiao_http_requests_total counter",
      ...[...counts].map(([key, count]) => `duibiao_http_requests_total{${key}} ${count}`),
      "# HELP duibiao_http_request_duration_seconds How long requests took.",
      "# TYPE duibiao_http_request_duration_seconds histogram",
      ...BOUNDS.map((bound, k) => `duibiao_http_request_duration_seconds_bucket{le="${bound}"} ${buckets[k]}`),
      `duibiao_http_request_duration_seconds_bucket{le="+Inf"} ${total}`,
      `duibiao_http_request_duration_seconds_sum ${seconds}`,
      `duibiao_http_request_duration_seconds_count ${total}`,
    ],
  };
}

export async function metricsText({ context, facts }: Ask): Promise<Reply> {
  const lines = [
    ...context.metrics.text(),
    ...gauge("duibiao_cache_bytes", "Bytes of kept replies.", context.cache.bytes()),
    ...gauge("duibiao_connections_waiting", "Requests that wait for a connection.", context.pool.waiting()),
    ...gauge("duibiao_jobs_running", "Imports and briefings at work.", context.jobs.running().length),
    ...gauge("duibiao_last_batch", "Number of the last batch.", facts.lastBatch),
    ...gauge("duibiao_last_air_day", "Last day with station data, days since 1970-01-01.", facts.lastAirDay ?? 0),
    ...gauge("process_resident_memory_bytes", "Memory of the process.", process.memoryUsage().rss),
  ];
  return { type: "text/plain; version=0.0.4; charset=utf-8", body: `${lines.join("\n")}\n` };
}

function gauge(name: string, help: string, value: number): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${value}`];
}

/** The declared path of what answered, or `none`. */
export function routeLabel(route: { readonly path?: unknown } | undefined): string {
  return typeof route?.path === "string" ? route.path : "none";
}
