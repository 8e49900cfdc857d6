/**
 * Mixing ratios (ppb, ppm) to concentrations, at the reference state of GB 3095 since 2018-09-01: 298.15 K, 1013.25 hPa.
 *
 * One mole of gas fills 24.4654 L there. The factors are molar mass / molar volume, to four decimals; nitrogen oxides
 * count as NO2. Before 2018-09-01 the reference state was 273 K: such values stay comparable with each other, not with
 * old Chinese ones.
 */
import { type IndicatorCode, indicatorOf } from "../src/domain/indicator.ts";
import { unitPower } from "./units.ts";

/** µg/m³ of 1 ppb, and for CO mg/m³ of 1 ppm: g/mol 64.066, 46.0055, 46.0055, 47.9982, 28.0101. */
const PER_PPB: Readonly<Partial<Record<IndicatorCode, string>>> = {
  so2: "2.6186",
  no2: "1.8804",
  nox: "1.8804",
  o3: "1.9619",
  co: "1.1449",
};

export type Conversion = { readonly power?: number; readonly factor?: string };

/** How values of a unit become the indicator's; `undefined` when the unit does not measure it. */
export function conversionTo(code: IndicatorCode, unit: string): Conversion | undefined {
  const power = unitPower(unit, indicatorOf(code).unit);
  if (power !== undefined) return power === 0 ? {} : { power };
  const factor = PER_PPB[code];
  const mixing = /^pp([bm])v?$/i.exec(unit.trim())?.[1]?.toLowerCase();
  if (factor === undefined || mixing === undefined) return undefined;
  // The table holds CO for ppm, the others for ppb.
  const thousands = (mixing === "m" ? 1 : 0) - (code === "co" ? 1 : 0);
  return { factor: moved(factor, thousands * 3) };
}

/** A decimal text times a power of ten. */
function moved(text: string, power: number): string {
  const [whole = "0", part = ""] = text.split(".");
  const digits = `${"0".repeat(Math.max(0, -power))}${whole}${part}${"0".repeat(Math.max(0, power))}`;
  const at = digits.length - part.length - Math.max(0, power) + power;
  return `${digits.slice(0, at).replace(/^0+(?=\d)/, "")}.${digits.slice(at)}`;
}
