/** Units as people write them, and the power of ten between two of them. */

const FORMS: readonly (readonly [RegExp, string])[] = [
  [/^[µμu]g\/m(3|³)$|^微克\/立方米$|^[µμu]g\/Nm3$/i, "µg/m³"],
  [/^mg\/m(3|³)$|^毫克\/立方米$/i, "mg/m³"],
  [/^mg\/l$|^毫克\/升$/i, "mg/L"],
  [/^g\/m(2|²)$|^克\/平方米$/i, "g/m²"],
  [
    /^t\/\(?km(2|²)[·.*]?(30d|月|month)?\)?$|^吨\/(平方公里|平方千米)[·.]?(30天|月)$|^t\/\(km²·30d\)$|^t\/km²·30d$/i,
    "t/(km²·30d)",
  ],
  [/^db(\(a\))?$|^分贝$/i, "dB(A)"],
  [/^件$|^次$|^个$/, "件"],
  [/^℃$|^°c$/i, "℃"],
  [/^$|^无量纲$|^-$/, ""],
];

/** A unit in this project's spelling; the text itself when it is not a known form. */
export function unitOf(text: string): string {
  const bare = text.normalize("NFC").replaceAll(/\s+/g, "");
  return FORMS.find(([form]) => form.test(bare))?.[1] ?? bare;
}

/** The power of ten that turns values of unit `from` into unit `to`; `undefined` when they measure different things. */
export function unitPower(from: string, to: string): number | undefined {
  const [given, wanted] = [unitOf(from), unitOf(to)];
  if (given === wanted) return 0;
  if (given === "µg/m³" && wanted === "mg/m³") return -3;
  if (given === "mg/m³" && wanted === "µg/m³") return 3;
  return undefined;
}
