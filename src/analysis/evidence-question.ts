/** What is asked when evidence is gathered from readings for one target. */
import type { Place } from "../domain/place.ts";
import type { Target } from "../domain/plan.ts";
import type { DayNumber } from "../domain/time.ts";
import type { Policies } from "../standards/policy.ts";
import type { Window } from "./standing/moment.ts";
import type { SectionPeriod } from "./water-section.ts";

export type EvidenceQuestion = {
  readonly target: Target;
  /** The plan's place. */
  readonly place: Place;
  readonly window: Window;
  readonly at: DayNumber;
  readonly policies: Policies;
  readonly daily?: string | undefined;
  /** Sections by period, so that the targets of one board ask for them once. */
  readonly sections?: Map<string, Promise<readonly SectionPeriod[]>> | undefined;
};
