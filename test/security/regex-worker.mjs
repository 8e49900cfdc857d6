// Tries one pattern at a time on long hard texts; whoever waits for the answer ends this thread when it takes too long.
import { parentPort } from "node:worker_threads";

/** First short, where even a cubic matcher shows; then long, where a quadratic one does. */
const LENGTHS = [3_000, 150_000];

parentPort.on("message", ({ source, flags, hard }) => {
  for (const length of LENGTHS) {
    for (const { head, pump, end } of hard) {
      const text = head + pump.repeat(Math.ceil(length / pump.length)) + end;
      parentPort.postMessage({
        trying: `${JSON.stringify(head)} + ${JSON.stringify(pump)} × n + ${JSON.stringify(end)}`,
      });
      // As it is used: a global pattern goes on after each match.
      if (flags.includes("g")) text.replace(new RegExp(source, flags), "");
      else new RegExp(source, flags).test(text);
    }
  }
  parentPort.postMessage({ done: true });
});
