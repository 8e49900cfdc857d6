/** Records of automatic water stations as they stand: items, published class, status, and the class they have by GB 3838. */
import { type Exact, fromStored } from "../domain/exact.ts";
import { indicatorById } from "../domain/indicator.ts";
import type { Place } from "../domain/place.ts";
import { type RecordItem, statusZh } from "../domain/water-record.ts";
import { WATER_CLASSES, WATER_ITEMS, type WaterClass } from "../standards/gb3838.ts";
import type { Policies } from "../standards/policy.ts";
import { type Sample, type SampleClass, sampleClass } from "../standards/water-class.ts";
import type { Store } from "../store/port.ts";
import { sampleCells, sampleFacts, WATER_IDS } from "./water-sql.ts";
import { waterTypeOf } from "./water-type.ts";

export type WaterRecord = {
  readonly place: Place;
  /** Instant of the sample, UTC ms. */
  readonly start: number;
  readonly values: ReadonlyMap<RecordItem, Exact>;
  /** As the source printed it. */
  readonly published: WaterClass | undefined;
  readonly statusZh: string;
  /** Not 正常: kept, but in no statistic. */
  readonly excluded: boolean;
  /** By GB 3838 on the values as they are. */
  readonly rated: SampleClass;
};

/**
 * The records of sections between two instants (both inside), by section and time.
 * Items below a detection limit are not in automatic records; values are unrounded.
 */
export async function waterRecords(
  store: Store,
  question: {
    readonly sections: readonly Place[];
    readonly from: number;
    readonly to: number;
    readonly policies: Pick<Policies, "requireItems">;
  },
): Promise<readonly WaterRecord[]> {
  const { sections, from, to, policies } = question;
  const places = new Map(sections.map((place) => [place.id, place]));
  const scope = { from, to, placeIds: [...places.keys()], indicatorIds: WATER_IDS };
  const relation = await store.readings.relation(scope);
  const facts = await store.sql.rows<{
    place: number;
    start: bigint;
    published: number | null;
    status: number | null;
    normal: boolean;
  }>(
    `SELECT place, epoch_ms(start) AS start, published, status, normal FROM ${sampleFacts(relation)} ORDER BY place, start`,
  );
  const cells = await store.sql.rows<{ place: number; start: bigint; indicator: number; value: bigint }>(
    `SELECT place, epoch_ms(start) AS start, indicator, value FROM ${sampleCells(relation)}`,
  );
  const values = new Map<string, Map<RecordItem, Exact>>();
  for (const { place, start, indicator, value } of cells) {
    const key = `${place}|${start}`;
    const items = values.get(key) ?? new Map<RecordItem, Exact>();
    items.set(indicatorById(indicator).code as RecordItem, fromStored(value));
    values.set(key, items);
  }
  return facts.flatMap(({ place: id, start, published, status, normal }): readonly WaterRecord[] => {
    const place = places.get(id);
    if (place === undefined) return [];
    const items = values.get(`${id}|${start}`) ?? new Map<RecordItem, Exact>();
    return [
      {
        place,
        start: Number(start),
        values: items,
        published: WATER_CLASSES.find((one) => one === published),
        statusZh: statusZh(status ?? 1),
        excluded: !normal,
        rated: sampleClass(sampleOf(items), waterTypeOf(place), { requireItems: policies.requireItems }),
      },
    ];
  });
}

function sampleOf(values: ReadonlyMap<string, Exact>): Sample {
  const entries = WATER_ITEMS.flatMap((item) => {
    const value = values.get(item);
    return value === undefined ? [] : [[item, { kind: "measured" as const, value }] as const];
  });
  return Object.fromEntries(entries);
}
