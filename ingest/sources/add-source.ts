/** One more source in a `sources.yaml`, whose other lines and comments stay as they are. */
import { parseDocument } from "yaml";
import { formatNamed } from "../formats.ts";
import { type FolderSource, parseSources, type SourceConfig } from "./config.ts";

/**
 * @param text the file as it is; empty where there is none
 * @returns the file with the source at its end, and the source as it will be read
 * @throws Fault `sources.config` for a file that is wrong, or a name that is taken or no name, `format.unknown`
 */
export function withSource(
  text: string,
  source: Pick<FolderSource, "name" | "format" | "path" | "options"> & { readonly schedule: string | undefined },
  file: string,
): { readonly text: string; readonly source: SourceConfig } {
  formatNamed(source.format);
  parseSources(text, file);
  const document = parseDocument(text);
  const { name, format, path, options, schedule } = source;
  const given = {
    name,
    kind: "folder",
    format,
    path,
    ...(schedule === undefined ? {} : { schedule }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
  if (document.get("sources") == null) document.set("sources", document.createNode([given]));
  else document.addIn(["sources"], document.createNode(given));
  const changed = document.toString();
  const added = parseSources(changed, file).find((one) => one.name === name);
  if (added === undefined) throw new RangeError("the source was not added");
  return { text: changed, source: added };
}
