/** The formats there are, and which one a file looks like. The first that recognises a file takes it. */
import { fault } from "../src/domain/faults.ts";
import { cnemcWater } from "./cnemc-water.ts";
import type { Format } from "./format.ts";
import { noiseHourly } from "./noise-hourly.ts";
import { prsa } from "./prsa.ts";
import { quotsoft } from "./quotsoft.ts";
import { township } from "./township.ts";

export const FORMATS: readonly Format[] = [quotsoft, prsa, cnemcWater, noiseHourly, township];

/** @throws Fault `format.unknown` with the known names */
export function formatNamed(name: string): Format {
  const found = FORMATS.find((format) => format.name === name);
  if (found === undefined)
    throw fault("format.unknown", { given: name, known: FORMATS.map((one) => one.name).join(" ") });
  return found;
}

/** How much of a file is looked at to recognise it. */
const HEAD_CHARS = 4000;

export function recognise(name: string, text: string): Format | undefined {
  const head = text.slice(0, HEAD_CHARS);
  return FORMATS.find((format) => format.recognises(name, head));
}
