/** Changes in words, for a terminal: what a person reads after a correction came in. */
import type { Exact } from "../domain/exact.ts";
import { indicatorById } from "../domain/indicator.ts";
import { periodZh } from "../domain/period.ts";
import { PLACE_KIND_ZH, type PlaceTable } from "../domain/place.ts";
import { STANDING_ZH, type Standing } from "../domain/plan.ts";
import { dayText } from "../domain/time.ts";
import { decimalText } from "../standards/gbt8170.ts";
import type { Changes } from "./changes.ts";

/** Lines shown of each kind. */
const SHOWN = 12;

/** All of it: batches, readings, days, statistics, ranks and standings. */
export function changesWords(changes: Changes, table: PlaceTable): readonly string[] {
  const { batches, readings, days, statistics } = changes;
  const names = new Map(table.places.map((place) => [place.id, place.name]));
  const corrected = readings.moves.reduce((sum, one) => sum + one.corrected, 0);
  const removed = readings.moves.reduce((sum, one) => sum + one.removed, 0);
  return [
    `批次 ${batches.length} 个：`,
    ...batches.map(
      (one) => `  ${one.id} ${one.kind === "undo" ? `撤销批次 ${one.undoes}` : `[${one.format}]`} ${one.source}`,
    ),
    `读数变化 ${readings.total} 个（更正 ${corrected}，撤去 ${removed}，其余为新增）`,
    ...shown(readings.moves, (one) => {
      const span = one.first === one.last ? dayText(one.first) : `${dayText(one.first)}—${dayText(one.last)}`;
      return `${names.get(one.placeId)} ${indicatorById(one.indicatorId).zh} ${span}：新增 ${one.inserted}，更正 ${one.corrected}，撤去 ${one.removed}（批次 ${one.batches.join("、")}）`;
    }),
    `日值变化 ${days.total} 个`,
    `统计值变化 ${statistics.length} 个`,
    ...shown(
      statistics,
      (one) => `${one.place.name} ${periodZh(one.period)} ${one.indicator}：${figure(one.from)} → ${figure(one.to)}`,
    ),
    ...movedWords(changes),
  ];
}

/** Only which ranks and standings moved: what a trial run of an ingest ends with. */
export function movedWords({ ranks, standings }: Pick<Changes, "ranks" | "standings">): readonly string[] {
  return [
    `名次变化 ${ranks.length} 个（推算）`,
    ...shown(
      ranks,
      (one) =>
        `${one.place.name}（${PLACE_KIND_ZH[one.kind]}）${periodZh(one.period)} ${one.indicator}：第 ${one.from ?? "—"} → ${one.to ?? "—"} 名，${figure(one.value.from)} → ${figure(one.value.to)}`,
    ),
    `达标状态变化 ${standings.length} 个`,
    ...shown(
      standings,
      (one) =>
        `${one.metric}${one.place === undefined ? "" : ` ${one.place}`}：${standing(one.from)} → ${standing(one.to)}，${figure(one.value.from)} → ${figure(one.value.to)}`,
    ),
  ];
}

function figure(value: Exact | undefined): string {
  return value === undefined ? "—" : decimalText(value, 2);
}

function standing(one: Standing | undefined): string {
  return one === undefined ? "—" : STANDING_ZH[one];
}

function shown<T>(list: readonly T[], line: (one: T) => string): readonly string[] {
  const rest = list.length - SHOWN;
  return [...list.slice(0, SHOWN).map((one) => `  ${line(one)}`), ...(rest > 0 ? [`  其余 ${rest} 个见 --json`] : [])];
}
