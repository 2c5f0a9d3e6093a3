import type { Ms } from "#domain/time/ms.ts";
import type { ExpectedPerson, RosterRole, Times } from "./scheduled.ts";
import type { SeenPerson } from "./seen.ts";
import { covers, standingOf } from "./standing.ts";

/** How a scheduled meeting stood some minutes after its start, in one word. */
export const START_OUTCOMES = [
  "both",
  "only_host",
  "only_guest",
  "someone_waiting",
  "nobody",
] as const;
export type StartOutcome = (typeof START_OUTCOMES)[number];

/** A person the verdict is based on, with their line where they were expected. */
export interface Witness {
  name: string | null;
  position: number | null;
}

export interface StartVerdict {
  /** Start + verdict delay. */
  at: Ms;
  outcome: StartOutcome;
  hosts: Witness[];
  guests: Witness[];
  waiting: Witness[];
}

/** A person seen, with their line of the roster. */
export interface SeenWithLine {
  seen: SeenPerson;
  line: ExpectedPerson | null;
}

/**
 * The verdict at start + delay; `null` before. It is a function of who was where at that moment, as known
 * by now: it stays the same later, unless an event of that moment arrives late.
 *
 * Every person counts, on the roster or not. A host and a guest in: both here. Otherwise, if a person
 * waits, that needs action: someone waiting. Otherwise only host, only guest, or nobody.
 */
export function startVerdictOf(
  attendees: readonly SeenWithLine[],
  roster: readonly ExpectedPerson[],
  times: Times,
  now: Ms,
): StartVerdict | null {
  const at = times.startsAt + times.verdictAfterMs;
  if (now < at) return null;
  const hasHosts = roster.some(({ role }) => role === "host");
  const there = (standing: "present" | "waiting") =>
    attendees.filter(({ seen }) => standingOf(seen, times, at) === standing);
  const inside = there("present");
  const isHost = (one: SeenWithLine) => roleAt(one, hasHosts, at) === "host";
  const hosts = inside.filter(isHost).map(witness);
  const guests = inside.filter((one) => !isHost(one)).map(witness);
  const waiting = there("waiting").map(witness);
  return { at, outcome: outcomeOf(hosts, guests, waiting), hosts, guests, waiting };
}

/** The role on the roster where it has any host, otherwise the provider's report at that moment. */
function roleAt({ seen, line }: SeenWithLine, hasHosts: boolean, at: Ms): RosterRole {
  if (hasHosts && line !== null) return line.role;
  return seen.tenures.some((tenure) => covers(tenure, at)) ? "host" : "guest";
}

function outcomeOf(
  hosts: readonly Witness[],
  guests: readonly Witness[],
  waiting: readonly Witness[],
): StartOutcome {
  if (hosts.length > 0 && guests.length > 0) return "both";
  if (waiting.length > 0) return "someone_waiting";
  if (hosts.length > 0) return "only_host";
  return guests.length > 0 ? "only_guest" : "nobody";
}

function witness({ seen, line }: SeenWithLine): Witness {
  return { name: line?.name ?? seen.name, position: line?.position ?? null };
}
