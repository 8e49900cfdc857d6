/**
 * Reading a chunked JSON answer of `/query`: one JSON document a line, each checked for an error, the last one for
 * being the last. InfluxDB reports errors under status 200, also after thousands of good rows.
 */
import { type Fault, fault } from "../../domain/faults.ts";
import type { InfluxConfig } from "../store-config.ts";
import { meant } from "./refusal.ts";

/** A cell: whole numbers beyond 2⁵³ come as text, so that no digit is lost. */
export type Cell = string | number | boolean | null;

export type Series = {
  readonly statement: number;
  readonly columns: readonly string[];
  readonly values: readonly (readonly Cell[])[];
};

type Document = {
  readonly error?: string;
  readonly results?: readonly {
    readonly statement_id?: number;
    readonly error?: string;
    readonly partial?: boolean;
    readonly series?: readonly {
      readonly columns: readonly string[];
      readonly values?: readonly (readonly Cell[])[];
      readonly partial?: boolean;
    }[];
  }[];
};

const NEWLINE = 10;

/** The series of an answer, chunk by chunk. @throws Fault `store.influx-answer` and what an error text means */
export async function* seriesOf(bytes: AsyncIterable<Uint8Array>, config: InfluxConfig): AsyncIterable<Series> {
  let more = false;
  let documents = 0;
  for await (const line of linesOf(bytes)) {
    const document = parse(line, config);
    documents += 1;
    if (document.error !== undefined) throw errorOf(document.error, config);
    for (const result of document.results ?? []) {
      if (result.error !== undefined) throw errorOf(result.error, config);
      const series = result.series ?? [];
      more = result.partial === true || series.at(-1)?.partial === true;
      for (const { columns, values = [] } of series) {
        yield { statement: result.statement_id ?? 0, columns, values };
      }
    }
  }
  if (documents === 0) throw short("应答是空的", config);
  if (more) throw short("应答没有到结尾", config);
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  let held: Uint8Array[] = [];
  const take = (): string => {
    const text = Buffer.concat(held).toString("utf8");
    held = [];
    return text;
  };
  for await (const part of bytes) {
    let from = 0;
    for (let to = part.indexOf(NEWLINE); to >= 0; to = part.indexOf(NEWLINE, from)) {
      held.push(part.subarray(from, to));
      from = to + 1;
      const line = take();
      if (line.trim() !== "") yield line;
    }
    if (from < part.length) held.push(part.subarray(from));
  }
  const last = take();
  if (last.trim() !== "") yield last;
}

/** Numbers of 16 and more digits as an array's element; JSON.parse would round them. */
const LONG = /([[,])(-?\d{16,})(?=[\],])/g;

function parse(line: string, config: InfluxConfig): Document {
  try {
    return JSON.parse(/\d{16}/.test(line) ? line.replace(LONG, '$1"$2"') : line) as Document;
  } catch {
    throw short(`应答不是完整的 JSON（${line.length} 个字符）`, config);
  }
}

function errorOf(words: string, config: InfluxConfig): Fault {
  return meant(words, config) ?? short(words, config);
}

export function short(reason: string, { url }: InfluxConfig): Fault {
  return fault("store.influx-answer", { url, reason }, { parameter: "store.yaml readings" });
}
