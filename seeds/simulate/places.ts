/**
 * Places only a simulation has: water sections, noise points and roads, all named 模拟….
 *
 * A store must know them before their files are ingested; no such name belongs to a real place.
 */
import type { PlaceKind } from "../../src/domain/place.ts";
import { pick } from "./random.ts";
import type { Site } from "./sites.ts";

export type SimulatedPlace = {
  readonly code: string;
  readonly kind: PlaceKind;
  readonly name: string;
  readonly parent: string;
  readonly aliases: readonly [];
  readonly attributes: Readonly<Record<string, string>>;
};

/** The district whose bureau the demo plays. */
export const HOME_DISTRICT = "110105";

const ORDINALS = "一二三四五六七八";
/** As many sections as the district is assessed on; the targets are half class Ⅲ and half class Ⅳ (3, 4). */
const SECTION_TARGETS = ["3", "3", "3", "3", "4", "4", "4", "4"] as const;
const NATIONAL_SECTIONS = 3;
/** GB 3096 zones of the noise points. */
const NOISE_ZONES = ["1", "2", "2", "3", "4a", "4a"] as const;
const ROADS_AT_HOME = 24;
const ROADS_ELSEWHERE = 120;

/** Eight sections with water type, target class (1–6) and who assesses them (`level`: 国考 or 市考). */
export function simulatedSections(): readonly SimulatedPlace[] {
  return SECTION_TARGETS.map((targetClass, i) => ({
    code: `sim-section-${i + 1}`,
    kind: "section",
    name: `模拟断面${ORDINALS[i]}`,
    parent: HOME_DISTRICT,
    aliases: [],
    attributes: { waterType: "river", targetClass, level: i < NATIONAL_SECTIONS ? "国考" : "市考" },
  }));
}

/** Six points with their zone of GB 3096. */
export function simulatedNoisePoints(): readonly SimulatedPlace[] {
  return NOISE_ZONES.map((zone, i) => ({
    code: `sim-noise-${i + 1}`,
    kind: "noise_point",
    name: `模拟噪声点${ORDINALS[i]}`,
    parent: HOME_DISTRICT,
    aliases: [],
    attributes: { zone },
  }));
}

/** Roads that lie in townships, first those of the home district. */
export function simulatedRoads(seed: number, townships: readonly Site[]): readonly SimulatedPlace[] {
  const home = townships.filter((township) => township.parent === HOME_DISTRICT);
  const elsewhere = townships.filter((township) => township.parent !== HOME_DISTRICT);
  return Array.from({ length: ROADS_AT_HOME + ROADS_ELSEWHERE }, (_, i) => {
    const among = i < ROADS_AT_HOME && home.length > 0 ? home : elsewhere;
    const number = String(i + 1).padStart(3, "0");
    return {
      code: `sim-road-${number}`,
      kind: "road",
      name: `模拟道路${number}`,
      parent: among[pick(seed, 0, among.length - 1, "road", i)]?.code ?? HOME_DISTRICT,
      aliases: [],
      attributes: {},
    };
  });
}
