/** What the reader of spreadsheets does not tell of an OpenDocument file: whether it has a password, and its hidden sheets. */
import { strFromU8, unzipSync } from "fflate";

export type OdsFacts = { readonly encrypted: boolean; readonly hidden: ReadonlySet<string> };

/** @param bytes a zip that was looked through before: it unpacks to no more than it should */
export function odsFacts(bytes: Uint8Array): OdsFacts {
  const wanted = ["content.xml", "META-INF/manifest.xml"];
  const parts = unzipSync(bytes, { filter: ({ name }) => wanted.includes(name) });
  const text = (name: string): string => strFromU8(parts[name] ?? new Uint8Array());
  if (/<manifest:encryption-data/.test(text("META-INF/manifest.xml"))) return { encrypted: true, hidden: new Set() };
  const content = text("content.xml");
  const styles = new Set<string>();
  // Cut at their beginnings, so that one that never ends is read once and not from each of its fellows.
  for (const style of content.split("<style:style ").slice(1)) {
    const head = style.slice(0, style.indexOf(">"));
    const [body = ""] = style.slice(head.length).split("</style:style>", 1);
    if (head.endsWith("/")) continue;
    const name = attribute(head, "style:name");
    if (name !== undefined && /table:display="false"/.test(body)) styles.add(name);
  }
  if (styles.size === 0) return { encrypted: false, hidden: new Set() };
  const hidden = [...content.matchAll(/<table:table ([^<>]*)>/g)].flatMap(([, head = ""]) => {
    const name = attribute(head, "table:name");
    return name !== undefined && styles.has(attribute(head, "table:style-name") ?? "") ? [name] : [];
  });
  return { encrypted: false, hidden: new Set(hidden) };
}

function attribute(head: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(head)?.[1];
  return found
    ?.replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}
