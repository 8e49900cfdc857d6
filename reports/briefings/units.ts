/** Units in running text. */

const UNIT_ZH: Readonly<Record<string, string>> = {
  "µg/m³": "微克/立方米",
  "mg/m³": "毫克/立方米",
  "g/m²": "克/平方米",
};

/** Spelled out; a unit without a word stays as it is. */
export function unitZh(unit: string): string {
  return UNIT_ZH[unit] ?? unit;
}
