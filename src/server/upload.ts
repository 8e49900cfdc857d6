/** Files handed in with a form. The whole request is read before anything is done with it, up to a limit. */
import type { Request } from "express";
import { fault } from "../domain/faults.ts";

const MEGABYTE = 1024 * 1024;

/** The form's fields as texts and files. @throws Fault `body.too-large`, `body.unreadable` */
export async function readUpload(request: Request, most: number): Promise<Readonly<Record<string, string | File>>> {
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data"))
    throw fault("body.unreadable", { reason: type === "" ? "没有 Content-Type" : type });
  const tooLarge = fault("body.too-large", { most: `${Math.floor(most / MEGABYTE)} MB` });
  if (Number(request.headers["content-length"] ?? 0) > most) throw tooLarge;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > most) throw tooLarge;
    chunks.push(chunk);
  }
  try {
    const form = await new Response(Buffer.concat(chunks), { headers: { "content-type": type } }).formData();
    return Object.fromEntries(form.entries());
  } catch {
    throw fault("body.unreadable", { reason: "multipart" });
  }
}
