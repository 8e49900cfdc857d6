/** What a new store starts from, handed to it by the command line. */
import { loadSeedPlaces } from "../../seeds/places/load.ts";
import type { PlaceSeeds } from "../store/port.ts";

export function seedPlaces(): PlaceSeeds {
  const { divisions, stations, sets } = loadSeedPlaces();
  return { places: [...divisions, ...stations], sets };
}
