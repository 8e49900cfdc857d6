/** The thread's side of `read-thread.ts`: one file after the other, what it reads in portions. */
import { parentPort } from "node:worker_threads";
import { Fault } from "../src/domain/faults.ts";
import { placeFinder } from "../src/domain/place-finder.ts";
import { openBody } from "./body.ts";
import { wholeFile } from "./coded-text.ts";
import type { PlaceToRegister, Sink } from "./format.ts";
import { formatNamed } from "./formats.ts";
import type { OpenJob, ReadAnswer, ReadJob, SinkCall } from "./read-thread.ts";

/** Calls in a portion: a few milliseconds of the main thread's time. */
const PORTION = 250;
/** Portions under way while the main thread has not handled them: one to handle and one at hand. */
const MOST_AHEAD = 2;

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

async function open({ bytes, name, beginning }: OpenJob): Promise<void> {
  const body = await openBody(bytes, name);
  const cut = body.kind === "text" && body.text.length > beginning;
  say({ body: cut ? { ...body, text: body.text.slice(0, beginning), cut } : body });
}

async function read({ format, file, table, registered, firstId, now, options, handled }: ReadJob): Promise<void> {
  const all = [...registered];
  let calls: SinkCall[] = [];
  let portions = 0;
  const call = (one: SinkCall): void => {
    calls.push(one);
    if (calls.length < PORTION) return;
    waitWhile(handled, (done) => portions - done >= MOST_AHEAD);
    say({ calls });
    portions += 1;
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
  const refusal = formatNamed(format).read(wholeFile(file), sink, context);
  say({ calls });
  say({ refusal, registered: all.slice(registered.length) });
}

/** A port hands over all that waits in it at once: whoever writes faster than the other side reads would keep it from everything else. */
function waitWhile(counter: Int32Array, tooSmall: (value: number) => boolean): void {
  for (let value = Atomics.load(counter, 0); tooSmall(value); value = Atomics.load(counter, 0))
    Atomics.wait(counter, 0, value);
}
