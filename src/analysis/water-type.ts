/** What a section's place says about it: river or lake, its province, its target class. */
import type { Place } from "../domain/place.ts";
import { parseWaterClass, type WaterClass, type WaterType } from "../standards/gb3838.ts";

/** A section is a river unless its attribute `waterType` says lake: the phosphorus limits of lakes are stricter. */
export function waterTypeOf({ attributes }: Place): WaterType {
  return attributes["waterType"] === "lake" ? "lake" : "river";
}

/** The class the section has to reach, from its attribute `targetClass`; a section may have none. */
export function targetOf({ attributes }: Place): WaterClass | undefined {
  return parseWaterClass(attributes["targetClass"] ?? "");
}
