/**
 * What differs between InfluxDB 1.x, 2.x and 3.x: paths, how the token is sent, how values are bound.
 *
 * v1 is run in the tests against a real 1.6 server. **v2 and v3 follow their documentation and were not run here.**
 */
import type { Flavour, InfluxConfig } from "../store-config.ts";

type Pairs = Readonly<Record<string, string>>;

type Dialect = {
  readonly writePath: string;
  readonly writeQuery: (config: InfluxConfig) => Pairs;
  readonly authorization: (token: string) => string;
  /** Whether `/query` takes bound parameters; else values are written into the statement, escaped. */
  readonly binds: boolean;
  /** Major versions the server may report. */
  readonly majors: readonly number[];
};

export const DIALECTS: Readonly<Record<Flavour, Dialect>> = {
  v1: {
    writePath: "/write",
    writeQuery: ({ database }) => ({ db: database, precision: "ms" }),
    authorization: (token) => `Basic ${Buffer.from(token, "utf8").toString("base64")}`,
    binds: true,
    majors: [1],
  },
  v2: {
    writePath: "/api/v2/write",
    writeQuery: ({ database, org = "" }) => ({ org, bucket: database, precision: "ms" }),
    authorization: (token) => `Token ${token}`,
    binds: false,
    majors: [2],
  },
  v3: {
    writePath: "/api/v3/write_lp",
    writeQuery: ({ database }) => ({ db: database, precision: "millisecond", accept_partial: "false" }),
    authorization: (token) => `Bearer ${token}`,
    binds: false,
    majors: [3],
  },
};

/** The oldest 1.x this was run against; older ones lack bound parameters or chunk marks. */
export const OLDEST_V1_MINOR = 6;

/** A statement with its texts: `$name` stands for a text of `texts`. */
export type Statement = { readonly text: string; readonly texts: Pairs };

/** The form fields of a query. */
export function queryForm(flavour: Flavour, { text, texts }: Statement): Pairs {
  if (DIALECTS[flavour].binds) return { q: text, params: JSON.stringify(texts) };
  return { q: text.replaceAll(/\$(\w+)/g, (whole, name: string) => quoteOr(texts[name], whole)) };
}

function quoteOr(text: string | undefined, otherwise: string): string {
  return text === undefined ? otherwise : `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
