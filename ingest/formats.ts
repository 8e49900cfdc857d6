/** The formats there are, and which one a file looks like. The first that recognises a file takes it. */
import { fault } from "../src/domain/faults.ts";
import { cnemcWater } from "./cnemc-water.ts";
import { complaints } from "./complaints.ts";
import { dustPeriods } from "./dust-periods.ts";
import type { Format } from "./format.ts";
import { generic } from "./generic.ts";
import { lineProtocol } from "./line-protocol.ts";
import { noiseHourly } from "./noise-hourly.ts";
import { noisePoints } from "./noise-points.ts";
import { notice } from "./notice.ts";
import { openair } from "./openair.ts";
import { openaq } from "./openaq.ts";
import { openaqV3 } from "./openaq-v3.ts";
import { prsa } from "./prsa.ts";
import { quotsoft } from "./quotsoft.ts";
import { township } from "./township.ts";
import { waterManual } from "./water-manual.ts";
import { weather } from "./weather.ts";

export const FORMATS: readonly Format[] = [
  quotsoft,
  prsa,
  openaq,
  openaqV3,
  openair,
  waterManual,
  cnemcWater,
  noisePoints,
  noiseHourly,
  complaints,
  notice,
  dustPeriods,
  weather,
  township,
  lineProtocol,
  generic,
];

/** @throws Fault `format.unknown` with the known names */
export function formatNamed(name: string): Format {
  const found = FORMATS.find((format) => format.name === name);
  if (found === undefined)
    throw fault("format.unknown", { given: name, known: FORMATS.map((one) => one.name).join(" ") });
  return found;
}

/** @param tabular whether it is a sheet, page or document; then `head` is its first rows, comma-separated */
export function recognise(name: string, head: string, tabular: boolean): Format | undefined {
  return FORMATS.find((format) => (!tabular || format.takesTables === true) && format.recognises(name, head));
}
