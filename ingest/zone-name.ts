/** A time zone told by a city in a file's name: `dublin_Ballymun4_hourly_laeq.tsv` stands on Dublin's clock. */

/** China has one clock, whatever other zone databases list for its west. */
const CHINA = { zone: "Asia/Shanghai", others: ["Asia/Urumqi", "Asia/Kashgar"] };

/** Shorter words are found in too many names to mean a city. */
const SHORTEST = 4;

/** The zone whose city one of the name's words is; `undefined` when none is. */
export function zoneNamedIn(fileName: string): string | undefined {
  const words = fileName.toLowerCase().split(/[^a-z]+/);
  const zones = Intl.supportedValuesOf("timeZone");
  const found = zones.find((zone) => {
    const city = zone.slice(zone.lastIndexOf("/") + 1).toLowerCase();
    return city.length >= SHORTEST && words.includes(city);
  });
  return found !== undefined && CHINA.others.includes(found) ? CHINA.zone : found;
}
