/**
 * Decoding and reading files beside the main thread.
 *
 * Both are synchronous and take a second for a large file: a server would answer nobody meanwhile. What a format reads
 * comes over in portions, each handled in a turn of its own, so that requests get theirs between them. Small files are
 * read where they are: the way over costs more.
 */
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { type FaultCode, fault } from "../src/domain/faults.ts";
import type { PlaceTable } from "../src/domain/place.ts";
import type { RefuseReason } from "../src/domain/reject.ts";
import { BEGINNING, type Body, openBody } from "./body.ts";
import type { Format, PlaceToRegister, ReadContext, Sink, SourceFile } from "./format.ts";
import { sizeToRead } from "./readable.ts";

/** How files are opened and read; without a thread both happen at once. */
export type Readers = {
  readonly open: (bytes: Uint8Array, name: string) => Promise<Body>;
  readonly read: (
    format: Format,
    file: SourceFile,
    sink: Sink,
    context: ReadContext,
    known: KnownPlaces,
  ) => Promise<RefuseReason | undefined>;
};

/** The places as they are, and those the batch has registered so far: their ids follow on from `firstId`. */
export type KnownPlaces = {
  readonly table: PlaceTable;
  readonly registered: readonly PlaceToRegister[];
  readonly firstId: number;
};

export const READ_HERE: Readers = {
  open: openBody,
  read: async (format, file, sink, context) => format.read(file, sink, context),
};

/** One call of the sink. */
export type SinkCall = { readonly [K in keyof Sink]: readonly [K, Parameters<Sink[K]>[0]] }[keyof Sink];

export type ReadJob = Omit<KnownPlaces, "registered"> & {
  readonly kind: "read";
  readonly format: string;
  readonly file: SourceFile;
  readonly registered: readonly PlaceToRegister[];
  readonly now: number;
  readonly options: ReadContext["options"];
  /** One shared number: the portions handled so far. */
  readonly handled: Int32Array;
};

/** `beginning`: of a text no more characters come over; the rest would be sent back for reading. */
export type OpenJob = {
  readonly kind: "open";
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly beginning: number;
};

export type ReadAnswer =
  | { readonly calls: readonly SinkCall[] }
  | { readonly body: Body }
  | { readonly refusal: RefuseReason | undefined; readonly registered: readonly PlaceToRegister[] }
  | { readonly fault: readonly [FaultCode, Parameters<typeof fault>[1], Parameters<typeof fault>[2]] }
  | { readonly broken: string };

/** Bytes or characters from which the way over is worth it: some milliseconds of reading. */
const WORTH_IT = 100_000;
const LONGEST_STRETCH_MS = 8;
/** What the thread never waits for: whoever asked is gone. */
const ALL_HANDLED = 2 ** 30;

export type ReadThread = Readers & { readonly close: () => Promise<void> };

/** A thread started with the first large file and kept until closed. One file at a time: a batch reads in order. */
export function readThread(): ReadThread {
  let worker: Worker | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const thread = (): Worker => {
    worker ??= new Worker(new URL("read-worker.mjs", import.meta.url)).on("exit", () => {
      worker = undefined;
    });
    worker.unref();
    return worker;
  };
  const ask = <T>(job: ReadJob | OpenJob, take: (answer: ReadAnswer) => T | undefined): Promise<T> => {
    const next = turn.then(() => inThread(thread(), job, take));
    turn = next.catch(() => undefined);
    return next;
  };
  let rested = performance.now();
  /** Many small files are as long as a large one. */
  const rest = async (): Promise<void> => {
    if (performance.now() - rested < LONGEST_STRETCH_MS) return;
    await setImmediate();
    rested = performance.now();
  };
  return {
    open: async (bytes, name) => {
      await rest();
      return await (bytes.byteLength < WORTH_IT
        ? openBody(bytes, name)
        : ask({ kind: "open", bytes, name, beginning: BEGINNING }, (answer) =>
            "body" in answer ? answer.body : undefined,
          ));
    },
    read: async (format, file, sink, context, { table, registered, firstId }) => {
      if (sizeToRead(file) < WORTH_IT) {
        await rest();
        return format.read(file, sink, context);
      }
      const { options } = context;
      const handled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
      const tell = (portions: number): void => {
        Atomics.add(handled, 0, portions);
        Atomics.notify(handled, 0);
      };
      const job: ReadJob = {
        ...{ kind: "read", format: format.name, file, table, registered: [...registered], firstId, options },
        ...{ now: context.now.getTime(), handled },
      };
      try {
        const { refusal } = await ask(job, (answer) => {
          if ("calls" in answer) {
            for (const call of answer.calls) replay(sink, call);
            tell(1);
          }
          if (!("refusal" in answer)) return undefined;
          for (const place of answer.registered) context.register(place);
          return answer;
        });
        return refusal;
      } finally {
        tell(ALL_HANDLED);
      }
    },
    close: async () => {
      await worker?.terminate();
    },
  };
}

function replay(sink: Sink, call: SinkCall): void {
  const [name, value] = call;
  (sink[name] as (value: SinkCall[1]) => void)(value);
}

function inThread<T>(worker: Worker, job: ReadJob | OpenJob, take: (answer: ReadAnswer) => T | undefined): Promise<T> {
  worker.ref();
  return new Promise<T>((resolve, reject) => {
    const done = (end: () => void): void => {
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      worker.unref();
      end();
    };
    const onMessage = (answer: ReadAnswer): void => {
      try {
        if ("fault" in answer) throw fault(...answer.fault);
        if ("broken" in answer) throw new Error(answer.broken);
        const found = take(answer);
        if (found !== undefined) done(() => resolve(found));
      } catch (error) {
        done(() => reject(error));
      }
    };
    const onError = (error: unknown): void => done(() => reject(error));
    const onExit = (code: number): void => done(() => reject(new Error(`read thread ended with ${code}`)));
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    worker.postMessage(job);
  });
}
