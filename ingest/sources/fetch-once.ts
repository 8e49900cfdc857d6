/**
 * One request to one host, with what the open network does to it in mind: a limit on time and size, no redirect to
 * another host, and a clear word for what went wrong.
 */

export type Request = {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly form: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly mostBytes: number;
  /** Sent as If-None-Match and If-Modified-Since. */
  readonly known?: Validators | undefined;
};

export type Validators = { readonly etag?: string | undefined; readonly modified?: string | undefined };

export type Answer =
  | { readonly kind: "body"; readonly bytes: Uint8Array; readonly validators: Validators }
  | { readonly kind: "unchanged" }
  /** `again`: worth trying again later. `absent`: the server has no such thing. */
  | { readonly kind: "failed"; readonly reason: string; readonly again: boolean; readonly absent?: boolean };

const MOST_REDIRECTS = 3;
/** Overloaded, limited or broken for now. */
const AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);

export async function fetchOnce(request: Request): Promise<Answer> {
  const deadline = AbortSignal.timeout(request.timeoutMs);
  let { url } = request;
  try {
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const response = await send(request, url, deadline);
      if (response.status === 304) return { kind: "unchanged" };
      if (response.status >= 300 && response.status < 400) {
        await response.body?.cancel();
        const next = new URL(response.headers.get("location") ?? "", url);
        if (next.host !== new URL(url).host || next.protocol !== new URL(url).protocol) {
          return { kind: "failed", reason: `转向另一个主机 ${next.host}，没有跟随`, again: false };
        }
        url = next.href;
        continue;
      }
      if (!response.ok) {
        await response.body?.cancel();
        return {
          kind: "failed",
          reason: `服务器答 ${response.status}`,
          again: AGAIN.has(response.status),
          absent: response.status === 404,
        };
      }
      return await bodyOf(response, request.mostBytes);
    }
    return { kind: "failed", reason: "转向次数过多", again: false };
  } catch (problem) {
    const timedOut = problem instanceof Error && problem.name === "TimeoutError";
    return {
      kind: "failed",
      reason: timedOut ? `超过 ${request.timeoutMs / 1000} 秒没有答完` : "连接中断",
      again: true,
    };
  }
}

function send({ method, form, headers, known }: Request, url: string, signal: AbortSignal): Promise<Response> {
  return fetch(url, {
    method,
    redirect: "manual",
    signal,
    headers: {
      ...headers,
      ...(known?.etag === undefined ? {} : { "if-none-match": known.etag }),
      ...(known?.modified === undefined ? {} : { "if-modified-since": known.modified }),
    },
    ...(method === "POST" ? { body: new URLSearchParams(form) } : {}),
  });
}

/** Reads to the end, or stops at the limit: a small compressed body may unpack without end. */
async function bodyOf(response: Response, mostBytes: number): Promise<Answer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > mostBytes) {
      return { kind: "failed", reason: `内容超过 ${Math.floor(mostBytes / 1_000_000)} MB，没有读完`, again: false };
    }
    parts.push(part as Uint8Array);
  }
  const announced = response.headers.get("content-length");
  const encoded = response.headers.get("content-encoding") !== null;
  if (announced !== null && !encoded && Number(announced) !== size) {
    return { kind: "failed", reason: `只收到 ${size} 字节，应有 ${announced}`, again: true };
  }
  const validators = {
    etag: response.headers.get("etag") ?? undefined,
    modified: response.headers.get("last-modified") ?? undefined,
  };
  return { kind: "body", bytes: Buffer.concat(parts), validators };
}
