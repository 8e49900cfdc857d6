/** Formats as people call them; their short names are for the command line. */
import { FORMATS } from "../../../ingest/formats.ts";

/** A format of an older program keeps its short name. */
export function formatZh(name: string): string {
  if (name === "auto") return "没有认出格式";
  return name === "generic" ? "其他表，逐列核对" : (FORMATS.find((one) => one.name === name)?.zh ?? name);
}

/** Without what kinds of files it comes in. */
export function formatShort(name: string): string {
  return formatZh(name).split("（")[0] ?? name;
}
