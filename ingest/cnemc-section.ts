/**
 * The section a row of the national water release names: one of the catalogue, or a new one.
 *
 * A section is its province and its name: names repeat between provinces. Full-width and half-width brackets and spaces
 * make no other name.
 */
import type { CnemcCell } from "./cnemc-table.ts";
import type { ReadContext } from "./format.ts";

/** Sections the release renamed, with all their names there; a new one is registered under the first. */
const RENAMED: readonly { readonly province: string; readonly names: readonly string[] }[] = [
  { province: "北京市", names: ["广北滨河路(桥）", "广北滨河路"] },
];

/** A section's name without what only typing makes different. */
function normal(name: string): string {
  return name.normalize("NFKC").replaceAll(/\s+/g, "");
}

/** Names looked up, by what they were looked up in: the bodies of an archive name the same sections over and over. */
const KNOWN = new WeakMap<ReadContext, Map<string, number | undefined>>();

/** Finds sections; a name met again is not looked up twice. */
export function sectionFinder(
  context: ReadContext,
): (province: string, section: CnemcCell, basin: string) => number | undefined {
  const known = KNOWN.get(context) ?? new Map<string, number | undefined>();
  KNOWN.set(context, known);
  return (province, section, basin) => {
    const key = `${province}/${section.shown}`;
    if (!known.has(key)) known.set(key, find(context, province, section, basin));
    return known.get(key);
  };
}

/** The section's id; `undefined` when the catalogue has several it could be. */
function find(context: ReadContext, province: string, section: CnemcCell, basin: string): number | undefined {
  const names = RENAMED.find(
    (one) => one.province === province && one.names.some((name) => normal(name) === normal(section.shown)),
  )?.names ?? [section.shown];
  const [name = section.shown] = names;
  const sections = names
    .flatMap((one) => context.places.find(one, ["section"]))
    .filter(({ attributes }) => attributes["province"] === undefined || attributes["province"] === province);
  // A section that names its province is meant before one that leaves it open.
  const own = sections.filter(({ attributes }) => attributes["province"] === province);
  const [first, second] = own.length > 0 ? own : sections;
  if (second !== undefined) return undefined;
  if (first !== undefined) return first.id;
  const city = /所在地市[：:]([^\n]*)/.exec(section.title)?.[1]?.trim();
  const river = /所属河流[：:]([^\n]*)/.exec(section.title)?.[1]?.trim();
  const [above, other] = context.places.find(province, ["city"]);
  return context.register({
    code: `${normal(province)}/${normal(name)}`,
    kind: "section",
    name,
    ...(above === undefined || other !== undefined ? {} : { parent: above.code }),
    attributes: {
      province,
      ...(basin === "" ? {} : { basin }),
      ...(city === undefined || city === "" ? {} : { city }),
      ...(river === undefined || river === "" ? {} : { river }),
    },
  });
}
