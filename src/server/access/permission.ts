/**
 * The one permission function: pages, API, exports, report jobs, live progress and caches all ask it, and nothing else
 * decides who may see what.
 *
 * A township sees its own detail and the public ranking, never another's complaints, drafts or tallies. A department
 * sees and enters its own tallies. Operators run the machine and see no accounts' audit; readers only read.
 */
import type { Actor, ActorKind } from "./actor.ts";

export const ACTIONS = [
  "open",
  "health",
  "view",
  "view.detail",
  "view.complaints",
  "view.tallies",
  "tally.enter",
  "data.view",
  "data.import",
  "briefing.view",
  "briefing.make",
  "briefing.publish",
  "changes.view",
  "alert.view",
  "alert.mute",
  "operate",
  "metrics",
  "accounts",
  "audit",
  "local.run",
] as const;

/** What somebody wants to do. `open` needs nothing: log-in, static files. */
export type Action = (typeof ACTIONS)[number];

/** Whose it is: a township's code, or a department's name. Undefined: nobody's in particular, or everybody's. */
export type Subject = { readonly township?: string | undefined; readonly department?: string | undefined };

/** `own`: only where the subject is the actor's own. */
type Rule = "yes" | "own";

const READ = {
  open: "yes",
  health: "yes",
  view: "yes",
  "view.detail": "yes",
  "view.complaints": "yes",
  "view.tallies": "yes",
  "briefing.view": "yes",
  "changes.view": "yes",
  "data.view": "yes",
  "alert.view": "yes",
} as const;

const RULES: Readonly<Record<ActorKind, Readonly<Partial<Record<Action, Rule>>>>> = {
  guest: { open: "yes", health: "yes" },
  local: { open: "yes", health: "yes", "local.run": "yes" },
  visitor: READ,
  reader: READ,
  township: {
    open: "yes",
    health: "yes",
    view: "yes",
    "view.detail": "own",
    "view.complaints": "own",
    "view.tallies": "own",
    "tally.enter": "own",
    "briefing.view": "own",
    "alert.view": "own",
  },
  department: {
    open: "yes",
    health: "yes",
    view: "yes",
    "view.detail": "yes",
    "view.tallies": "own",
    "tally.enter": "own",
    "briefing.view": "yes",
  },
  analyst: {
    ...READ,
    "tally.enter": "yes",
    "data.import": "yes",
    "briefing.make": "yes",
    "briefing.publish": "yes",
    "alert.mute": "yes",
  },
  operator: { ...READ, "data.import": "yes", "alert.mute": "yes", operate: "yes", metrics: "yes" },
  admin: {
    ...READ,
    "tally.enter": "yes",
    "data.import": "yes",
    "briefing.make": "yes",
    "briefing.publish": "yes",
    "alert.mute": "yes",
    operate: "yes",
    metrics: "yes",
    accounts: "yes",
    audit: "yes",
  },
};

/** Whether an actor may do something to a subject. What no rule allows is forbidden. */
export function permits(actor: Actor, action: Action, subject: Subject = {}): boolean {
  const rule = RULES[actor.kind][action];
  if (rule === undefined) return false;
  return rule === "yes" || isOwn(actor, subject);
}

/** Whether an actor may do something to one subject at least: for lists that are cut to what is allowed. */
export function permitsSome(actor: Actor, action: Action): boolean {
  return RULES[actor.kind][action] !== undefined;
}

function isOwn(actor: Actor, { township, department }: Subject): boolean {
  if (actor.bound === undefined) return false;
  if (actor.kind === "township") return township === actor.bound;
  return actor.kind === "department" && department === actor.bound;
}

/** Actors that see the same: the key under which a cached page may be handed out. */
export function sightOf(actor: Actor): string {
  return actor.bound === undefined ? actor.kind : `${actor.kind}:${actor.bound}`;
}
