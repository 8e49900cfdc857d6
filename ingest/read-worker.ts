/** The thread's side of `read-thread.ts`: one file after the other, what it reads in portions. */
import { parentPort } from "node:worker_threads";
import { Fault } from "../src/domain/faults.ts";
import { placeFinder } from "../src/domain/place-finder.ts";
import { openBody } from "./body.ts";
import type { PlaceToRegister, Sink } from "./format.ts";
import { formatNamed } from "./formats.ts";
import type { OpenJob, ReadAnswer, ReadJob, SinkCall } from "./read-thread.ts";

/** Calls in a portion: some milliseconds of the main thread's time. */
const PORTION = 500;

const say = (answer: ReadAnswer): void => parentPort?.postMessage(answer);

parentPort?.on("message", (job: ReadJob | OpenJob) => {
  void (job.kind === "open" ? open(job) : read(job)).catch((error: unknown) =>
    say(
      error instanceof Fault
        ? { fault: [error.code, error.params, error.where] }
        : { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    ),
  );
});

async function open({ bytes, name }: OpenJob): Promise<void> {
  say({ body: await openBody(bytes, name) });
}

async function read({ format, file, table, registered, firstId, now, options }: ReadJob): Promise<void> {
  const all = [...registered];
  let calls: SinkCall[] = [];
  const call = (one: SinkCall): void => {
    calls.push(one);
    if (calls.length < PORTION) return;
    say({ calls });
    calls = [];
  };
  const sink: Sink = {
    columns: (value) => call(["columns", value]),
    row: (value) => call(["row", value]),
    reject: (value) => call(["reject", value]),
    missing: (value) => call(["missing", value]),
    ignored: (value) => call(["ignored", value]),
    record: (value) => call(["record", value]),
  };
  const register = (place: PlaceToRegister): number => {
    const known = all.findIndex((one) => one.code === place.code);
    if (known >= 0) return firstId + known;
    all.push(place);
    return firstId + all.length - 1;
  };
  const context = { places: placeFinder(table), register, now: new Date(now), options };
  const refusal = formatNamed(format).read(file, sink, context);
  say({ calls });
  say({ refusal, registered: all.slice(registered.length) });
}
