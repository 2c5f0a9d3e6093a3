import type { WireSource } from "#domain/event/recorded.ts";
import type { Total } from "#domain/lists/total.ts";
import type { RosterRole } from "#domain/scheduled/scheduled.ts";
import type { CatchUpProblem } from "#domain/sources/catching-up/catch-up.ts";
import type { Ms } from "#domain/time/ms.ts";

/** Somebody who is invited by a calendar, and did not decline. */
export interface Invited {
  name: string | null;
  email: string | null;
  role: RosterRole;
}

/** One event of one calendar, as its provider tells it. */
export interface CalendarEvent {
  /** As the provider names it. */
  key: string;
  /** The same in every calendar that has it, and whenever it is moved. */
  meeting: string;
  name: string | null;
  /** Where it is held, as the places of rooms; `null` where it has no address. */
  place: string | null;
  /** `[startsAt, endsAt)`. */
  startsAt: Ms;
  endsAt: Ms;
  invited: readonly Invited[];
  isCancelled: boolean;
  /** When it was changed last, by the provider's clock. */
  changedAt: Ms;
}

/** What became of a meeting of a calendar here. */
export const OFFER_STATES = ["offered", "left_out", "taken"] as const;
export type OfferState = (typeof OFFER_STATES)[number];

/** A meeting that a calendar has, with what became of it here. */
export interface CalendarOffer
  extends Pick<CalendarEvent, "name" | "startsAt" | "endsAt" | "isCancelled"> {
  id: string;
  source: WireSource;
  place: string;
  invited: readonly Invited[];
  state: OfferState;
  /** The scheduled meeting that was made of it. */
  scheduledId: string | null;
  /** Who left it out. */
  leftOutBy: string | null;
}

/** How the calendars of a source were last read. */
export interface CalendarState {
  source: WireSource;
  /** What they have is expected without anybody taking it. */
  takesAll: boolean;
  readAt: Ms | null;
  /** Why they could not be read since. */
  problem: CatchUpProblem | null;
}

/** What calendars have that is not expected yet, for a page. */
export interface Offers {
  offered: CalendarOffer[];
  offeredTotal: Total;
  leftOut: CalendarOffer[];
  calendars: CalendarState[];
}
