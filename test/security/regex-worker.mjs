// Tries one pattern at a time on long hard texts; whoever waits for the answer ends this thread when it takes too long.
import { parentPort } from "node:worker_threads";

/**
 * How often the hard part stands in the text: first seldom, where even a cubic matcher shows; then often, where a quadratic
 * one does. Repeats are counted, not characters: a search from every start costs the square of the starts.
 */
const REPEATS = [3_000, 150_000];
const MAX_CHARACTERS = 600_000;

parentPort.on("message", ({ source, flags, hard }) => {
  for (const repeats of REPEATS) {
    for (const { head, pump, end } of hard) {
      const text = head + pump.repeat(Math.min(repeats, Math.ceil(MAX_CHARACTERS / pump.length))) + end;
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
