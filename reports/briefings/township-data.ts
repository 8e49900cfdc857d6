/** What a township briefing says, as plain data; numbers are decimal text, as in `district-data.ts`. */
import type { Standing } from "../../src/domain/plan.ts";
import type { DailyData } from "../charts/daily.ts";
import type { AbsenceRow, Figure, MethodNote, RankRow, Stamp } from "./district-data.ts";
import type { ChangesPart, Complaints } from "./district-parts.ts";

export type TownshipBriefing = {
  readonly bureau: string;
  readonly district: string;
  /** The township's code and name. */
  readonly code: string;
  readonly township: string;
  readonly masthead: string;
  readonly issue: string;
  readonly kindZh: string;
  readonly periodZh: string;
  readonly dataUntil: string;
  readonly stamp: Stamp;
  readonly simulated: boolean;
  /** Why it is only preliminary (初步): its data were not complete; absent when it is final. */
  readonly preliminary?: string;
  /** Who answers questions. */
  readonly contact?: string;
  /** In the order printed: for each indicator the period, then the year to date. */
  readonly ranks: readonly TownshipRank[];
  readonly daily: readonly DailyData[];
  /** Rank of each month of the year to date, by indicator. */
  readonly monthly?: readonly MonthlyRanks[];
  /** Targets of the plans that are judged for each township, as they stand for this one. */
  readonly tasks?: readonly TownshipTask[];
  /** What this township reported, or was reported of it, the latest of each. */
  readonly tallies?: readonly TownshipTally[];
  /** Since the version this one corrects; absent when it corrects none. */
  readonly changes?: ChangesPart;
  /** Noise complaints of the period; absent where nobody counts them. */
  readonly complaints?: Complaints;
  readonly absences: readonly AbsenceRow[];
  readonly methods: readonly MethodNote[];
};

export type MonthlyRanks = {
  /** PM2.5 */
  readonly zh: string;
  /** Places ranked in the latest month. */
  readonly n: number;
  readonly worst?: number;
  /** In the order of the year; without a rank where the place had none. */
  readonly months: readonly { readonly month: string; readonly rank?: number }[];
};

export type TownshipTask = {
  readonly zh: string;
  /** 不进后10名 */
  readonly target: string;
  readonly unit: string;
  readonly standing: Standing;
  readonly reason?: string;
};

export type TownshipTally = {
  readonly zh: string;
  readonly value: string;
  readonly unit: string;
  /** `2026-10-31` */
  readonly date: string;
};

export type TownshipRank = {
  /** PM2.5月均浓度 */
  readonly zh: string;
  readonly periodZh: string;
  readonly unit: string;
  readonly amongZh: string;
  readonly figure: Figure;
  /** Absent when the place has no rank; `figure` says why. From the worst end. */
  readonly rank?: number;
  readonly tied: boolean;
  /** Places ranked. */
  readonly n: number;
  /** Places gained (positive) or lost since the period before. */
  readonly move?: number;
  readonly beforeZh: string;
  /** What it takes to gain places: 再降 1 可上升 3 名. */
  readonly gap?: { readonly fall: string; readonly places: number };
  /** The line not to be crossed: the worst 10 or 30 of the city. */
  readonly cut?: { readonly worst: number; readonly inside: boolean; readonly distance: string };
  /** The places around it, worst first, itself among them. */
  readonly neighbours: readonly RankRow[];
};
