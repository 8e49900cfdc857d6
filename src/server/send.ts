/** Sending: replies as bytes, compressed once when they are kept, with an ETag of the data's version and the bytes. */
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Request, Response } from "express";
import type { Reply } from "./route.ts";

const compress = promisify(gzip);

/** Replies smaller than this gain nothing by compression. */
const WORTH_COMPRESSING = 1024;
const COMPRESSIBLE = /^(text\/|application\/(json|problem\+json)|image\/svg)/;

export type Packed = {
  readonly status: number;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly gzip: Buffer | undefined;
  readonly etag: string | undefined;
};

/** A reply as bytes. `kept`: it will be handed out again, so compressing pays. */
export async function packed(reply: Reply, kept: boolean, version: string): Promise<Packed> {
  const body = reply.body instanceof Uint8Array ? Buffer.from(reply.body) : Buffer.from(String(reply.body), "utf8");
  const status = reply.status ?? 200;
  const wanted = body.byteLength >= WORTH_COMPRESSING && COMPRESSIBLE.test(reply.type);
  return {
    status,
    type: reply.type,
    headers: reply.headers ?? {},
    body,
    gzip: kept && wanted ? await compress(body, { level: 6 }) : undefined,
    etag: kept && status === 200 ? etagOf(version, body) : undefined,
  };
}

function etagOf(version: string, body: Buffer): string {
  return `"${version}-${createHash("sha256").update(body).digest("base64url").slice(0, 16)}"`;
}

/** Sends it, as 304 when the asker holds the same bytes, and compressed when it understands that. */
export function send(request: Request, response: Response, reply: Packed): void {
  response.setHeader("content-type", reply.type);
  response.setHeader("cache-control", reply.etag === undefined ? "no-store" : "private, no-cache");
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
  if (reply.etag !== undefined) {
    response.setHeader("etag", reply.etag);
    const held = (request.headers["if-none-match"] ?? "").split(",").map((one) => one.trim().replace(/^W\//, ""));
    if (held.includes(reply.etag)) {
      response.status(304).end();
      return;
    }
  }
  response.status(reply.status);
  response.setHeader("vary", "accept, accept-encoding, cookie");
  const zipped = reply.gzip !== undefined && /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
  if (zipped) response.setHeader("content-encoding", "gzip");
  const bytes = zipped ? (reply.gzip ?? reply.body) : reply.body;
  response.setHeader("content-length", bytes.byteLength);
  if (request.method === "HEAD") response.end();
  else response.end(bytes);
}
