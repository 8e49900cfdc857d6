/** What came after `?`, read the plain way: one text a name, at most a few hundred characters. */
import { fault } from "../domain/faults.ts";
import type { Query } from "./route.ts";

const LONGEST = 500;

/** @throws Fault `query.too-long` when a value is asked for that nobody can have meant */
export function readQuery(params: URLSearchParams): Query {
  const checked = (name: string, value: string): string => {
    if (value.length > LONGEST) throw fault("query.too-long", { name, longest: LONGEST }, { parameter: name });
    return value;
  };
  return {
    get: (name) => {
      const value = params.get(name)?.trim();
      return value === undefined || value === "" ? undefined : checked(name, value);
    },
    names: () => [...params.keys()],
    all: (name) => params.getAll(name).map((value) => checked(name, value)),
  };
}

/** One of a closed list. @throws Fault `option.value` */
export function oneOf<const T extends string>(query: Query, name: string, known: readonly T[], standard: T): T {
  const given = query.get(name);
  if (given === undefined) return standard;
  const found = known.find((one) => one === given);
  if (found === undefined)
    throw fault("option.value", { option: name, given, expected: known.join(" | ") }, { parameter: name });
  return found;
}

/** A path with the given query values; undefined ones are left out. */
export function link(path: string, values: Readonly<Record<string, string | number | undefined>> = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) params.set(name, String(value));
  const text = params.toString();
  return text === "" ? path : `${path}?${text}`;
}
