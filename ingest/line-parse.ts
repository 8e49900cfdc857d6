/** One line of the line protocol: measurement, tags, fields, time, with its escapes. */

export type Line = {
  readonly measurement: string;
  readonly tags: ReadonlyMap<string, string>;
  /** Values without quotes and type letters. */
  readonly fields: ReadonlyMap<string, string>;
  /** As it stands; empty when the line has none. */
  readonly time: string;
};

/** @returns `undefined` when it is no line of the protocol */
export function parseLine(text: string): Line | undefined {
  const [head, fieldText, time = "", ...rest] = split(text, " ", true).filter((part) => part !== "");
  if (head === undefined || fieldText === undefined || rest.length > 0) return undefined;
  const [measurement, ...tagTexts] = split(head, ",", false);
  const tags = new Map<string, string>();
  for (const one of tagTexts) {
    const [key, value, more] = split(one, "=", false);
    if (key === undefined || value === undefined || value === "" || more !== undefined) return undefined;
    tags.set(plain(key), plain(value));
  }
  const fields = new Map<string, string>();
  for (const one of split(fieldText, ",", true)) {
    const [key, ...values] = split(one, "=", true);
    const value = values.join("=");
    if (key === undefined || key === "" || value === "") return undefined;
    fields.set(plain(key), fieldOf(value));
  }
  return { measurement: plain(measurement ?? ""), tags, fields, time };
}

/** Whether a line looks like the protocol: tags or not, at least one `key=value`, a time of whole digits or none. */
export function isLine(text: string): boolean {
  const line = parseLine(text.trim());
  if (line === undefined || line.measurement === "" || line.measurement.includes('"')) return false;
  const times = /^\d{10,19}$/.test(line.time) || line.time === "";
  return times && (line.tags.size > 0 || line.time !== "");
}

function fieldOf(value: string): string {
  if (value.startsWith('"')) return value.slice(1, -1).replaceAll(/\\(["\\])/g, "$1");
  return /^[+-]?\d+[iu]$/.test(value) ? value.slice(0, -1) : value;
}

const plain = (text: string): string => text.replaceAll(/\\([,= ])/g, "$1");

/** Parts between unescaped separators; inside double quotes nothing separates when `quotes`. */
function split(text: string, separator: string, quotes: boolean): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === "\\") i += 1;
    else if (char === '"' && quotes) quoted = !quoted;
    else if (char === separator && !quoted) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}
